import type { RecipeInput } from '#core/portfolio/recipe.ts';

const loan = { from: 'Loan_ID' };

const recipe: RecipeInput = {
  source: { delimiter: ',', dates: 'mdy' },
  tables: [
    {
      table: 'customers',
      columns: {
        customer_id: loan,
        customer_type: { constant: 'person' },
        birth_year: { from: 'age', factor: -1, offset: 2016 },
        sex: { from: 'Gender' },
        education: {
          from: 'education',
          codes: {
            'High School or Below': 'high_school',
            college: 'college',
            Bechalor: 'bachelor',
            'Master or Above': 'master',
          },
        },
      },
    },
    {
      table: 'accounts',
      columns: {
        account_id: loan,
        customer_id: loan,
        product_type: { constant: 'personal_loan' },
        opened_on: { from: 'effective_date' },
        currency: { constant: 'USD' },
        original_amount: { from: 'Principal' },
        status: {
          from: 'loan_status',
          codes: { PAIDOFF: 'closed', COLLECTION: 'active', COLLECTION_PAIDOFF: 'closed' },
        },
      },
    },
    {
      table: 'instalments',
      columns: { account_id: loan, due_on: { from: 'due_date' }, amount: { from: 'Principal' } },
    },
    {
      table: 'payments',
      columns: {
        payment_id: loan,
        account_id: loan,
        paid_at: { from: 'paid_off_time' },
        amount: { from: 'Principal' },
        reversed: { constant: false },
      },
      keep: [{ column: 'paid_at' }],
    },
  ],
};

export default {
  text: {
    title: { es: '500 préstamos y sus pagos', en: '500 loans and their payments' },
    summary: {
      es: '500 préstamos de 2016 en un CSV con una línea en blanco tras cada fila (se saltan) y fechas mm/dd/aaaa. Cada préstamo es una cuenta de una persona, con una sola cuota por el capital. Supuestos: la moneda es USD, pues el archivo no la dice; quien tiene fecha de pago pagó el capital entero ese día, y las horas son UTC; el año de nacimiento es 2016 menos la edad. past_due_days no se carga: los 100 en cobranza no traen la fecha en que se contó.',
      en: '500 loans of 2016 in a CSV with a blank line after each row (skipped) and mm/dd/yyyy dates. Each loan is an account of one person, with a single instalment for the principal. Assumptions: the currency is USD, since the file does not tell it; who has a pay-off time paid the whole principal on that day, and times are UTC; the year of birth is 2016 less the age. past_due_days is not loaded: the 100 in collection do not carry the date it was counted on.',
    },
  },
  recipe,
};

import type { RecipeInput } from '#core/portfolio/recipe.ts';

/** Month ends of PAY_0 (September 2005), PAY_2 … PAY_6 (April 2005). The file has no PAY_1. */
const months = [
  { pay: 'PAY_0', number: 1, end: '2005-09-30', paidOn: '2005-09-15' },
  { pay: 'PAY_2', number: 2, end: '2005-08-31', paidOn: '2005-08-15' },
  { pay: 'PAY_3', number: 3, end: '2005-07-31', paidOn: '2005-07-15' },
  { pay: 'PAY_4', number: 4, end: '2005-06-30', paidOn: '2005-06-15' },
  { pay: 'PAY_5', number: 5, end: '2005-05-31', paidOn: '2005-05-15' },
  { pay: 'PAY_6', number: 6, end: '2005-04-30', paidOn: '2005-04-15' },
];

const lateMonths = [1, 2, 3, 4, 5, 6, 7, 8, 9];
const daysPastDue = {
  '-2': 0,
  '-1': 0,
  '0': 0,
  ...Object.fromEntries(lateMonths.map((k) => [String(k), 30 * k])),
};
const statuses = {
  '-2': 'no_consumption',
  '-1': 'paid_in_full',
  '0': 'revolving',
  ...Object.fromEntries(lateMonths.map((k) => [String(k), `late_${k}`])),
};

const recipe: RecipeInput = {
  source: { delimiter: ',' },
  tables: [
    {
      table: 'customers',
      columns: {
        customer_id: { from: 'ID' },
        customer_type: { constant: 'person' },
        birth_year: { from: 'AGE', factor: -1, offset: 2005 },
        sex: { from: 'SEX', codes: { '1': 'male', '2': 'female' } },
        education: {
          from: 'EDUCATION',
          codes: {
            '0': 'unknown',
            '1': 'graduate_school',
            '2': 'university',
            '3': 'high_school',
            '4': 'other',
            '5': 'unknown',
            '6': 'unknown',
          },
        },
        marital_status: {
          from: 'MARRIAGE',
          codes: { '0': 'unknown', '1': 'married', '2': 'single', '3': 'other' },
        },
      },
    },
    {
      table: 'accounts',
      columns: {
        account_id: { from: 'ID' },
        customer_id: { from: 'ID' },
        product_type: { constant: 'credit_card' },
        currency: { constant: 'TWD' },
        credit_limit: { from: 'LIMIT_BAL' },
      },
    },
    {
      table: 'snapshots',
      unpivot: months.map(({ pay, number, end }) => ({
        columns: { repayment: pay, bill: `BILL_AMT${number}` },
        values: { as_of: end },
      })),
      columns: {
        account_id: { from: 'ID' },
        as_of: { from: 'as_of' },
        balance: { from: 'bill' },
        days_past_due: { from: 'repayment', codes: daysPastDue },
        status: { from: 'repayment', codes: statuses },
      },
    },
    {
      table: 'payments',
      unpivot: months.map(({ number, paidOn }) => ({
        columns: { paid: `PAY_AMT${number}` },
        values: { paid_on: paidOn, month: paidOn.slice(0, 7) },
      })),
      keep: [{ column: 'amount', above: 0 }],
      columns: {
        payment_id: { join: [{ from: 'ID' }, { text: '/' }, { from: 'month' }] },
        account_id: { from: 'ID' },
        paid_at: { from: 'paid_on' },
        amount: { from: 'paid' },
        reversed: { constant: false },
      },
    },
  ],
};

export default {
  text: {
    title: {
      es: 'Tarjetas de crédito de Taiwán (UCI 350)',
      en: 'Credit cards of Taiwan (UCI 350)',
    },
    summary: {
      es: 'Seis meses (abril a septiembre de 2005) de columnas anchas pasan a filas, con fecha de fin de mes. Código de pago k ≥ 1: 30·k días de mora; −2, −1 y 0: ninguno; el vencido no está. PAY_AMTn es lo pagado en el mes de PAY_n (PAY_AMT1, septiembre): la fuente solo dice el mes, así que se fecha el día 15 de ese mes, y quien mira hasta fin de julio ve el pago de julio. El resultado default.payment.next.month no se carga: es la meta de otra pregunta.',
      en: 'Six months (April to September 2005) of wide columns become rows dated at month end. Repayment code k ≥ 1: 30·k days past due; −2, −1 and 0: none; arrears are absent. PAY_AMTn is what was paid in the month of PAY_n (PAY_AMT1: September): the source says only the month, so it is dated on its 15th day, and whoever looks up to the end of July sees the payment of July. The outcome default.payment.next.month is not loaded: it is the target of another question.',
    },
  },
  recipe,
};

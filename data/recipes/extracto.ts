import type { RecipeInput } from '#core/portfolio/recipe.ts';

const recipe: RecipeInput = {
  source: { delimiter: ';', decimal: ',', dates: 'dmy', empty: ['NULL', 'N/A', '-'] },
  tables: [
    {
      table: 'customers',
      columns: {
        customer_id: { from: 'Cliente' },
        customer_type: { from: 'Tipo', codes: { N: 'person', J: 'company' } },
        jurisdiction: { from: 'País' },
      },
      repeats: 'first',
    },
    {
      table: 'accounts',
      columns: {
        account_id: { from: 'Cuenta' },
        customer_id: { from: 'Cliente' },
        product_type: {
          from: 'Producto',
          codes: { TC: 'credit_card', PP: 'personal_loan', TEL: 'telecom' },
          otherwise: 'keep',
        },
        opened_on: { from: 'Fecha apertura' },
        currency: { from: 'Moneda' },
        credit_limit: { from: 'Cupo' },
      },
      repeats: 'first',
    },
    {
      table: 'snapshots',
      columns: {
        account_id: { from: 'Cuenta' },
        as_of: { from: 'Fecha corte' },
        balance: { from: 'Saldo' },
        arrears: { from: 'Saldo vencido' },
        days_past_due: { from: 'Días mora' },
        minimum_due: { from: 'Pago mínimo' },
      },
    },
  ],
};

export default {
  text: {
    title: { es: 'Extracto mensual de cartera', en: 'Monthly portfolio extract, Spanish' },
    summary: {
      es: 'Una fila por cuenta y corte, separada por punto y coma, con coma decimal y fechas dd/mm/aaaa, en UTF-8 o Windows-1252. Columnas: Cuenta, Cliente, Tipo (N o J), País, Producto, Fecha apertura, Moneda, Cupo, Fecha corte, Saldo, Saldo vencido, Días mora, Pago mínimo.',
      en: 'One row per account and cut-off date, delimited by semicolons, with decimal commas and dd/mm/yyyy dates, in UTF-8 or Windows-1252. Columns: Cuenta, Cliente, Tipo (N or J), País, Producto, Fecha apertura, Moneda, Cupo, Fecha corte, Saldo, Saldo vencido, Días mora, Pago mínimo.',
    },
  },
  recipe,
};

import type { RecipeInput } from '#core/portfolio/recipe.ts';

/** How such an extract is written. */
export const source: RecipeInput['source'] = {
  delimiter: ';',
  decimal: ',',
  dates: 'dmy',
  empty: ['NULL', 'N/A', '-'],
};

/** One row for each account and cut-off date: who owes, what account, what balance. */
export const balances: Exclude<RecipeInput['tables'], 'canonical'> = [
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
];

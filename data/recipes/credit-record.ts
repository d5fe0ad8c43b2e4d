import type { RecipeInput } from '#core/portfolio/recipe.ts';

/** Month 0 of the file is not dated; it is put at the end of December 2020. */
const lastMonth = { year: 2020, month: 12 };
const monthsBack = Array.from({ length: 61 }, (_, back) => back);
const monthEnd = (back: number): string =>
  new Date(Date.UTC(lastMonth.year, lastMonth.month - back, 0)).toISOString().slice(0, 10);
const monthEnds = Object.fromEntries(
  monthsBack.map((back) => [back === 0 ? '0' : `-${back}`, monthEnd(back)]),
);

const recipe: RecipeInput = {
  source: { delimiter: ',' },
  tables: [
    { table: 'customers', columns: { customer_id: { from: 'ID' } }, repeats: 'first' },
    {
      table: 'accounts',
      columns: {
        account_id: { from: 'ID' },
        customer_id: { from: 'ID' },
        currency: { constant: 'XXX' },
      },
      repeats: 'first',
    },
    {
      table: 'snapshots',
      columns: {
        account_id: { from: 'ID' },
        as_of: { from: 'MONTHS_BALANCE', codes: monthEnds },
        days_past_due: {
          from: 'STATUS',
          codes: { X: 0, C: 0, '0': 1, '1': 30, '2': 60, '3': 90, '4': 120, '5': 150 },
        },
        status: {
          from: 'STATUS',
          codes: {
            X: 'no_loan',
            C: 'closed',
            '0': 'active',
            '1': 'active',
            '2': 'active',
            '3': 'active',
            '4': 'active',
            '5': 'active',
          },
        },
      },
      keep: [{ column: 'status', in: ['closed', 'active'] }],
    },
  ],
};

export default {
  text: {
    title: { es: 'Estados mensuales (credit_record)', en: 'Monthly statuses (credit_record)' },
    summary: {
      es: 'Un estado por cuenta y mes. 0 a 5: mora de 1, 30, 60, 90, 120 y 150 días o más; se toma el primer día del tramo. C (pagado) es cerrada; en X (sin préstamo) no hay fila. El mes 0 no trae fecha: se fija en diciembre de 2020. No hay importes: la moneda es XXX (ISO 4217, «ninguna»).',
      en: 'One status per account and month. 0 to 5: 1, 30, 60, 90, 120 and 150 or more days past due; the first day of the band is taken. C (paid off) is closed; with X (no loan) there is no row. Month 0 carries no date: it is put at December 2020. There are no amounts: the currency is XXX (ISO 4217, "none").',
    },
  },
  recipe,
};

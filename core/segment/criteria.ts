import { buckets } from '../portfolio/buckets.ts';
import type { Text } from '../text/text.ts';
import type { Condition } from './condition.ts';
import { describeCondition, type Titles } from './describe/describe.ts';

/** A ready-made way to divide a portfolio. */
export interface ReadyCriterion {
  id: string;
  title: Text;
  kind: 'criterion' | 'deciles';
  bands: { title: Text; condition: Condition }[];
}

/** What the bands are drawn from. */
export interface CriteriaNeeds {
  /** Of the balances above zero of each currency: the median and the 90th percentile. */
  amounts: readonly { currency: string; middle: number; high: number }[];
  customerTypes: readonly string[];
  products: readonly string[];
  models: readonly string[];
}

const tenures: readonly [number | undefined, number | undefined][] = [
  [undefined, 12],
  [12, 36],
  [36, 60],
  [60, undefined],
];

/** A number people would say: two leading digits. */
export const roundAmount = (value: number): number => {
  if (!(value > 0)) return 0;
  const unit = 10 ** Math.max(-2, Math.floor(Math.log10(value)) - 1);
  return Number((Math.round(value / unit) * unit).toFixed(2));
};

const bounded = (from: number | undefined, to: number | undefined) => ({
  ...(from === undefined ? {} : { from }),
  ...(to === undefined ? {} : { to }),
});

function amountBands({ amounts }: CriteriaNeeds): Condition[] {
  return amounts.flatMap(({ currency, middle, high }) => {
    const cuts = [...new Set([roundAmount(middle), roundAmount(high)])].filter((cut) => cut > 0);
    return [undefined, ...cuts].map(
      (from, i): Condition => ({
        column: 'balance',
        is: 'between',
        ...bounded(from, cuts[i]),
        ...(from === undefined && cuts[i] === undefined ? { from: 0 } : {}),
        currency,
      }),
    );
  });
}

/**
 * The five criteria every collector starts from (amount, customer tenure, customer type, age of debt, product) and the
 * deciles of each model that gave scores. Amounts are cut by currency at its own median and 90th percentile, said in two
 * digits; a criterion the portfolio has no values of has no bands.
 */
export function readyCriteria(needs: CriteriaNeeds, titles: Titles): ReadyCriterion[] {
  const oneOf = (column: string, values: readonly string[]): Condition[] =>
    values.map((value) => ({ column, is: 'in', values: [value] }));
  const said = (conditions: readonly Condition[]) =>
    conditions.map((condition) => ({ title: describeCondition(condition, titles), condition }));
  const ages = buckets.slice(1).map(
    ({ fromDays }, i): Condition => ({
      column: 'days_past_due',
      is: 'between',
      ...bounded(fromDays, buckets[i + 2]?.fromDays),
    }),
  );
  const criterion = (id: string, es: string, en: string, conditions: readonly Condition[]) => ({
    id,
    title: { es, en },
    kind: 'criterion' as const,
    bands: said(conditions),
  });
  return [
    criterion('amount', 'Monto', 'Amount', amountBands(needs)),
    criterion(
      'customer-tenure',
      'Antigüedad del cliente',
      'Customer tenure',
      tenures.map(([from, to]) => ({
        column: 'customer_tenure_months',
        is: 'between',
        ...bounded(from, to),
      })),
    ),
    criterion(
      'customer-type',
      'Tipo de cliente',
      'Customer type',
      oneOf('customer_type', needs.customerTypes),
    ),
    criterion('age-of-debt', 'Antigüedad de la deuda', 'Age of debt', ages),
    criterion('product', 'Producto', 'Product', oneOf('product_type', needs.products)),
    ...needs.models.map((model) => {
      const title = titles.score?.(model) ?? { es: model, en: model };
      return {
        id: `deciles:${model}`,
        title: { es: `Deciles: ${title.es}`, en: `Deciles: ${title.en}` },
        kind: 'deciles' as const,
        bands: Array.from({ length: 10 }, (_, i) => ({
          title: {
            es: i === 0 ? 'Decil 1: los más bajos' : i === 9 ? 'Decil 10: los más altos' : `Decil ${i + 1}`,
            en: i === 0 ? 'Decile 1: the lowest' : i === 9 ? 'Decile 10: the highest' : `Decile ${i + 1}`,
          },
          condition: { decile: model, of: [i + 1] },
        })),
      };
    }),
  ];
}

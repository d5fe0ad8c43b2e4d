import type { Dialect } from '#core/sql/dialects/dialect.ts';
import { current } from '#core/sql/dialects/duckdb.ts';
import { join, raw, type Sql, sql } from '#core/sql/sql.ts';
import type { Text } from '#core/text/text.ts';
import type { SelfCureParameters } from '../parameters.ts';

/** What decides who is contacted, as far as it is on record on the date: one column of small whole numbers each. */
export interface Factor {
  column: string;
  /** The text of each level, 0, 1, 2, … */
  levels: readonly Text[];
}

const namedProducts = 5;
const lookBackDays = 183;
const recentDays = 30;

/** The products told apart: the most frequent among accounts. */
export const productsOf = (): Sql =>
  sql`SELECT a.product_type AS product FROM ${current('accounts')} a WHERE a.product_type IS NOT NULL
GROUP BY a.product_type ORDER BY count(*) DESC, a.product_type LIMIT ${namedProducts}`;

/** Bounds of up to four equal bands of days past due: lowest day of each. */
function bands({ minDaysPastDue, maxDaysPastDue }: SelfCureParameters): number[] {
  const days = maxDaysPastDue - minDaysPastDue + 1;
  const count = Math.min(4, days);
  return Array.from({ length: count }, (_, i) => minDaysPastDue + Math.floor((i * days) / count));
}

const both = (text: string): Text => ({ es: text, en: text });

export function factorsOf(parameters: SelfCureParameters, products: readonly string[]): Factor[] {
  const from = bands(parameters);
  return [
    {
      column: 'days_band',
      levels: from.map((day, i) => {
        const to = (from[i + 1] ?? parameters.maxDaysPastDue + 1) - 1;
        return { es: `${day}–${to} días de mora`, en: `${day}–${to} days past due` };
      }),
    },
    { column: 'product', levels: [...products.map(both), { es: 'otro producto', en: 'another product' }] },
    {
      column: 'history',
      levels: [
        { es: 'sin mora en los seis meses antes', en: 'never late in the six months before' },
        {
          es: 'en mora hasta un cuarto de los seis meses antes',
          en: 'late up to a quarter of the six months before',
        },
        {
          es: 'en mora hasta la mitad de los seis meses antes',
          en: 'late up to half of the six months before',
        },
        {
          es: 'en mora más de la mitad de los seis meses antes',
          en: 'late over half of the six months before',
        },
      ],
    },
    {
      column: 'recent',
      levels: [
        { es: 'sin contacto en los 30 días antes', en: 'not contacted in the 30 days before' },
        { es: 'con contacto en los 30 días antes', en: 'contacted in the 30 days before' },
      ],
    },
  ];
}

/**
 * The stratum of each row of `population` (account_id, customer_id, as_of), from what was known on the date:
 * account_id, as_of, one column for each factor, and `stratum`, a whole number that stands for all of them.
 */
export function strata(
  dialect: Dialect,
  parameters: SelfCureParameters,
  products: readonly string[],
  population: Sql,
): Sql {
  const factors = factorsOf(parameters, products);
  const from = bands(parameters);
  const steps = (value: Sql, bounds: readonly number[]) =>
    sql`CASE ${join(
      bounds.map(
        (bound, i) => sql`WHEN ${value} >= ${raw(String(bound))} THEN ${raw(String(bounds.length - i))}`,
      ),
      ' ',
    )} ELSE 0 END`;
  const days = steps(sql`n.days_past_due`, from.slice(1).reverse());
  const product = products.length
    ? sql`CASE a.product_type ${join(
        products.map((name, i) => sql`WHEN ${name} THEN ${raw(String(i))}`),
        ' ',
      )} ELSE ${raw(String(products.length))} END`
    : raw('0');
  const lateShare = sql`SELECT p.account_id, p.as_of, avg(CASE WHEN s.days_past_due > 0 THEN 1e0 ELSE 0e0 END) AS late_share
FROM population p JOIN ${current('snapshots')} s ON s.account_id = p.account_id AND s.as_of < p.as_of AND s.as_of >= ${dialect.addDays(sql`p.as_of`, -lookBackDays)}
GROUP BY p.account_id, p.as_of`;
  const touched = sql`SELECT DISTINCT p.account_id, p.as_of
FROM population p JOIN ${current('contacts')} t ON t.customer_id = p.customer_id
  AND t.sent_at >= ${dialect.addDays(sql`p.as_of`, 1 - recentDays)} AND t.sent_at < ${dialect.addDays(sql`p.as_of`, 1)}
WHERE coalesce(t.delivered, true)`;
  const code = factors.reduce(
    (sum, { column, levels }) => sql`(${sum}) * ${raw(String(levels.length))} + f.${raw(column)}`,
    raw('0'),
  );
  return sql`SELECT f.*, ${code} AS stratum FROM (WITH population AS (SELECT account_id, customer_id, as_of FROM ${population} q)
SELECT p.account_id, p.as_of, ${days} AS days_band, ${product} AS product,
  CASE WHEN l.late_share > 0.5e0 THEN 3 WHEN l.late_share > 0.25e0 THEN 2 WHEN l.late_share > 0 THEN 1 ELSE 0 END AS history,
  CASE WHEN t.account_id IS NULL THEN 0 ELSE 1 END AS recent
FROM population p
JOIN ${current('snapshots')} n ON n.account_id = p.account_id AND n.as_of = p.as_of
JOIN ${current('accounts')} a ON a.account_id = p.account_id
LEFT JOIN (${lateShare}) l ON l.account_id = p.account_id AND l.as_of = p.as_of
LEFT JOIN (${touched}) t ON t.account_id = p.account_id AND t.as_of = p.as_of) f`;
}

/** The level of each factor that a stratum's number stands for. */
export function levelsOf(stratum: number, factors: readonly Factor[]): number[] {
  let rest = stratum;
  return factors
    .toReversed()
    .map(({ levels }) => {
      const level = rest % levels.length;
      rest = Math.floor(rest / levels.length);
      return level;
    })
    .reverse();
}

export function nameOf(stratum: number, factors: readonly Factor[]): Text {
  const texts = levelsOf(stratum, factors).map((level, i) => factors[i]!.levels[level]!);
  return { es: texts.map(({ es }) => es).join(', '), en: texts.map(({ en }) => en).join(', ') };
}

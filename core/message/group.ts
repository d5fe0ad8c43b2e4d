import { bucketOf } from '../portfolio/buckets.ts';
import type { Dialect } from '../sql/dialects/dialect.ts';
import { all, ident, join, raw, type Sql, sql } from '../sql/sql.ts';
import type { ClaimQuestion, GroupColumn } from './claim.ts';

export const current = (table: string): Sql => ident(`current_${table}`);

const columnsOf = (country: string | null): Record<GroupColumn, Sql> => ({
  country: sql`coalesce(substr(c.jurisdiction, 1, 2), ${country})`,
  product: raw('a.product_type'),
  bucket: bucketOf(raw('s.days_past_due')),
});

/** The columns by which groups are told apart, of snapshots s, accounts a and customers c, with their names. */
export const groupsOf = (by: readonly GroupColumn[], country: string | null): Sql =>
  join(by.map((name) => sql`${columnsOf(country)[name]} AS ${ident(name)}`));

/** To group by the first column and the groups after it, by their places: values bound twice are not equal. */
export const grouped = (by: readonly GroupColumn[]): Sql =>
  raw(['customer_id', ...by].map((_, i) => i + 1).join(', '));

/** Groups of people: by country where they live, else by what they are late with on the date of the balances. */
function groupsOfPeople(
  dialect: Dialect,
  by: readonly GroupColumn[],
  question: ClaimQuestion,
  people: Sql,
): Sql {
  const { asOf, country } = question;
  const late = by.some((name) => name !== 'country')
    ? sql`JOIN ${current('accounts')} a ON a.customer_id = p.customer_id
      JOIN ${current('snapshots')} s ON s.account_id = a.account_id AND s.as_of = ${dialect.date(asOf)} AND s.days_past_due > 0`
    : raw('');
  return sql`SELECT DISTINCT ${groupsOf(by, country)} FROM (${people}) p ${late}
      LEFT JOIN ${current('customers')} c ON c.customer_id = p.customer_id`;
}

/**
 * Counts customers by group: of one product, bucket or country where asked, and only groups that one of `people` is
 * in. What is not known makes a group of its own.
 *
 * @param each relation with the columns of `by` and a boolean `counted`, one row a customer and group
 */
export function countByGroup(
  dialect: Dialect,
  by: readonly GroupColumn[],
  question: ClaimQuestion,
  each: Sql,
): Sql {
  const named = join(by.map((name) => ident(name)));
  const same = all(by.map((name) => sql`coalesce(h.${ident(name)}, '') = coalesce(g.${ident(name)}, '')`));
  const wanted = by.flatMap((name) => {
    const only = question.scope?.[name];
    return only ? [sql`g.${ident(name)} = ${only}`] : [];
  });
  const theirs = question.people
    ? [
        sql`EXISTS (SELECT 1 FROM (${groupsOfPeople(dialect, by, question, question.people)}) h WHERE ${same})`,
      ]
    : [];
  return sql`SELECT ${named}, ${dialect.countIf(raw('true'))} AS n, ${dialect.countIf(raw('g.counted'))} AS events
    FROM (${each}) g WHERE ${all([...wanted, ...theirs])}
    GROUP BY ${named} ORDER BY ${named}`;
}

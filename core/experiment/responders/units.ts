import type { Spell } from '../../contract/experiments/lifecycle.ts';
import type { Dialect } from '../../sql/dialects/dialect.ts';
import { ident, join, raw, type Sql, sql } from '../../sql/sql.ts';
import { withinSpells } from '../spells.ts';
import { type BaselineInput, baselineSql } from '../units/baseline.ts';
import { columnId, type UnitColumn, unitsSql } from '../units/columns.ts';

/** Facts of the day a person entered from which responses are learnt, by the names segments know them by. */
export const numericFacts = [
  'days_past_due',
  'customer_tenure_months',
  'relative_arrears',
  'paid_before',
] as const;
export const categoricalFacts = ['country', 'product_type', 'currency', 'customer_type', 'language'] as const;

export interface RespondersInput extends BaselineInput {
  experimentId: string;
  /** The primary metric over its window. */
  column: UnitColumn;
  asOf: string;
  /** Days on which every arm was open: people who entered on others could not have got every arm. */
  open: readonly Spell[];
  /** Name of the column of scores; null: none. */
  score: string | null;
  /** People at most; of more, those first by md5 of their name. */
  most: number;
}

const [baseline, units] = ['responders_baseline', 'responders_units'];

/**
 * One row per person of an experiment who entered while every arm was open and whose window has closed: row_arm,
 * row_target (the outcome, 0 or 1), row_group (the person, as a number from 0), row_of (people before any were left out
 * by lot) and the facts of the day they entered, ordered by customer. What is not known is NULL.
 */
export function respondersSql(dialect: Dialect, input: RespondersInput): Sql {
  const { column, asOf, experimentId, open, score } = input;
  const outcome = ident(columnId(column));
  const months = dialect.monthsBetween(raw('c.customer_since'), raw('u.entered_on'));
  const named: Record<string, Sql> = {
    customer_tenure_months: dialect.float(months),
    customer_type: raw('c.customer_type'),
    language: raw('c.language'),
  };
  const facts = [...numericFacts, ...categoricalFacts].map(
    (name) => sql`${named[name] ?? raw(`u.${name}`)} AS ${ident(name)}`,
  );
  const scored = score === null ? [] : [sql`u.score AS ${ident(score)}`];
  return sql`WITH ${ident(baseline)} AS (${baselineSql(dialect, input)}),
${ident(units)} AS (${unitsSql(dialect, {
    baseline: ident(baseline),
    columns: [column],
    asOf,
    experimentId,
    primaryDays: column.horizonDays,
  })})
SELECT u.arm AS row_arm, ${dialect.float(sql`u.${outcome}`)} AS row_target,
  ${dialect.float(sql`row_number() OVER (ORDER BY u.customer_id) - 1`)} AS row_group, ${dialect.float(raw('u.row_of'))} AS row_of,
  ${join([...facts, ...scored])}
FROM (
  SELECT *, count(*) OVER () AS row_of, row_number() OVER (ORDER BY ${dialect.md5(raw('customer_id'))}, customer_id) AS row_place
  FROM ${ident(units)} WHERE ${outcome} IS NOT NULL AND (${withinSpells(dialect, raw('entered_on'), open)})
) u
LEFT JOIN current_customers c ON c.customer_id = u.customer_id
WHERE u.row_place <= ${input.most}
ORDER BY u.customer_id`;
}

import type { FeatureFamily } from '#core/features/feature.ts';
import { raw, type Sql, sql } from '#core/sql/sql.ts';

const text = { es: 'Plantada', en: 'Planted' };

/** A feature family of one column, its value an expression over `p` (the row) joined with what is given. */
export const planted = (name: string, value: string, joined = ''): FeatureFamily => ({
  text: { title: text, summary: text },
  needs: ['accounts'],
  columns: [{ name, kind: 'numeric', title: text }],
  known: text,
  build: (_dialect, population): Sql =>
    sql`SELECT p.account_id, p.as_of, ${raw(value)} AS ${raw(name)} FROM ${population} p ${raw(joined)}`,
});

/** The account's days past due at the next month end: what is asked. */
const later = `LEFT JOIN current_snapshots n ON n.account_id = p.account_id
  AND n.as_of = last_day(p.as_of + INTERVAL 1 MONTH)`;

/** A number in [0, 1) that depends on the row alone. */
const luckOf = (name: string) =>
  `(md5_number_lower('${name} ' || p.account_id || p.as_of::VARCHAR) % 1000 / 1000.0)`;
const luck = luckOf('luck');

/** The outcome, read from a row that lies in the future. */
export const futureRow = () => planted('dpd_soon', 'n.days_past_due', later);

/** Right about the outcome for a share of the rows, blind for the others: an AUC of 1 − (1 − share)² / 2. */
export const strong = (share: number) =>
  planted(
    'risk_grade',
    `CASE WHEN ${luck} < ${share} THEN CASE WHEN n.days_past_due = 0 THEN 2 ELSE 0 END ELSE 2 * ${luckOf('blind')} END`,
    later,
  );

/** The same through a table of one's own that is joined on the account. */
export const joinedOutcome = () =>
  planted(
    'list_flag',
    'd.flag',
    'LEFT JOIN outcome_list d ON d.account_id = p.account_id AND d.as_of = p.as_of',
  );

/** A value that is infinite for some accounts. */
export const infinite = () =>
  planted('ratio', `CASE WHEN ${luck} < 0.1 THEN 'infinity'::DOUBLE ELSE ${luck} END`);

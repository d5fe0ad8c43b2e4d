import type { Dialect } from '#core/sql/dialects/dialect.ts';
import { buildFeatures, type NamedFamily } from '#core/sql/features.ts';
import { ident, join, raw, type Sql, sql } from '#core/sql/sql.ts';
import type { DecisionDate } from '../../question.ts';
import type { Sample } from '../../training-set.ts';
import type { UpliftQuestion } from '../question.ts';

const stateTables = new Set(['snapshots', 'accounts', 'customers']);

/**
 * Families that read balances alone are taken at the last snapshot before the decision, so that "this month" is the same
 * month for every row; the others at the close of the day before the decision.
 */
const isState = ({ family }: NamedFamily): boolean =>
  family.needs.includes('snapshots') && family.needs.every((table) => stateTables.has(table));

export const featureNames = (question: UpliftQuestion, families: readonly NamedFamily[]): string[] => [
  ...question.columns.map(({ name }) => name),
  ...families.flatMap(({ family }) => family.columns.map(({ name }) => name)),
];

/** Rows of `decided` with every feature; `columns` are taken over as they are. */
function withFeatures(
  dialect: Dialect,
  decided: Sql,
  question: UpliftQuestion,
  families: readonly NamedFamily[],
  columns: Sql,
): Sql {
  const eve = dialect.cast(dialect.addDays(sql`day`, -1), 'date');
  const states = families.filter(isState);
  const events = families.filter((one) => !isState(one));
  const named = (from: string, some: readonly NamedFamily[]) =>
    some.flatMap(({ family }) => family.columns.map(({ name }) => sql`${raw(from)}.${ident(name)}`));
  const own = question.columns.map(
    ({ name }) => sql`${dialect.float(sql`d.${ident(name)}`)} AS ${ident(name)}`,
  );
  return sql`WITH decided_rows AS (${decided}),
event_rows AS (SELECT account_id, customer_id, ${eve} AS as_of FROM decided_rows),
state_rows AS (SELECT DISTINCT account_id, customer_id, state_on AS as_of FROM decided_rows)
SELECT ${columns}, ${join([...own, ...named('s', states), ...named('e', events)], ',\n  ')}
FROM decided_rows d
JOIN (${buildFeatures(dialect, raw('state_rows'), states)}) s ON s.account_id = d.account_id AND s.as_of = d.state_on
JOIN (${buildFeatures(dialect, raw('event_rows'), events)}) e ON e.account_id = d.account_id AND e.as_of = ${dialect.cast(dialect.addDays(sql`d.day`, -1), 'date')}
ORDER BY d.day, d.customer_id`;
}

interface Scope {
  question: UpliftQuestion;
  parameters: unknown;
  families: readonly NamedFamily[];
}

/**
 * Past decisions with every feature, ordered by day and customer: row_target, row_day (the day before the decision, when
 * all columns were known), row_group (the customer, as a number), arm, place, recorded, p_<arm>, permitted_<arm>.
 */
export function selectDecisions(
  dialect: Dialect,
  { question, parameters, families }: Scope,
  dates: readonly DecisionDate[],
  sample: Sample,
): Sql {
  const byArm = question.arms.flatMap(({ id }) => [
    sql`d.${raw(`p_${id}`)}`,
    sql`${dialect.float(raw(`d.permitted_${id}`))} AS ${raw(`permitted_${id}`)}`,
  ]);
  const columns = sql`${dialect.float(sql`d.target`)} AS row_target, ${dialect.cast(dialect.addDays(sql`d.day`, -1), 'date')} AS row_day,
  CAST(dense_rank() OVER (ORDER BY d.customer_id) AS INTEGER) AS row_group, d.arm AS row_arm, coalesce(d.place, '') AS row_place,
  ${dialect.float(sql`d.recorded`)} AS row_recorded, ${join(byArm)}`;
  return withFeatures(
    dialect,
    question.decisions(dialect, parameters, dates, sample),
    question,
    families,
    columns,
  );
}

/** People to decide on the day after a snapshot, with every feature, ordered by customer. */
export function selectPeople(dialect: Dialect, { question, parameters, families }: Scope, asOf: string): Sql {
  const columns = sql`d.customer_id AS row_customer, coalesce(d.place, '') AS row_place`;
  return withFeatures(dialect, question.people(dialect, parameters, asOf), question, families, columns);
}

/** Decisions by date of the period, arm and outcome, with those against permission, and how amounts and arrears relate. */
export function countDecisions(
  dialect: Dialect,
  { question, parameters }: Pick<Scope, 'question' | 'parameters'>,
  dates: readonly DecisionDate[],
): Sql {
  const all = { share: 1, seed: 0 };
  const parts = dates.map(
    (date) =>
      sql`SELECT ${dialect.date(date.asOf)} AS period, arm, target, recorded, place, ${dialect.countIf(raw('true'))} AS n
FROM (${question.decisions(dialect, parameters, [date], all)}) d GROUP BY arm, target, recorded, place`,
  );
  return sql`SELECT * FROM (${join(parts, '\nUNION ALL ')}) c ORDER BY period, arm, target, recorded, place`;
}

/** For each currency, what those who paid in the window paid over what was overdue. */
export function amountShares(
  dialect: Dialect,
  { question, parameters }: Pick<Scope, 'question' | 'parameters'>,
  dates: readonly DecisionDate[],
): Sql {
  const paid = sql`target = 1 AND arrears > 0 AND amount > 0`;
  return sql`SELECT currency, ${dialect.countIf(paid)} AS payers,
  ${dialect.float(dialect.sumIf(sql`amount`, paid))} / ${dialect.float(dialect.sumIf(sql`arrears`, paid))} AS share
FROM (${question.decisions(dialect, parameters, dates, { share: 1, seed: 0 })}) d GROUP BY currency ORDER BY currency`;
}

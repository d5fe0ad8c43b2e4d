import type { Dialect } from '#core/sql/dialects/dialect.ts';
import { buildFeatures, type NamedFamily } from '#core/sql/features.ts';
import { ident, join, literal, raw, type Sql, sql } from '#core/sql/sql.ts';
import type { DecisionDate, Question } from './question.ts';

/** Part of the customers, chosen by a hash of their identifier: the same people on every date and in every run. */
export interface Sample {
  share: number;
  seed: number;
}

const range = 2 ** 32;

function inSample(dialect: Dialect, { share, seed }: Sample): Sql {
  if (share >= 1) return raw('true');
  const word = dialect.md5Word(dialect.concat(literal(`train:${seed}:`), sql`c.customer_id`), 0);
  return sql`${word} < ${Math.floor(share * range)}`;
}

interface Scope<P> {
  question: Question<P>;
  parameters: P;
  dates: readonly DecisionDate[];
}

const datesOf = <P>({ dates }: Scope<P>): string[] => dates.map(({ asOf }) => asOf);

/** Rows by date, reason of exclusion, outcome and target: what the card counts and the guard judges. */
export function countPopulation<P>(dialect: Dialect, scope: Scope<P>): Sql {
  const { question, parameters, dates } = scope;
  return sql`WITH candidates AS (${question.candidates(dialect, parameters, datesOf(scope))}),
at_risk AS (SELECT account_id, customer_id, as_of FROM candidates WHERE excluded IS NULL),
outcomes AS (${question.outcomes(dialect, parameters, raw('at_risk'), dates)})
SELECT c.as_of, c.excluded, o.outcome, o.target, ${dialect.countIf(raw('true'))} AS n
FROM candidates c LEFT JOIN outcomes o ON o.account_id = c.account_id AND o.as_of = c.as_of
GROUP BY c.as_of, c.excluded, o.outcome, o.target
ORDER BY c.as_of, c.excluded, o.outcome, o.target`;
}

/**
 * The training matrix: one row for each account at risk on each date with a known outcome, ordered by date and
 * account, with `row_target`, `row_day`, `row_group` (the customer, as a number), one `slice_<id>` for each slice
 * and every feature.
 */
export function selectTrainingSet<P>(
  dialect: Dialect,
  scope: Scope<P>,
  families: readonly NamedFamily[],
  sample: Sample,
): Sql {
  const { question, parameters, dates } = scope;
  const slices = question.slices.map(({ id }) => raw(id));
  const columns = families.flatMap(({ family }) => family.columns.map(({ name }) => sql`f.${ident(name)}`));
  return sql`WITH candidates AS (${question.candidates(dialect, parameters, datesOf(scope))}),
at_risk AS (SELECT c.* FROM candidates c WHERE c.excluded IS NULL AND ${inSample(dialect, sample)}),
outcomes AS (${question.outcomes(dialect, parameters, raw('at_risk'), dates)}),
population AS (SELECT a.*, o.target FROM at_risk a JOIN outcomes o ON o.account_id = a.account_id AND o.as_of = a.as_of
  WHERE o.target IS NOT NULL)
SELECT ${dialect.float(sql`p.target`)} AS row_target, p.as_of AS row_day,
  CAST(dense_rank() OVER (ORDER BY p.customer_id) AS INTEGER) AS row_group,
  ${join([...slices.map((slice) => sql`${dialect.float(sql`p.${slice}`)} AS ${raw(`slice_${slice.text}`)}`), ...columns], ',\n  ')}
FROM population p
JOIN (${buildFeatures(dialect, raw('population'), families)}) f ON f.account_id = p.account_id AND f.as_of = p.as_of
ORDER BY p.as_of, p.account_id`;
}

/** Accounts at risk on a date, outcome or not, with every feature: what is scored. */
export function selectScoringSet<P>(
  dialect: Dialect,
  question: Question<P>,
  parameters: P,
  asOf: string,
  families: readonly NamedFamily[],
): Sql {
  return sql`WITH candidates AS (${question.candidates(dialect, parameters, [asOf])}),
population AS (SELECT account_id, customer_id, as_of FROM candidates WHERE excluded IS NULL)
${buildFeatures(dialect, raw('population'), families)}`;
}

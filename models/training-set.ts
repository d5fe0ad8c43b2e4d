import { bucketOf } from '#core/portfolio/buckets.ts';
import type { ColumnType } from '#core/portfolio/column.ts';
import type { ProtectedAttribute } from '#core/portfolio/protected.ts';
import type { Dialect } from '#core/sql/dialects/dialect.ts';
import { current } from '#core/sql/dialects/duckdb.ts';
import { buildFeatures, type NamedFamily } from '#core/sql/features.ts';
import { ident, join, literal, raw, type Sql, sql } from '#core/sql/sql.ts';
import type { DecisionDate, Identified, Question } from './question.ts';

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

export interface Scope<P> {
  question: Question<P>;
  parameters: P;
  dates: readonly DecisionDate[];
  /** What the question is identified by; absent: all rows, each counting one. */
  identified?: Pick<Identified, 'restrict' | 'weights'> | undefined;
}

const datesOf = <P>({ dates }: Scope<P>): string[] => dates.map(({ asOf }) => asOf);

/** The rows at risk that the question is identified by: those restricted to, and those that have a weight. */
function identifiedJoins({ identified }: Pick<Scope<unknown>, 'identified'>, row: string): Sql {
  const on = (name: string) => raw(`${name}.account_id = ${row}.account_id AND ${name}.as_of = ${row}.as_of`);
  const restricted = identified?.restrict
    ? sql`\n  JOIN (SELECT DISTINCT account_id, as_of FROM (${identified.restrict}) kept_rows) k ON ${on('k')}`
    : raw('');
  const weighed = identified?.weights ? sql`\n  JOIN (${identified.weights}) w ON ${on('w')}` : raw('');
  return sql`${restricted}${weighed}`;
}

/**
 * Rows by date, reason of exclusion, outcome and target, and whether they are outside those the question is identified
 * by: what the card counts and the guard judges. `events` is the sum of the targets; of shares, `target` is null.
 */
export function countPopulation<P>(dialect: Dialect, scope: Scope<P>): Sql {
  const { question, parameters, dates, identified } = scope;
  const apart = identified?.restrict !== undefined || identified?.weights !== undefined;
  const target = question.target === 'share' ? raw('CAST(NULL AS INTEGER)') : raw('o.target');
  return sql`WITH candidates AS (${question.candidates(dialect, parameters, datesOf(scope))}),
at_risk AS (SELECT account_id, customer_id, as_of FROM candidates WHERE excluded IS NULL),
outcomes AS (${question.outcomes(dialect, parameters, raw('at_risk'), dates)})${
    apart
      ? sql`,
identified AS (SELECT DISTINCT r.account_id, r.as_of FROM at_risk r${identifiedJoins(scope, 'r')})`
      : raw('')
  },
counted AS (SELECT c.as_of, c.excluded, o.outcome, ${target} AS target, o.target AS happened,
  ${apart ? raw('c.excluded IS NULL AND i.account_id IS NULL') : raw('false')} AS outside
  FROM candidates c LEFT JOIN outcomes o ON o.account_id = c.account_id AND o.as_of = c.as_of${
    apart ? raw('\n  LEFT JOIN identified i ON i.account_id = c.account_id AND i.as_of = c.as_of') : raw('')
  })
SELECT as_of, excluded, outside, outcome, target, ${dialect.countIf(raw('true'))} AS n, sum(${dialect.float(raw('happened'))}) AS events
FROM counted
GROUP BY as_of, excluded, outside, outcome, target
ORDER BY as_of, excluded, outside, outcome, target`;
}

/** What a training set carries beside features. */
export interface Extras {
  /** Protected attributes of customers, read by nobody but the fairness of the card; as `fair_<name>`, at the end. */
  attributes?: readonly ProtectedAttribute[];
  /** The account of each row, as `row_account`. */
  accounts?: boolean;
}

/**
 * The training matrix: one row for each account at risk on each date with a known outcome, within the rows the question
 * is identified by, ordered by date and account, with `row_target`, `row_day`, `row_group` (the customer, as a number),
 * `row_weight` where rows are weighed, `row_bucket`, `row_product`, one `slice_<id>` for each slice, every feature, and
 * what `extras` asks for.
 */
export function selectTrainingSet<P>(
  dialect: Dialect,
  scope: Scope<P>,
  families: readonly NamedFamily[],
  sample: Sample,
  { attributes = [], accounts = false }: Extras = {},
): Sql {
  const { question, parameters, dates, identified } = scope;
  const slices = question.slices.map(({ id }) => raw(id));
  const features = families.flatMap(({ family }) => family.columns.map(({ name }) => sql`f.${ident(name)}`));
  const columns = [
    ...(accounts ? [raw('p.account_id AS row_account')] : []),
    ...(identified?.weights ? [sql`${dialect.float(sql`p.row_weight`)} AS row_weight`] : []),
    sql`${bucketOf(sql`p.days_past_due`)} AS row_bucket`,
    sql`a.product_type AS row_product`,
    ...slices.map((slice) => sql`${dialect.float(sql`p.${slice}`)} AS ${raw(`slice_${slice.text}`)}`),
    ...features,
    ...attributes.map(({ name, type }) => {
      const value = sql`u.${ident(name)}`;
      return sql`${isNumber(type) ? dialect.float(value) : dialect.cast(value, 'text')} AS ${ident(`fair_${name}`)}`;
    }),
  ];
  return sql`WITH candidates AS (${question.candidates(dialect, parameters, datesOf(scope))}),
at_risk AS (SELECT c.* FROM candidates c WHERE c.excluded IS NULL AND ${inSample(dialect, sample)}),
outcomes AS (${question.outcomes(dialect, parameters, raw('at_risk'), dates)}),
population AS (SELECT r.*, o.target${identified?.weights ? raw(', w.row_weight') : raw('')}
  FROM at_risk r JOIN outcomes o ON o.account_id = r.account_id AND o.as_of = r.as_of${identifiedJoins(scope, 'r')}
  WHERE o.target IS NOT NULL)
SELECT ${dialect.float(sql`p.target`)} AS row_target, p.as_of AS row_day,
  CAST(dense_rank() OVER (ORDER BY p.customer_id) AS INTEGER) AS row_group,
  ${join(columns, ',\n  ')}
FROM population p
JOIN (${buildFeatures(dialect, raw('population'), families)}) f ON f.account_id = p.account_id AND f.as_of = p.as_of
LEFT JOIN ${current('accounts')} a ON a.account_id = p.account_id${
    attributes.length > 0
      ? sql`\nLEFT JOIN ${current('customers')} u ON u.customer_id = p.customer_id`
      : raw('')
  }
ORDER BY p.as_of, p.account_id`;
}

const isNumber = (type: ColumnType): boolean => ['integer', 'bigint', 'double', 'money'].includes(type);

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

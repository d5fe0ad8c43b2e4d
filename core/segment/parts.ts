import type { Dialect } from '../sql/dialects/dialect.ts';
import { current } from '../sql/dialects/duckdb.ts';
import type { NamedFamily } from '../sql/features.ts';
import { ident, join, raw, type Sql, sql } from '../sql/sql.ts';
import { armFact, channelFact, featureFact, recencyColumns, styleFact, sureFact } from './columns.ts';

/** What facts beyond the columns are read from. */
export interface FactSources {
  families: readonly NamedFamily[];
  /** The scoring whose choice of channel counts; null: nobody's is known. */
  channels: { versionId: string; asOf: string } | null;
  /** The day that days since something are counted to. */
  readOn: string;
}

/** Some columns of the facts, by account or by person: `rows` holds the key and a column for each of `facts`. */
export interface Part {
  name: string;
  key: 'account_id' | 'customer_id';
  facts: readonly string[];
  rows: Sql;
}

const by = (prefix: string, asked: readonly string[]): string[] =>
  asked.flatMap((fact) => (fact.startsWith(prefix) ? [fact.slice(prefix.length)] : []));

function familyPart(
  dialect: Dialect,
  asOf: string,
  { id, family }: NamedFamily,
  names: readonly string[],
): Part {
  const people = raw('segment_people');
  const columns = family.columns
    .filter(({ name }) => names.includes(`${id}.${name}`))
    .map(({ name, kind }) => {
      const value = sql`x.${ident(name)}`;
      const typed = kind === 'numeric' ? dialect.float(value) : dialect.cast(value, 'text');
      return { fact: featureFact(`${id}.${name}`), typed };
    });
  return {
    name: `family:${id}:${columns.map(({ fact }) => fact).join()}`,
    key: 'account_id',
    facts: columns.map(({ fact }) => fact),
    rows: sql`WITH segment_people AS (SELECT s.account_id, a.customer_id, s.as_of FROM ${current('snapshots')} s
      JOIN ${current('accounts')} a ON a.account_id = s.account_id WHERE s.as_of = ${dialect.date(asOf)})
      SELECT x.account_id, ${join(columns.map(({ fact, typed }) => sql`${typed} AS ${ident(fact)}`))}
      FROM (${family.build(dialect, people)}) x`,
  };
}

/** A message known not to have arrived reached nobody. */
const arrived = 'coalesce(e.delivered, true)';

/** What a recency column counts from; payments later reversed count, as when that was known the data do not say. */
const lasts: Record<string, { table: string; key: Part['key']; when: string; where: string }> = {
  days_since_contact: { table: 'contacts', key: 'customer_id', when: 'sent_at', where: arrived },
  days_since_reply: { table: 'contacts', key: 'customer_id', when: 'sent_at', where: 'e.replied' },
  days_since_payment: { table: 'payments', key: 'account_id', when: 'paid_at', where: 'e.amount > 0' },
  days_since_promise: { table: 'promises', key: 'account_id', when: 'made_at', where: 'true' },
};

function lastPart(
  dialect: Dialect,
  fact: string,
  from: (typeof lasts)[string],
  where: Sql,
  readOn: string,
): Part {
  const key = ident(from.key);
  const day = dialect.date(readOn);
  const when = dialect.cast(sql`e.${ident(from.when)}`, 'date');
  return {
    name: `last:${fact}`,
    key: from.key,
    facts: [fact],
    rows: sql`SELECT e.${key}, ${dialect.daysBetween(sql`max(${when})`, day)} AS ${ident(fact)}
      FROM ${current(from.table)} e WHERE ${when} <= ${day} AND ${where} GROUP BY e.${key}`,
  };
}

function armPart(dialect: Dialect, experiment: string, readOn: string): Part {
  const fact = armFact(experiment);
  return {
    name: fact,
    key: 'customer_id',
    facts: [fact],
    rows: sql`SELECT e.customer_id, min(e.arm) AS ${ident(fact)} FROM assignments e
      WHERE e.experiment_id = ${experiment} AND e.assigned_at < ${dialect.addDays(dialect.date(readOn), 1)} GROUP BY e.customer_id`,
  };
}

function channelPart(dialect: Dialect, { versionId, asOf }: NonNullable<FactSources['channels']>): Part {
  return {
    name: 'channel',
    key: 'customer_id',
    facts: [channelFact, sureFact],
    rows: sql`SELECT e.customer_id, min(e.channel) AS ${ident(channelFact)}, min(e.answer) = 'clear' AS ${ident(sureFact)}
      FROM channel_scores e WHERE e.version_id = ${versionId} AND e.as_of = ${dialect.date(asOf)} AND e.leads GROUP BY e.customer_id`,
  };
}

/** The facts asked for that a rank is taken of are asked for too. */
export const withRanked = (asked: readonly string[]): string[] => [
  ...new Set([
    ...asked,
    ...by('percentile:', asked).map((rest) => rest.slice(rest.indexOf(':') + 1)),
    ...by('decile:', asked).map((model) => `score:${model}`),
  ]),
];

/**
 * The parts that hold the facts asked for, besides columns, flags and scores, as of a date. A channel nobody has chosen
 * for is a part without rows.
 */
export function factParts(
  dialect: Dialect,
  asOf: string,
  sources: FactSources,
  given: readonly string[],
): Part[] {
  const asked = withRanked(given);
  const { families, channels, readOn } = sources;
  const features = by('feature:', asked);
  const recent = recencyColumns.filter(({ name }) => asked.includes(name));
  const none = raw('NULL');
  return [
    ...families
      .filter(({ id }) => features.some((name) => name.startsWith(`${id}.`)))
      .map((family) => familyPart(dialect, asOf, family, features)),
    ...recent.flatMap(({ name }) => {
      const from = lasts[name];
      return from ? [lastPart(dialect, name, from, raw(from.where), readOn)] : [];
    }),
    ...by('style:', asked).map((style) =>
      lastPart(
        dialect,
        styleFact(style),
        { table: 'contacts', key: 'customer_id', when: 'sent_at', where: '' },
        sql`e.style = ${style} AND ${raw(arrived)}`,
        readOn,
      ),
    ),
    ...by('arm:', asked).map((experiment) => armPart(dialect, experiment, readOn)),
    ...(asked.includes(channelFact)
      ? [
          channels
            ? channelPart(dialect, channels)
            : {
                name: 'channel',
                key: 'customer_id' as const,
                facts: [channelFact, sureFact],
                rows: sql`SELECT ${dialect.cast(none, 'text')} AS customer_id, ${dialect.cast(none, 'text')} AS ${ident(channelFact)},
      ${dialect.cast(none, 'boolean')} AS ${ident(sureFact)} WHERE false`,
              },
        ]
      : []),
  ];
}

/** The percentiles and deciles among the facts asked for. */
export const ranksAsked = (asked: readonly string[]): string[] =>
  asked.filter((fact) => fact.startsWith('percentile:') || fact.startsWith('decile:'));

/**
 * A percentile or a decile as an expression over the relation e of all accounts, which has the fact it is taken of. The
 * percentile is the share of accounts where it is known that have less, so equal values share one; the decile is the tenth of
 * that share, from 1 to 10. Unknown where the fact is.
 */
export function rankExpression(dialect: Dialect, rank: string): Sql {
  const decile = rank.startsWith('decile:');
  const [within = '', ...rest] = decile ? ['book', 'score', rank.slice(7)] : rank.slice(11).split(':');
  const value = sql`e.${ident(rest.join(':'))}`;
  const group = within === 'currency' ? [raw('e.currency')] : [];
  const before = sql`(rank() OVER (PARTITION BY ${join([...group, sql`${value} IS NULL`])} ORDER BY ${value}) - 1)`;
  const known = sql`count(${value}) OVER (${group.length ? sql`PARTITION BY ${join(group)}` : raw('')})`;
  const share = decile
    ? sql`${dialect.integerDivide(sql`10 * ${before}`, known)} + 1`
    : sql`${dialect.float(before)} / ${dialect.float(known)}`;
  return sql`CASE WHEN ${value} IS NOT NULL THEN ${share} END`;
}

/** A relation of facts with the columns of parts beside them; `of` says where the rows of a part are. */
export function joinParts(base: Sql, parts: readonly Part[], of: (part: Part) => Sql): Sql {
  if (parts.length === 0) return base;
  const columns = parts.flatMap(({ facts }, i) => facts.map((fact) => sql`${raw(`p${i}`)}.${ident(fact)}`));
  const joins = parts.map(
    (part, i) =>
      sql` LEFT JOIN ${of(part)} ${raw(`p${i}`)} ON ${raw(`p${i}`)}.${ident(part.key)} = b.${ident(part.key)}`,
  );
  return sql`SELECT b.*, ${join(columns)} FROM (${base}) b${join(joins, '')}`;
}

import { bucketOf } from '#core/portfolio/buckets.ts';
import type { Dialect } from '#core/sql/dialects/dialect.ts';
import { current } from '#core/sql/dialects/duckdb.ts';
import { raw, type Sql, sql } from '#core/sql/sql.ts';
import type { ScoreBin } from '#models/self-cure/waiting/decision.ts';
import type { Session } from '../../engine/engine.ts';

const hundredth = (score: Sql): Sql => sql`CAST(floor(${score} * 100) AS INTEGER)`;
/** Sums of doubles differ from run to run; whole millionths do not. */
const exactSum = (dialect: Dialect, value: Sql): Sql =>
  sql`CAST(sum(${dialect.cast(sql`round(${value} * 1e6)`, 'bigint')}) AS DOUBLE) / 1e6`;

interface Run {
  versionId: string;
  asOf: string;
}

const scored = (dialect: Dialect, { versionId, asOf }: Run): Sql =>
  sql`SELECT x.account_id, x.score, a.customer_id, a.currency, a.product_type, n.balance, n.days_past_due
FROM scores x JOIN ${current('accounts')} a ON a.account_id = x.account_id
JOIN ${current('snapshots')} n ON n.account_id = x.account_id AND n.as_of = x.as_of
WHERE x.version_id = ${versionId} AND x.as_of = ${dialect.date(asOf)}`;

/** Scored accounts put together by hundredth of the score, bucket, product and currency; and people by lowest score. */
export async function readBins(session: Session, dialect: Dialect, run: Run) {
  const from = scored(dialect, run);
  const rows = await session.rows<Omit<ScoreBin, 'balanceCents'> & { balance: string | null }>(
    sql`SELECT ${hundredth(sql`s.score`)} AS bin, ${bucketOf(raw('s.days_past_due'))} AS bucket, s.product_type AS product, s.currency,
  CAST(count(*) AS BIGINT) AS accounts, ${exactSum(dialect, sql`s.score`)} AS expected, ${exactSum(dialect, sql`s.score * (1e0 - s.score)`)} AS spread,
  ${dialect.cast(dialect.cast(sql`sum(s.balance)`, 'money'), 'text')} AS balance
FROM (${from}) s GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4`,
  );
  const people = await session.rows<{ bin: number; people: number }>(
    sql`SELECT p.bin, CAST(count(*) AS BIGINT) AS people FROM (SELECT ${hundredth(sql`min(s.score)`)} AS bin FROM (${from}) s GROUP BY s.customer_id) p GROUP BY 1 ORDER BY 1`,
  );
  const bins = rows.map(
    ({ balance, ...row }): ScoreBin => ({
      ...row,
      balanceCents: BigInt((balance ?? '0.00').replace('.', '')),
    }),
  );
  return { bins, people };
}

import { DomainError } from '#core/errors/domain-error.ts';
import { leadAccounts, stratify } from '#core/experiment/assigning/strata.ts';
import type { Design } from '#core/experiment/define.ts';
import { metricOutcomes } from '#core/experiment/past/outcomes.ts';
import type { PastSpan } from '#core/experiment/past/spans.ts';
import type { PastOutcomes } from '#core/experiment/simulation/cells.ts';
import type { PastStrata } from '#core/experiment/simulation/draw.ts';
import { baselineSql, covariates } from '#core/experiment/units/baseline.ts';
import { segmentMembers } from '#core/segment/size.ts';
import { ident, join, raw, sql } from '#core/sql/sql.ts';
import type { Context } from '../../context.ts';
import { metricOf } from '../designing/metric-history.ts';
import { pastView } from '../designing/past-span.ts';
import type { DesignPeople } from '../designing/people.ts';

/** People of the past with what was known of them and what became of them, as arrays. */
export interface RehearsalUnits extends PastStrata, PastOutcomes {
  span: PastSpan;
  /** Of amounts: that of most people; the others have no outcome. */
  currency: string | null;
  scored: boolean;
}

type Row = { y: number; d: number; currency: string | null; stratum: string } & Record<string, unknown>;
const table = ident('rehearsed');

/**
 * One row a person of the past like those of a design, as if they had entered on the first day of that stretch: the
 * stratum they would be drawn in, what effects are adjusted by, and the outcome of the primary metric.
 *
 * @param most people; of more, those first by md5 are taken
 * @throws rehearsal_impossible where there is no such past, or the metric is a quantile
 */
export async function rehearsalUnits(
  context: Context,
  design: Design,
  people: DesignPeople,
  most: number,
): Promise<RehearsalUnits> {
  const { dialect } = context.engine;
  const metric = metricOf(context, design.metric.id);
  const impossible = () => new DomainError('rehearsal_impossible', { metric: design.metric.id });
  if (!metric || metric.kind === 'quantile') throw impossible();
  return context.engine.connected(async (session) => {
    const past = await pastView(context, session, people, design.metric.horizonDays);
    if (!past) throw impossible();
    const { span, chosen, scored } = past;
    await session.run(sql`DROP TABLE IF EXISTS ${table}`);
    await session.run(
      sql`CREATE TEMP TABLE ${table} AS SELECT * FROM (${metricOutcomes(dialect, metric, past.people, span)}) o
        ORDER BY ${dialect.md5(raw('o.customer_id'))}, o.customer_id LIMIT ${most}`,
    );
    const lead = leadAccounts(dialect, {
      facts: chosen.facts,
      members: segmentMembers(chosen),
      eligible: sql`SELECT customer_id FROM ${table}`,
      score: chosen.score,
    });
    const score = scored.find(({ model }) => model === people.score?.model);
    const baseline = baselineSql(dialect, {
      assigned: sql`SELECT s.customer_id, '' AS arm, s.stratum, ${dialect.date(span.from)} AS entered_on FROM (${stratify(dialect, lead)}) s`,
      scores: score
        ? sql`SELECT account_id, score FROM scores WHERE version_id = ${score.versionId} AND as_of = ${dialect.date(score.asOf)}`
        : null,
    });
    const rows = await session.rows<Row>(
      sql`SELECT b.stratum, o.y, o.d, o.currency, ${join(covariates.map((name) => sql`b.${ident(name)}`))}
        FROM ${table} o JOIN (${baseline}) b ON b.customer_id = o.customer_id ORDER BY o.customer_id`,
    );
    const names = [...new Set(rows.map(({ stratum }) => stratum))].sort();
    const number = new Map(names.map((name, i) => [name, i]));
    const currency = metric.unit === 'money' ? mostOften(rows) : null;
    const own = (row: Row) => currency === null || row.currency === currency;
    const centred = (name: string): Float64Array => {
      const known = rows.flatMap((row) => (row[name] === null ? [] : [Number(row[name])]));
      const mean = known.reduce((sum, x) => sum + x, 0) / Math.max(1, known.length);
      return Float64Array.from(rows, (row) => (row[name] === null ? 0 : Number(row[name]) - mean));
    };
    return {
      span,
      currency,
      scored: score !== undefined,
      strata: Int32Array.from(rows, ({ stratum }) => number.get(stratum)!),
      strataCount: names.length,
      y: Float64Array.from(rows, (row) => (own(row) ? row.y : Number.NaN)),
      d: metric.kind === 'ratio' ? Float64Array.from(rows, ({ d }) => d) : null,
      covariates: covariates.map(centred),
    };
  });
}

/** The currency of most rows; of equal ones, the first by name. */
function mostOften(rows: readonly Row[]): string | null {
  const counts = new Map<string, number>();
  for (const { currency } of rows)
    if (currency !== null) counts.set(currency, (counts.get(currency) ?? 0) + 1);
  return [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))[0]?.[0] ?? null;
}

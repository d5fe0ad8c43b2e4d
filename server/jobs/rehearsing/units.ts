import { DomainError } from '#core/errors/domain-error.ts';
import type { Design } from '#core/experiment/define.ts';
import { metricOutcomes } from '#core/experiment/past/outcomes.ts';
import type { PastSpan } from '#core/experiment/past/spans.ts';
import { ident, sql } from '#core/sql/sql.ts';
import type { Context } from '../../context.ts';
import { metricOf } from '../designing/metric-history.ts';
import { pastView } from '../designing/past-span.ts';
import type { DesignPeople } from '../designing/people.ts';

/** People of the past with their outcome, as arrays. */
export interface RehearsalUnits {
  span: PastSpan;
  ids: string[];
  strata: Int32Array;
  strataCount: number;
  outcomes: Float64Array;
  score: Float64Array | null;
}

/** More people than this are not needed to tell false alarms and power: those first by md5 are taken. */
const mostPeople = 40_000;

/**
 * One row a person of the past like those of a design: the outcome of the primary metric and the score; strata are
 * fifths of the score.
 *
 * @throws rehearsal_impossible where there is no such past, or the metric is a ratio or a quantile
 */
export async function rehearsalUnits(
  context: Context,
  design: Design,
  people: DesignPeople,
): Promise<RehearsalUnits> {
  const { dialect } = context.engine;
  const metric = metricOf(context, design.metric.id);
  const usable = metric && metric.kind !== 'ratio' && metric.kind !== 'quantile';
  if (!usable) throw new DomainError('rehearsal_impossible', { metric: design.metric.id });
  return context.engine.connected(async (session) => {
    const past = await pastView(context, session, people, design.metric.horizonDays);
    if (!past) throw new DomainError('rehearsal_impossible', { metric: design.metric.id });
    const table = ident('rehearsed');
    await session.run(sql`DROP TABLE IF EXISTS ${table}`);
    await session.run(
      sql`CREATE TEMP TABLE ${table} AS ${metricOutcomes(dialect, metric, past.people, past.span)}`,
    );
    const rows = await session.rows<{ id: string; y: number; score: number | null; stratum: number }>(
      sql`SELECT r.customer_id AS id, r.y AS y, r.score AS score,
          CAST(coalesce(ntile(5) OVER (ORDER BY r.score, r.customer_id), 1) AS INTEGER) AS stratum
        FROM (SELECT * FROM ${table} ORDER BY ${dialect.md5(sql`customer_id`)}, customer_id LIMIT ${mostPeople}) r
        ORDER BY r.customer_id`,
    );
    const scored = rows.length > 0 && rows.every(({ score }) => score !== null);
    return {
      span: past.span,
      ids: rows.map(({ id }) => id),
      strata: Int32Array.from(rows, ({ stratum }) => (scored ? stratum - 1 : 0)),
      strataCount: 5,
      outcomes: Float64Array.from(rows, ({ y }) => y),
      score: scored ? Float64Array.from(rows, ({ score }) => score ?? 0) : null,
    };
  });
}

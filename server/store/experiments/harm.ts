import { addDays } from '#core/contact/time/wall-clock.ts';
import type { ExperimentResults } from '#core/contract/experiments/results.ts';
import type { Metric } from '#core/experiment/metric.ts';
import type { HarmCount } from '#core/experiment/monitoring/harm/harm-counts.ts';
import { join, sql } from '#core/sql/sql.ts';
import type { Context } from '../../context.ts';
import type { Session } from '../../engine/engine.ts';
import { harmLinesInThread } from '../results/thread/call.ts';
import type { DesignRecord } from './designs.ts';
import { readDraws } from './draws.ts';

export type HarmLine = ExperimentResults['harm'][number];

export interface WatchedHarm {
  id: string;
  metric: Metric;
  horizonDays: number;
}

/** The guardrails that the daily watch can follow: shares of people of which fewer is better. */
export const watchedHarms = (
  { registry }: Pick<Context, 'registry'>,
  { design }: DesignRecord,
): WatchedHarm[] =>
  design.guardrails.flatMap(({ id, horizonDays }) => {
    const metric = registry.metrics.get(id) as unknown as Metric | undefined;
    return metric?.kind === 'proportion' && metric.better === 'lower' ? [{ id, metric, horizonDays }] : [];
  });

/** Last day on which anybody enters, as it was planned at the start: the watch's calendar does not move afterwards. */
export async function plannedLastEntry(
  session: Session,
  { id, design, startsOn }: DesignRecord,
): Promise<string | null> {
  if (startsOn === null) return null;
  const [first] = await readDraws(session, id);
  const waves = first?.waves.map(({ entersOn }) => entersOn) ?? [];
  return [startsOn, ...waves, addDays(startsOn, design.arrivalDays)].sort().at(-1) ?? startsOn;
}

/**
 * What was counted at the end of each day, in order: of each day of entering, the days on which any arm's events changed,
 * and the last day counted. Days left out change nothing.
 */
export async function readHarmCounts(
  session: Session,
  experimentId: string,
  harm: WatchedHarm,
): Promise<HarmCount[]> {
  return session.rows<HarmCount & Record<string, unknown>>(sql`
    WITH steps AS (
      SELECT day, cohort, arm, people, events, events <> lag(events, 1, 0) OVER (PARTITION BY cohort, arm ORDER BY day) AS changed
      FROM harm_counts WHERE experiment_id = ${experimentId} AND metric = ${harm.id} AND horizon_days = ${harm.horizonDays}
    ), kept AS (
      SELECT *, bool_or(changed) OVER (PARTITION BY day, cohort) OR day = max(day) OVER () AS wanted FROM steps
    )
    SELECT CAST(day AS VARCHAR) AS day, CAST(cohort AS VARCHAR) AS cohort, arm, people, events FROM kept WHERE wanted ORDER BY day, cohort, arm`);
}

/**
 * Where the daily watch for harm stands: a line for each watched metric and arm, by what has been counted so far and,
 * in a run of the watch, by what it has counted now.
 */
export async function readHarm(
  context: Pick<Context, 'registry'>,
  session: Session,
  record: DesignRecord,
  more: (harm: WatchedHarm) => readonly HarmCount[] = () => [],
): Promise<HarmLine[]> {
  const { design, startsOn } = record;
  const lastEntry = await plannedLastEntry(session, record);
  if (startsOn === null || lastEntry === null) return [];
  const metrics = [];
  for (const harm of watchedHarms(context, record)) {
    const counts = [...(await readHarmCounts(session, record.id, harm)), ...more(harm)];
    if (counts.length > 0)
      metrics.push({ id: harm.id, title: harm.metric.text.title, horizonDays: harm.horizonDays, counts });
  }
  const arms = design.arms.map(({ name }) => name).filter((name) => name !== design.control);
  if (metrics.length === 0) return [];
  return harmLinesInThread({ control: design.control, arms, startsOn, lastEntry, metrics });
}

const rowsAtOnce = 500;

/** Writes counts down; those of the same day before are replaced. */
export async function insertHarmCounts(
  session: Session,
  experimentId: string,
  harm: WatchedHarm,
  counts: readonly HarmCount[],
): Promise<void> {
  const row = ({ day, cohort, arm, people, events }: HarmCount) =>
    sql`(${experimentId}, ${harm.id}, ${harm.horizonDays}, CAST(${day} AS DATE), CAST(${cohort} AS DATE), ${arm}, ${people}, ${events})`;
  for (const day of new Set(counts.map((one) => one.day)))
    await session.run(sql`DELETE FROM harm_counts WHERE experiment_id = ${experimentId} AND metric = ${harm.id}
      AND horizon_days = ${harm.horizonDays} AND day = CAST(${day} AS DATE)`);
  for (let from = 0; from < counts.length; from += rowsAtOnce)
    await session.run(
      sql`INSERT INTO harm_counts VALUES ${join(counts.slice(from, from + rowsAtOnce).map(row), ', ')}`,
    );
}

export interface HarmStop {
  experimentId: string;
  line: HarmLine;
  /** Whether the watch paused the arm; false where it was no longer open. */
  paused: boolean;
  noticedAt: string;
}

/** Boundaries crossed so far, newest first; of one experiment or of all. */
export async function readHarmStops(session: Session, experimentId?: string): Promise<HarmStop[]> {
  const rows = await session.rows<{
    experiment_id: string;
    line: string;
    paused: boolean;
    noticed_at: string;
  }>(sql`
    SELECT experiment_id, line, paused, noticed_at FROM harm_stops
    WHERE ${experimentId ?? null} IS NULL OR experiment_id = ${experimentId ?? null} ORDER BY noticed_at DESC, experiment_id, metric, arm`);
  return rows.map((row) => ({
    experimentId: row.experiment_id,
    line: JSON.parse(row.line) as HarmLine,
    paused: row.paused,
    noticedAt: row.noticed_at,
  }));
}

export async function insertHarmStop(
  session: Session,
  { experimentId, line, paused, noticedAt }: HarmStop,
): Promise<void> {
  await session.run(sql`INSERT INTO harm_stops VALUES (${experimentId}, ${line.metric}, ${line.arm}, CAST(${line.checkedOn} AS DATE),
    ${paused}, ${JSON.stringify(line)}, ${noticedAt})`);
}

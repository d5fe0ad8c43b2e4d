import { addDays } from '#core/contact/time/wall-clock.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import { scoresIn } from '#core/segment/asked.ts';
import { sql } from '#core/sql/sql.ts';
import type { Context } from '../../context.ts';
import { abandonDeadExports, readAbandoned, readExport } from '../../store/delivery/exports.ts';
import { readDesigns } from '../../store/experiments/designs.ts';
import { readDue } from '../../store/models/due-scores.ts';
import { lastSnapshot } from '../../store/portfolio/facts.ts';
import { readSegment } from '../../store/segments/segments.ts';
import { instant, workspaceToday } from '../../store/workspace.ts';
import { resolveDestination } from '../delivering/resolve.ts';
import type { StepRun } from '../job.ts';
import { runPart } from './inline.ts';

export interface DayLine {
  day: string;
  entered: number;
  exited: number;
  sent: number;
}

interface DayRun {
  entered: { people: number }[];
  left: { exited: number }[];
}

/** Scores that running experiments choose newcomers by, made for balances nobody has scored yet. */
async function scoreForNewcomers(step: StepRun<unknown>, today: string): Promise<void> {
  const { engine } = step.context;
  const running = (await readDesigns(engine)).filter(
    ({ status, design, startsOn }) =>
      status === 'running' && startsOn !== null && today < addDays(startsOn, design.arrivalDays),
  );
  const wanted = new Set<string>();
  for (const { design } of running)
    for (const model of scoresIn((await readSegment(engine, design.segmentId)).condition)) wanted.add(model);
  if (wanted.size === 0) return;
  const asOf = await lastSnapshot(engine);
  for (const { model, versionId, scoredAt } of await readDue(engine, asOf))
    if (wanted.has(model) && scoredAt === null)
      await runPart(step, 'score', `score ${model} ${asOf}`, { versionId, model, asOf });
}

const reservedFor = (context: Context, day: string) =>
  context.engine.rows<{ batch_id: string }>(sql`SELECT batch_id FROM batches
    WHERE state = 'reserved' AND (summary ->> '$.sendOn') = ${day} AND CAST((summary ->> '$.cleared') AS BIGINT) > 0 ORDER BY batch_id`);

/** Exports cut off half-way are given up with what they wrote, so that their batches can leave whole. */
async function giveUpHalfExports(step: StepRun<unknown>): Promise<void> {
  const { context } = step;
  const half = await context.engine.rows<{ batch_id: string }>(
    sql`SELECT DISTINCT batch_id FROM export_runs WHERE state = 'writing' ORDER BY batch_id`,
  );
  for (const { batch_id } of half) {
    for (const id of await readAbandoned(context.engine, batch_id)) {
      const { destination, options } = await readExport(context.engine, id);
      const resolved = await resolveDestination(context, context.engine, destination, JSON.parse(options));
      await resolved.destination.writes?.discard(id, resolved.options, context.config.workspace);
    }
    await context.engine.transaction((session) =>
      abandonDeadExports(session, batch_id, instant(context.now())),
    );
  }
}

/** Hands a batch over to files; a run given up before has its own identifier. */
async function exportBatch(step: StepRun<unknown>, batchId: string): Promise<number> {
  const before = await step.context.engine.first<{ n: number }>(
    sql`SELECT CAST(count(*) AS BIGINT) AS n FROM export_runs WHERE batch_id = ${batchId}`,
  );
  const input = { batchId, destination: 'file', options: { formats: ['parquet'] } };
  const run = await runPart<{ rows: number }>(step, 'export', `export ${batchId} ${before?.n ?? 0}`, input);
  return run.rows;
}

/**
 * One day of a simulated workspace, or several on which nothing is under way: the holdout's draw, the evening's run of every
 * experiment, what is due to files, then the clock moves on. Cut off anywhere it is done again, and what was done is found done.
 *
 * @throws what the parts throw
 */
export async function simulateDay(step: StepRun<unknown>, days = 1): Promise<DayLine> {
  const { context } = step;
  const today = await workspaceToday(context);
  await giveUpHalfExports(step);
  await scoreForNewcomers(step, today);
  await runPart(step, 'draw-holdout', `holdout ${today}`, {});
  const run = await runPart<DayRun>(step, 'run-day', `run ${today}`, { experimentId: null });
  let sent = 0;
  for (const { batch_id } of await reservedFor(context, addDays(today, 1)))
    sent += await exportBatch(step, batch_id);
  const moved = await runPart<{ today: string }>(step, 'simulate', `simulate ${today}`, { days });
  if (moved.today <= today) throw new DomainError('not_simulated');
  for (const watch of ['check-messages', 'watch-harm', 'record-looks'])
    if (context.jobs.kinds.has(watch)) await runPart(step, watch, `${watch} ${moved.today}`, {});
  return {
    day: moved.today,
    entered: run.entered.reduce((sum, { people }) => sum + people, 0),
    exited: run.left.reduce((sum, { exited }) => sum + exited, 0),
    sent,
  };
}

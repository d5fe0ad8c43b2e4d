import { addDays } from '#core/contact/time/wall-clock.ts';
import type { Batch } from '#core/contract/delivery/batches.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import { sql } from '#core/sql/sql.ts';
import type { Context } from '../../context.ts';
import type { Session } from '../../engine/engine.ts';
import { type DesignRecord, readDesign, readDesigns } from '../../store/experiments/designs.ts';
import { openArms } from '../../store/experiments/due.ts';
import { instant, workspaceToday, writeSetting } from '../../store/workspace.ts';
import { letGo } from '../assigning/prepared.ts';
import { replaceBatches } from '../cadence/batches.ts';
import { drawNewcomers, type Entering } from '../cadence/enter.ts';
import { type Leaving, recordLeaving } from '../cadence/leave.ts';
import { checkBatch } from '../checking.ts';
import { jobKind } from '../job.ts';
import { lookAgain, type PausedByTexts, publishLooked } from '../messages/looked.ts';

interface Input {
  /** null: every experiment under way. */
  experimentId: string | null;
  acceptUnverifiedBy?: string;
}

type BatchLine = Pick<Batch, 'id' | 'experimentId' | 'touch' | 'sendOn' | 'assigned' | 'cleared'>;

const isAsked = ({ id, status }: DesignRecord, { experimentId }: Input): boolean =>
  status === 'running' && (experimentId === null || experimentId === id);

const scratchOf = (jobId: string, experimentId: string): string => `${jobId}-${experimentId}`;

/** @throws not_found, missing_step, experiment_not_running when one is named that is not under way */
async function underWay(session: Session, experimentId: string | null): Promise<DesignRecord[]> {
  if (experimentId === null)
    return (await readDesigns(session))
      .filter(({ status }) => status === 'running')
      .sort((a, b) => (a.id < b.id ? -1 : 1));
  const record = await readDesign(session, experimentId);
  if (record.state === 'draft') throw new DomainError('missing_step', { step: 'experiment assign' });
  if (record.status !== 'running')
    throw new DomainError('experiment_not_running', {
      experiment: record.design.name,
      status: record.status,
    });
  return [record];
}

/** The identifier of a batch: of a run done again after it was cut off, another than before. */
async function freshId(session: Session, id: string): Promise<string> {
  const before = await session.first<{ n: number }>(
    sql`SELECT CAST(count(*) AS BIGINT) AS n FROM batches WHERE batch_id = ${id} OR batch_id LIKE ${`${id}-%`}`,
  );
  return before && before.n > 0 ? `${id}-${before.n}` : id;
}

/** Judges everybody due tomorrow, touch by touch, each touch a batch of its own. */
async function checkDay(
  context: Context,
  session: Session,
  record: DesignRecord,
  given: { jobId: string; by: string; acceptUnverifiedBy: string | null },
): Promise<BatchLine[]> {
  const { design, id } = record;
  const arms = await openArms(session, record);
  const sendOn = addDays(await workspaceToday(context, design.assume?.today), 1);
  const touches = Math.max(0, ...design.arms.map((arm) => arm.touches.length));
  const lines: BatchLine[] = [];
  for (let touch = 1; touch <= touches; touch++) {
    await replaceBatches(session, record, touch, instant(context.now()), true);
    const batch = await checkBatch(context, session, {
      batchId: await freshId(session, `${given.jobId}-${id.slice(-12)}-${touch}`),
      experimentId: id,
      design,
      touch,
      arms,
      once: false,
      dueBy: sendOn,
      sendOn,
      acceptedUnverifiedBy: given.acceptUnverifiedBy,
      by: given.by,
      tzVersion: process.versions.tz ?? 'unknown',
    });
    if (!batch) continue;
    const { assigned, cleared } = batch;
    lines.push({ id: batch.id, experimentId: id, touch, sendOn, assigned, cleared });
  }
  return lines;
}

/**
 * The day of one experiment or of all under way, on the evening before: draws newcomers into dated blocks, writes down who exits and
 * what is left out, counts again what the texts rest on, and judges and reserves the messages of tomorrow. An experiment with a text
 * that no longer holds is paused and reserves nothing. Run twice it does the same once.
 */
export default jobKind<Input>({
  steps: [
    {
      name: 'enter',
      async run({ context, jobId, by, input, progress, checkCancelled }) {
        const records = await underWay(context.engine, input.experimentId);
        const entries: Awaited<ReturnType<typeof drawNewcomers>>[] = [];
        for (const record of records)
          entries.push(
            await drawNewcomers(context, record, by, {
              jobId: scratchOf(jobId, record.id),
              progress,
              checkCancelled,
            }),
          );
        return {
          output: { entered: entries.map(({ entering }): Entering => entering) },
          publish: async (session) => {
            for (const { publish } of entries) await publish(session);
          },
        };
      },
    },
    {
      name: 'leave',
      async run({ context, jobId, by, input }) {
        const records = await underWay(context.engine, input.experimentId);
        for (const { id } of records) await letGo(context, scratchOf(jobId, id));
        const output: { left: Leaving[] } = { left: [] };
        return {
          output,
          publish: async (session) => {
            output.left = [];
            for (const record of records) output.left.push(await recordLeaving(context, session, record, by));
          },
        };
      },
    },
    {
      name: 'texts',
      async run({ context, input, progress, checkCancelled }) {
        const running = (await readDesigns(context.engine)).filter((record) => isAsked(record, input));
        const looked = await lookAgain(context, running, ({ design }, share) => {
          checkCancelled();
          progress(share, design.name);
        });
        const output: { paused: PausedByTexts[] } = { paused: [] };
        return {
          output,
          publish: async (session) => {
            output.paused = await publishLooked(context, session, looked);
          },
        };
      },
    },
    {
      name: 'check',
      async run({ context, jobId, by, input }) {
        const output: { batches: BatchLine[] } = { batches: [] };
        return {
          output,
          publish: async (session) => {
            output.batches = [];
            const given = { jobId, by, acceptUnverifiedBy: input.acceptUnverifiedBy ?? null };
            for (const record of await readDesigns(session)) {
              if (!isAsked(record, input)) continue;
              output.batches.push(...(await checkDay(context, session, record, given)));
            }
            if (output.batches.length > 0)
              // Two checks at once would each miss the places the other reserves: both write this row, so one starts again.
              await writeSetting(session, 'last_reservation', output.batches.at(-1)?.id);
          },
        };
      },
    },
  ],
  result: (outputs) => ({
    ...(outputs.enter as object),
    ...(outputs.leave as object),
    ...(outputs.texts as object),
    ...(outputs.check as object),
  }),
  async cleanUp({ context, jobId, input }) {
    const ids =
      input.experimentId === null
        ? (await readDesigns(context.engine)).map(({ id }) => id)
        : [input.experimentId];
    for (const id of ids) await letGo(context, scratchOf(jobId, id));
  },
  audit: (outputs) => {
    const { entered } = outputs.enter as { entered: Entering[] };
    const { left } = outputs.leave as { left: Leaving[] };
    const { paused } = outputs.texts as { paused: PausedByTexts[] };
    const { batches } = outputs.check as { batches: BatchLine[] };
    return {
      experiments: entered.length,
      entered: entered.reduce((sum, one) => sum + one.people, 0),
      exited: left.reduce((sum, one) => sum + one.exited, 0),
      cleared: batches.reduce((sum, one) => sum + one.cleared, 0),
      paused: paused.map(({ experimentId }) => experimentId).join(', ') || null,
    };
  },
});

import type { ScheduledWork } from '#core/contract/delivery/schedules.ts';
import { raw } from '#core/sql/sql.ts';
import type { Context } from '../../context.ts';
import { isUnderWay, noteDue, readSchedules, type StoredSchedule } from '../../store/delivery/schedules.ts';
import { readSync } from '../../store/delivery/sync/syncs.ts';
import { instant } from '../../store/workspace.ts';
import { dueNow } from './times.ts';

const lookMs = 20_000;
const principal = 'schedule';

async function jobOf(context: Context, work: ScheduledWork): Promise<{ kind: string; input: unknown }> {
  const { kind, ...input } = work;
  if (kind === 'messages') return { kind: 'send-due', input };
  const { destinationId } = await readSync(context.engine, work.syncId);
  return { kind: 'sync', input: { ...input, destination: destinationId } };
}

async function tend(context: Context, schedule: StoredSchedule): Promise<void> {
  const due = dueNow(schedule, new Date(`${schedule.lastDue ?? schedule.createdAt}`), context.now());
  if (due.kind === 'wait') return;
  const at = instant(due.due);
  if (due.kind === 'missed') {
    await noteDue(context.engine, schedule.id, { due: at, job: null, note: 'missed' });
    return;
  }
  // One at a time: this time is looked at again, until it is due no longer or missed.
  if (await isUnderWay(context.engine, schedule)) return;
  const { id } = await context.jobs.submit({
    ...(await jobOf(context, schedule.work)),
    by: principal,
    idempotencyKey: `${schedule.id}:${at}`,
  });
  await noteDue(context.engine, schedule.id, { due: at, job: id, note: null });
}

/** Recalls that nobody is at work on, whether a stop came between or a message left only now. */
async function tendRecalls({ engine, jobs }: Context): Promise<void> {
  const idle = await engine.rows<{ export_id: string; destination: string }>(
    raw(`SELECT r.export_id, r.destination FROM export_runs r WHERE r.carries = 'recalls' AND r.state = 'writing' AND NOT EXISTS (
      SELECT 1 FROM jobs j WHERE j.kind IN ('call-back', 'redeliver') AND j.state IN ('queued', 'running', 'cancelling', 'interrupted') AND (j.input ->> '$.exportId') = r.export_id)
      ORDER BY r.export_id`),
  );
  for (const { export_id, destination } of idle)
    await jobs.submit({ kind: 'call-back', input: { exportId: export_id, destination }, by: principal });
  // Of a run that is held for long, whatever still waits is kept back when its turn comes: nothing to be called back yet.
  const pending =
    raw(`SELECT 1 AS one FROM recalls c WHERE c.state = 'pending' AND NOT EXISTS (SELECT 1 FROM export_rows x
    WHERE x.export_id = c.export_id AND x.customer_id = c.customer_id AND x.state IN ('pending', 'sending')) LIMIT 1`);
  if (await engine.first(pending)) await jobs.submit({ kind: 'recall', input: {}, by: principal });
}

/** One look at what is due. What cannot be begun is logged and looked at again. */
export async function look(context: Context): Promise<void> {
  for (const schedule of await readSchedules(context.engine))
    if (schedule.enabled)
      await tend(context, schedule).catch((error: unknown) =>
        context.log.error({ err: error, schedule: schedule.id }, 'a schedule could not be begun'),
      );
  await tendRecalls(context);
}

/** Looks at schedules and recalls while a server runs; the function returned ends it. */
export function startTicker(context: Context): () => void {
  let looking = false;
  const tick = () => {
    if (looking) return;
    looking = true;
    look(context)
      .catch((error: unknown) => context.log.error({ err: error }, 'schedules could not be read'))
      .finally(() => {
        looking = false;
      });
  };
  const timer = setInterval(tick, lookMs);
  timer.unref();
  tick();
  return () => clearInterval(timer);
}

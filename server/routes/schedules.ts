import { v7 as uuidv7 } from 'uuid';
import type { Schedule } from '#core/contract/delivery/schedules.ts';
import { contract } from '#core/contract/index.ts';
import type { Context } from '../context.ts';
import { handle } from '../http/handle.ts';
import { resolveDestination } from '../jobs/delivering/resolve.ts';
import { nextTimes } from '../jobs/scheduling/times.ts';
import { writeAudit } from '../store/audit.ts';
import * as store from '../store/delivery/schedules.ts';
import { readSyncInUse } from '../store/delivery/sync/syncs.ts';
import { readDesign } from '../store/experiments/designs.ts';
import { instant } from '../store/workspace.ts';

const previewed = 5;

const described = (context: Context, schedule: store.StoredSchedule): Schedule => ({
  ...schedule,
  next: schedule.enabled ? nextTimes(schedule, context.now(), 3).map((time) => time.toISOString()) : [],
});

/** Judges times and work before anything is stored. @throws schedule_unreadable, not_found, destination_retired, sync_retired */
async function judge(context: Context, given: Pick<Schedule, 'cron' | 'timeZone' | 'work'>): Promise<void> {
  nextTimes(given, context.now(), 1);
  if (given.work.kind === 'sync') return void (await readSyncInUse(context.engine, given.work.syncId));
  await resolveDestination(context, context.engine, given.work.destination);
  if (given.work.experimentId !== null) await readDesign(context.engine, given.work.experimentId);
}

const note = (context: Context, by: string, action: string, subject: string) => ({
  at: instant(context.now()),
  by,
  action: `schedule.${action}`,
  subject,
});

export const handlers = [
  handle(contract.schedules.list, async ({ context }) => ({
    schedules: (await store.readSchedules(context.engine)).map((one) => described(context, one)),
  })),
  handle(contract.schedules.preview, async ({ context, input }) => ({
    next: nextTimes(input.query, context.now(), previewed).map((time) => time.toISOString()),
  })),
  handle(contract.schedules.create, async ({ context, principal, input }) => {
    await judge(context, input.body);
    const id = uuidv7();
    const line = note(context, principal.id, 'create', id);
    await context.engine.transaction(async (session) => {
      await store.insertSchedule(session, id, input.body, line.at, principal.id);
      await writeAudit(session, line);
    });
    return described(context, await store.readSchedule(context.engine, id));
  }),
  handle(contract.schedules.update, async ({ context, principal, input }) => {
    const id = input.params.scheduleId;
    await store.readSchedule(context.engine, id);
    await judge(context, input.body);
    const line = note(context, principal.id, 'update', id);
    await context.engine.transaction(async (session) => {
      await store.updateSchedule(session, id, input.body, line.at);
      await writeAudit(session, line);
    });
    return described(context, await store.readSchedule(context.engine, id));
  }),
  handle(contract.schedules.remove, async ({ context, principal, input }) => {
    const { id } = await store.readSchedule(context.engine, input.params.scheduleId);
    await context.engine.transaction(async (session) => {
      await store.removeSchedule(session, id);
      await writeAudit(session, note(context, principal.id, 'remove', id));
    });
    return { id };
  }),
];

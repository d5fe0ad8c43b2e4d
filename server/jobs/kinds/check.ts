import { addDays } from '#core/contact/time/wall-clock.ts';
import type { Batch } from '#core/contract/delivery/batches.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import { sql } from '#core/sql/sql.ts';
import type { Session } from '../../engine/engine.ts';
import { readLiveBatches } from '../../store/contact/batches.ts';
import { type DesignRecord, readDesign } from '../../store/experiments/designs.ts';
import { firstDue, openArms } from '../../store/experiments/due.ts';
import { instant, workspaceToday, writeSetting } from '../../store/workspace.ts';
import { replaceBatches } from '../cadence/batches.ts';
import { checkBatch } from '../checking.ts';
import { jobKind } from '../job.ts';
import { lookAgain, publishLooked } from '../messages/looked.ts';

interface Input {
  experimentId: string;
  touch: number;
  acceptUnverifiedBy?: string;
}

/** A touch follows the one before. @throws missing_step, experiment_not_running */
async function requireEarlierTouch(session: Session, record: DesignRecord, touch: number): Promise<void> {
  if (record.state === 'draft') throw new DomainError('missing_step', { step: 'experiment assign' });
  if (record.status !== 'running')
    throw new DomainError('experiment_not_running', {
      experiment: record.design.name,
      status: record.status,
    });
  if (touch === 1) return;
  const earlier = await readLiveBatches(session, record.id, touch - 1);
  if (!earlier.some(({ state }) => state === 'exported'))
    throw new DomainError('missing_step', { step: `export ${touch - 1}` });
}

/** The day asked for, when it is still to come for somebody; a first message planned before today is refused. @throws send_in_past */
function askedDay(
  record: DesignRecord,
  touch: number,
  days: { today: string; first: string; left: boolean },
) {
  const asked = touch === 1 ? (record.design.sendOn ?? null) : null;
  if (asked !== null && asked < days.today && !days.left)
    throw new DomainError('send_in_past', { sendOn: asked, today: days.today });
  return asked !== null && asked >= days.today && asked >= days.first ? asked : null;
}

/**
 * Counts again what the texts of an experiment rest on, and pauses it where one no longer holds; applies the contact rules to
 * whoever is due for one touch and reserves the places of those cleared. Ahead of time it judges those whose day comes first.
 */
export default jobKind<Input>({
  steps: [
    {
      name: 'texts',
      async run({ context, input, checkCancelled }) {
        const record = await readDesign(context.engine, input.experimentId);
        await requireEarlierTouch(context.engine, record, input.touch);
        const looked = await lookAgain(context, [record], checkCancelled);
        return {
          output: {},
          publish: async (session) => {
            await publishLooked(context, session, looked);
          },
        };
      },
    },
    {
      name: 'check',
      async run({ context, jobId, by, input, progress }) {
        const record = await readDesign(context.engine, input.experimentId);
        await requireEarlierTouch(context.engine, record, input.touch);
        const { design } = record;
        const { touch } = input;
        const today = await workspaceToday(context, design.assume?.today);
        const tomorrow = addDays(today, 1);
        const output: Partial<Batch> = {};
        progress(null);
        return {
          output,
          publish: async (session) => {
            const left = await replaceBatches(session, record, touch, instant(context.now()));
            const arms = await openArms(session, record);
            const first = await firstDue(
              context,
              session,
              { experimentId: record.id, arms, once: true },
              touch,
            );
            if (first === null)
              throw left === null
                ? new DomainError('nobody_assigned', { experiment: design.name })
                : new DomainError('already_sent', { touch, experiment: design.name, batch: left });
            const asked = askedDay(record, touch, { today, first, left: left !== null });
            const batch = await checkBatch(context, session, {
              batchId: jobId,
              experimentId: record.id,
              design,
              touch,
              arms,
              once: true,
              dueBy: asked ?? (first > tomorrow ? first : tomorrow),
              sendOn: asked,
              acceptedUnverifiedBy: input.acceptUnverifiedBy ?? null,
              by,
              tzVersion: process.versions.tz ?? 'unknown',
            });
            if (!batch) throw new DomainError('nobody_assigned', { experiment: design.name });
            // Two checks at once would each miss the places the other reserves: both write this row, so one starts again.
            await writeSetting(session, 'last_reservation', batch.id);
            await session.run(
              sql`UPDATE designs SET state = 'checked' WHERE experiment_id = ${record.id} AND state = 'assigned'`,
            );
            Object.assign(output, batch);
          },
        };
      },
    },
  ],
  result: (outputs) => outputs.check,
  audit: (outputs) => {
    const batch = outputs.check as Batch;
    return {
      experiment: batch.experimentId,
      touch: batch.touch,
      assigned: batch.assigned,
      cleared: batch.cleared,
      acceptedUnverifiedBy: batch.acceptedUnverifiedBy,
    };
  },
});

import type { Batch } from '#core/contract/batches.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import { sql } from '#core/sql/sql.ts';
import type { Session } from '../../engine/engine.ts';
import { readLiveBatches, releaseBatch } from '../../store/batches.ts';
import { type DesignRecord, readDesign } from '../../store/designs.ts';
import { abandonDeadExports } from '../../store/exports.ts';
import { instant, workspaceToday, writeSetting } from '../../store/workspace.ts';
import { checkBatch } from '../checking.ts';
import { jobKind } from '../job.ts';

interface Input {
  experimentId: string;
  touch: number;
  acceptUnverifiedBy?: string;
}

/** What left stays; what did not is given back and judged afresh. @throws already_sent */
async function replaceBatches(
  session: Session,
  record: DesignRecord,
  touch: number,
  at: string,
): Promise<void> {
  for (const earlier of await readLiveBatches(session, record.id, touch)) {
    await abandonDeadExports(session, earlier.batch_id, at);
    const now = (await readLiveBatches(session, record.id, touch)).find(
      (batch) => batch.batch_id === earlier.batch_id,
    );
    if (now?.state === 'exported' || now?.state === 'exporting')
      throw new DomainError('already_sent', {
        touch,
        experiment: record.design.name,
        batch: earlier.batch_id,
      });
    await releaseBatch(session, earlier.batch_id);
  }
}

/** A touch follows the one before. @throws missing_step */
async function requireEarlierTouch(session: Session, record: DesignRecord, touch: number): Promise<void> {
  if (record.state === 'draft') throw new DomainError('missing_step', { step: 'experiment assign' });
  if (touch === 1) return;
  const earlier = await readLiveBatches(session, record.id, touch - 1);
  if (!earlier.some(({ state }) => state === 'exported'))
    throw new DomainError('missing_step', { step: `export ${touch - 1}` });
}

/** Applies the contact rules to one touch of an experiment and reserves the places of those cleared. */
export default jobKind<Input>({
  steps: [
    {
      name: 'check',
      async run({ context, jobId, by, input, progress }) {
        const record = await readDesign(context.engine, input.experimentId);
        await requireEarlierTouch(context.engine, record, input.touch);
        const today = await workspaceToday(context, record.design.assume?.today);
        const output: Partial<Batch> = {};
        progress(null);
        return {
          output,
          publish: async (session) => {
            await replaceBatches(session, record, input.touch, instant(context.now()));
            const batch = await checkBatch(context, session, {
              batchId: jobId,
              experimentId: record.id,
              design: record.design,
              touch: input.touch,
              acceptedUnverifiedBy: input.acceptUnverifiedBy ?? null,
              by,
              today,
              tzVersion: process.versions.tz ?? 'unknown',
            });
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

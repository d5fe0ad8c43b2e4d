import type { Batch } from '#core/contract/delivery/batches.ts';
import type { Context } from '../../../context.ts';
import type { Session } from '../../../engine/engine.ts';
import { workspaceNow } from '../../../store/contact/contact-ledger.ts';
import type { Clearing } from '../../../store/contact/still-allowed.ts';
import { isSimulated, readSetting } from '../../../store/workspace.ts';

/** Whether the portfolio has a date of its own: nothing of it reaches anybody now. */
export const isDated = async (session: Session): Promise<boolean> =>
  (await isSimulated(session)) || (await readSetting<string>(session, 'today')) !== undefined;

/** From when what happens or is told keeps a message back: the batch's clearing, by the clock its facts are dated with too. */
export const clearedSince = async (context: Context, session: Session, batch: Batch): Promise<Clearing> => ({
  at: (await isDated(session))
    ? (batch.clearedAt ?? (await workspaceNow(context, session, batch.assumptions?.today)))
    : batch.checkedAt,
  checkedAt: batch.checkedAt,
});

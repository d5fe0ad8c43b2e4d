import type { ForgetLine } from '#core/contract/portfolio/keeping.ts';
import type { Context } from '../../context.ts';
import { forgetRows, noteMarks, refuseUnfinished } from '../../store/keeping/forget-rows.ts';
import { type Mark, readMarks } from '../../store/keeping/marks.ts';
import { findFiles } from './files.ts';

class Undone extends Error {}

/**
 * What forgetting a person would do to every table and file: the rows are erased and brought back in one transaction,
 * so that what is told is what would happen. As long as that takes, work that writes would fail of it.
 *
 * @throws work_unfinished
 */
export async function previewForgetting(context: Context, customerId: string): Promise<ForgetLine[]> {
  const id = `preview-${customerId}`;
  let lines: ForgetLine[] = [];
  let marks: Mark[] = [];
  try {
    await context.engine.transaction(async (session) => {
      await refuseUnfinished(session, '');
      await noteMarks(session, id, customerId, 'preview');
      marks = await readMarks(session, id);
      lines = (await forgetRows(session, { id, customerId, token: 'preview' })).lines;
      throw new Undone();
    });
  } catch (error) {
    if (!(error instanceof Undone)) throw error;
  }
  return [...lines, ...(await findFiles(context, marks))];
}

import type { ExportRun } from '#core/contract/delivery/exports.ts';
import type { Context } from '../../context.ts';
import type { Session } from '../../engine/engine.ts';
import {
  asExportRun,
  type ExportRow,
  readExport,
  readExports,
  readRowStates,
} from '../../store/delivery/exports.ts';
import { describeDestination } from './resolve.ts';

const described = async (
  context: Context,
  session: Session,
  row: ExportRow,
  states: Map<string, Record<string, number>>,
): Promise<ExportRun> =>
  asExportRun(
    row,
    states.get(row.export_id) ?? {},
    await describeDestination(context, session, row.destination, row.carries),
  );

export const describeRun = async (context: Context, session: Session, id: string): Promise<ExportRun> =>
  described(context, session, await readExport(session, id), await readRowStates(session, id));

export async function describeRuns(context: Context, session: Session): Promise<ExportRun[]> {
  const states = await readRowStates(session);
  const runs: ExportRun[] = [];
  for (const row of await readExports(session)) runs.push(await described(context, session, row, states));
  return runs;
}

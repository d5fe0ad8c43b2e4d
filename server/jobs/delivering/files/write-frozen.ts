import { DomainError } from '#core/errors/domain-error.ts';
import { ident, join, literal, sql } from '#core/sql/sql.ts';
import { type ExportRow, noteWritten } from '../../../store/delivery/exports.ts';
import { recallColumns } from '../../../store/delivery/recalls.ts';
import { instant } from '../../../store/workspace.ts';
import type { StepRun } from '../../job.ts';
import type { Resolved } from '../resolve.ts';
import { openWorld } from '../world.ts';
import { deliverFiles } from './deliver-files.ts';

/** Writes the recalls of a run as a suppression file with a manifest of its own, where the destination writes files. */
export async function writeFrozen(step: StepRun<unknown>, run: ExportRow, resolved: Resolved): Promise<void> {
  const { context } = step;
  const { writes } = resolved.destination;
  if (!writes) throw new DomainError('destination_carries', { name: resolved.name.es, carries: run.carries });
  const listed = join(
    recallColumns.map(({ name }) => sql`p.payload ->> ${literal(`$.${name}`)} AS ${ident(name)}`),
  );
  const world = openWorld(context);
  try {
    const delivered = await deliverFiles(step as never, writes, {
      batch: null,
      rows: run.rows_sent,
      run: run.export_id,
      options: resolved.options,
      columns: recallColumns,
      messages: sql`SELECT ${listed} FROM export_payloads p WHERE p.export_id = ${run.export_id} ORDER BY p.seq`,
      assumptions: { suppression: true },
      engine: context.engine,
      workspace: context.config.workspace,
      world,
      progress: step.progress,
      checkCancelled: step.checkCancelled,
    });
    await context.engine.transaction((session) =>
      noteWritten(session, run.export_id, { ...delivered, at: instant(context.now()) }),
    );
  } finally {
    await world.dispatcher.close();
  }
}

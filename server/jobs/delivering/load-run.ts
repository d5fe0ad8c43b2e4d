import { DomainError } from '#core/errors/domain-error.ts';
import type { Context } from '../../context.ts';
import { readBatch } from '../../store/contact/batches.ts';
import type { ExportRow } from '../../store/delivery/exports.ts';
import { readKeptMappings } from '../../store/delivery/mappings.ts';
import type { Resolved } from './resolve.ts';
import type { Run } from './run.ts';
import { unsealing } from './sealed.ts';
import { clearedSince } from './sending/since.ts';

/** A run as it was frozen, ready to be sent. @throws destination_carries */
export async function loadRun(context: Context, row: ExportRow, resolved: Resolved): Promise<Run> {
  const { engine } = context;
  const { calls } = resolved.destination;
  const guarantee = resolved.destination.guarantees(resolved.options)[row.carries];
  if (!calls || !guarantee)
    throw new DomainError('destination_carries', { name: resolved.name.es, carries: row.carries });
  return {
    id: row.export_id,
    carries: row.carries,
    guarantee,
    options: resolved.options,
    calls: row.carries === 'attributes' && row.sync_id === null ? unsealing(context, calls) : calls,
    mappings: calls.mapping ? await readKeptMappings(engine, row.export_id) : new Map(),
    frozenAt: row.started_at,
    clearedAt: row.batch_id
      ? await clearedSince(context, engine, await readBatch(engine, row.batch_id))
      : null,
    rows: row.rows_sent,
  };
}

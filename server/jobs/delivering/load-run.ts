import { DomainError } from '#core/errors/domain-error.ts';
import type { Context } from '../../context.ts';
import { readBatch } from '../../store/batches.ts';
import { readMappings } from '../../store/delivery/mappings.ts';
import type { ExportRow } from '../../store/exports.ts';
import type { Resolved } from './resolve.ts';
import type { Run } from './run.ts';
import { clearedSince } from './since.ts';

/** A run as it was frozen, ready to be sent. @throws destination_carries */
export async function loadRun(context: Context, row: ExportRow, resolved: Resolved): Promise<Run> {
  const { engine } = context;
  const { calls } = resolved.destination;
  const guarantee = resolved.destination.guarantees(resolved.options)[row.carries];
  if (!calls || !guarantee)
    throw new DomainError('destination_carries', { name: resolved.name.es, carries: row.carries });
  const mappings = calls.mapping ? await readMappings(engine, row.destination) : [];
  return {
    id: row.export_id,
    carries: row.carries,
    guarantee,
    options: resolved.options,
    calls,
    mappings: new Map(
      mappings.map(({ template, language, mapping }) => [`${template} ${language}`, mapping]),
    ),
    frozenAt: row.started_at,
    clearedAt: row.batch_id
      ? await clearedSince(context, engine, await readBatch(engine, row.batch_id))
      : null,
    rows: row.rows_sent,
  };
}

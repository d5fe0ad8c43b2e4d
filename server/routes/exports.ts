import { createReadStream } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { dirname, extname, join, sep } from 'node:path';
import type { ExportRun } from '#core/contract/exports.ts';
import { contract } from '#core/contract/index.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import { sql } from '#core/sql/sql.ts';
import type { Context } from '../context.ts';
import { handle } from '../http/handle.ts';
import { destinationNamed, messagesFor, parseOptions } from '../jobs/exporting.ts';
import { readBatch } from '../store/batches.ts';
import { asExportRun, type ExportRow, readExport, readExportRows, readExports } from '../store/exports.ts';

const described = (context: Context, row: ExportRow): ExportRun =>
  asExportRun(row, destinationNamed(context, row.destination).guarantee);

const contentTypes: Record<string, string> = {
  '.csv': 'text/csv; charset=utf-8',
  '.parquet': 'application/vnd.apache.parquet',
  '.json': 'application/json; charset=utf-8',
};

/** The path of a file a run wrote: the manifest or one of its parts, by name, and unchanged in size. */
async function fileOf(context: Context, exportId: string, name: string): Promise<string> {
  const run = described(context, await readExport(context.engine, exportId));
  const missing = new DomainError('not_found', { kind: 'file', id: name });
  if (!run.manifest || !run.manifestPath) throw missing;
  const part = run.manifest.parts.find(({ path }) => path === name);
  if (!part && name !== 'manifest.json') throw missing;
  const folder = dirname(run.manifestPath);
  const path = await realpath(join(folder, name)).catch(() => {
    throw missing;
  });
  if (!path.startsWith(`${await realpath(folder)}${sep}`)) throw missing;
  if (part && (await stat(path)).size !== part.bytes) throw new DomainError('file_changed', { path });
  return path;
}

export const handlers = [
  handle(contract.exports.preview, async ({ context, input }) => {
    const batch = await readBatch(context.engine, input.params.batchId);
    const { columns, query } = await messagesFor(context, batch, 'file', false);
    return {
      rows: batch.cleared,
      columns: columns.map(({ name }) => name),
      first: await context.engine.rows<Record<string, string | number | null>>(
        sql`SELECT * FROM (${query}) m ORDER BY customer_id LIMIT ${input.query.limit}`,
      ),
    };
  }),
  handle(contract.exports.create, async ({ context, principal, input, submit }) => {
    const { batchId, destination: id, options } = input.body;
    const destination = destinationNamed(context, id);
    const parsed = parseOptions(destination, id, options);
    if (destination.personal(parsed) && !principal.permissions.includes('personal:read'))
      throw new DomainError('forbidden', { permission: 'personal:read' });
    await readBatch(context.engine, batchId);
    return submit('export', { batchId, destination: id, options });
  }),
  handle(contract.exports.list, async ({ context }) => ({
    exports: (await readExports(context.engine)).map((row) => described(context, row)),
  })),
  handle(contract.exports.get, async ({ context, input }) =>
    described(context, await readExport(context.engine, input.params.exportId)),
  ),
  handle(contract.exports.rows, async ({ context, input }) => {
    await readExport(context.engine, input.params.exportId);
    return readExportRows(context.engine, input.params.exportId, input.query);
  }),
  handle(contract.exports.file, async ({ context, input }) => {
    const { exportId, name } = input.params;
    const path = await fileOf(context, exportId, name);
    return {
      contentType: contentTypes[extname(name)] ?? 'application/octet-stream',
      fileName: name,
      body: createReadStream(path),
    };
  }),
];

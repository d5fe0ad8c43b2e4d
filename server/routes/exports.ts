import { createReadStream } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { dirname, extname, join, sep } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import { contract } from '#core/contract/index.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import type { Context } from '../context.ts';
import { handle } from '../http/handle.ts';
import { describeRun, describeRuns } from '../jobs/delivering/describe.ts';
import { previewBatch } from '../jobs/delivering/preview.ts';
import { resolveDestination } from '../jobs/delivering/resolve.ts';
import { writeAudit } from '../store/audit.ts';
import { readBatch } from '../store/contact/batches.ts';
import { readCalls } from '../store/delivery/calls.ts';
import { readExport } from '../store/delivery/exports.ts';
import { type RowFilter, readExportRows, rowPages } from '../store/delivery/row-log.ts';
import { setControl } from '../store/delivery/rows.ts';
import { instant } from '../store/workspace.ts';

const contentTypes: Record<string, string> = {
  '.csv': 'text/csv; charset=utf-8',
  '.ndjson': 'application/x-ndjson',
  '.arrow': 'application/vnd.apache.arrow.file',
  '.arrows': 'application/vnd.apache.arrow.stream',
  '.parquet': 'application/vnd.apache.parquet',
  '.json': 'application/json; charset=utf-8',
};

/** The path of a file a run wrote: the manifest or one of its parts, by name, and unchanged in size. */
async function fileOf(context: Context, exportId: string, name: string): Promise<string> {
  const run = await describeRun(context, context.engine, exportId);
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

const logColumns = [
  'customerId',
  'arm',
  'touch',
  'channel',
  'state',
  'rule',
  'reason',
  'attempts',
  'changedAt',
  'key',
] as const;

async function* logCsv(context: Context, exportId: string, filter: RowFilter): AsyncGenerator<string> {
  yield `${logColumns.join(',')}\n`;
  for await (const rows of rowPages(context.engine, exportId, filter))
    yield stringify(
      rows.map((row) => logColumns.map((name) => row[name])),
      { escape_formulas: true },
    );
}

const logFile = (context: Context, exportId: string, filter: RowFilter, name: string) => ({
  contentType: 'text/csv; charset=utf-8',
  fileName: `${exportId}-${name}.csv`,
  body: logCsv(context, exportId, filter),
});

export const handlers = [
  handle(contract.exports.preview, ({ context, principal, input }) =>
    previewBatch(context, {
      ...input.params,
      ...input.query,
      seesPersonal: principal.permissions.includes('personal:read'),
    }),
  ),
  handle(contract.exports.create, async ({ context, principal, input, submit }) => {
    const { batchId, destination: id, options, approvedBy } = input.body;
    const resolved = await resolveDestination(context, context.engine, id, options);
    const { destination } = resolved;
    if (destination.personal(resolved.options) && !principal.permissions.includes('personal:read'))
      throw new DomainError('forbidden', { permission: 'personal:read' });
    if (resolved.approval && !approvedBy)
      throw new DomainError('approval_needed', { name: resolved.name.es });
    await readBatch(context.engine, batchId);
    const approval = approvedBy ? { approvedBy } : {};
    return destination.writes
      ? submit('export', {
          batchId,
          destination: id,
          options: resolved.kind === id ? options : {},
          ...approval,
        })
      : submit('deliver', { batchId, destination: id, ...approval });
  }),
  handle(contract.exports.list, async ({ context }) => ({
    exports: await describeRuns(context, context.engine),
  })),
  handle(contract.exports.get, async ({ context, input }) =>
    describeRun(context, context.engine, input.params.exportId),
  ),
  handle(contract.exports.control, async ({ context, principal, input }) => {
    const { exportId } = input.params;
    const { action } = input.body;
    return context.engine.transaction(async (session) => {
      const run = await readExport(session, exportId);
      if (run.state !== 'writing') throw new DomainError('run_ended', { run: exportId, state: run.state });
      await setControl(session, exportId, action === 'resume' ? 'run' : action);
      await writeAudit(session, {
        at: instant(context.now()),
        by: principal.id,
        action: `export.${action}`,
        subject: exportId,
      });
      return describeRun(context, session, exportId);
    });
  }),
  handle(contract.exports.retry, async ({ context, input, submit }) => {
    const { exportId } = input.params;
    const { destination } = await readExport(context.engine, exportId);
    return submit('redeliver', { exportId, destination, keys: input.body.keys ?? null });
  }),
  handle(contract.exports.rows, async ({ context, input }) => {
    await readExport(context.engine, input.params.exportId);
    return readExportRows(context.engine, input.params.exportId, input.query);
  }),
  handle(contract.exports.log, async ({ context, input }) => {
    const { exportId } = input.params;
    await readExport(context.engine, exportId);
    return logFile(context, exportId, { ...input.query }, 'rows');
  }),
  handle(contract.exports.rejects, async ({ context, input }) => {
    const { exportId } = input.params;
    await readExport(context.engine, exportId);
    return logFile(context, exportId, { states: ['rejected', 'dead'] }, 'rejects');
  }),
  handle(contract.exports.calls, async ({ context, input }) => {
    await readExport(context.engine, input.params.exportId);
    return readCalls(context.engine, input.params.exportId, input.query);
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

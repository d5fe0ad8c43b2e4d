import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { z } from 'zod';
import type { Manifest } from '#core/contract/delivery/exports.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import { field } from '#core/text/field.ts';
import { type Delivered, type Delivery, destination } from './destination.ts';
import { sha256Of, syncToDisk, writeWhole } from './part-files.ts';
import { fileFields, judgeFileOptions, rankingOf } from './parts/options.ts';
import { writeParts } from './parts/write-parts.ts';

const options = z
  .strictObject({
    ...fileFields,
    directory: z
      .string()
      .refine((path) => isAbsolute(path), 'must be an absolute path')
      .optional()
      .meta(
        field('Carpeta', 'Folder', {
          es: 'Una de esta máquina; en ella se crea la de la exportación. Vacío: exports, en el espacio de trabajo',
          en: 'One of this machine, in which the run’s own folder is made. Empty: exports, in the workspace',
        }),
      ),
  })
  .superRefine(judgeFileOptions);
type Options = z.output<typeof options>;

const manifestName = 'manifest.json';

const foldersOf = (run: string, given: Options, workspace: string) => {
  const parent = given.directory ?? join(workspace, 'exports');
  return { parent, final: join(parent, run), unfinished: join(parent, `.${run}.unfinished`) };
};

/** An earlier attempt at this run that reached its end: its manifest, when every part is still as it says. */
async function finishedBefore(folder: string, run: string): Promise<Manifest | null> {
  let manifest: Manifest;
  try {
    manifest = JSON.parse(await readFile(join(folder, manifestName), 'utf8')) as Manifest;
  } catch {
    return null;
  }
  if (manifest.run !== run) return null;
  for (const part of manifest.parts)
    if ((await sha256Of(join(folder, part.path)).catch(() => '')) !== part.sha256) return null;
  return manifest;
}

async function deliver(delivery: Delivery<Options>): Promise<Delivered> {
  const { run } = delivery;
  const { parent, final, unfinished } = foldersOf(run, delivery.options, delivery.workspace);
  const manifestPath = join(final, manifestName);
  const earlier = await finishedBefore(final, run);
  if (earlier) return { manifest: earlier, manifestPath };
  try {
    await discard(run, delivery.options, delivery.workspace);
    if (!delivery.options.directory) await mkdir(parent, { recursive: true });
    await mkdir(unfinished, { mode: 0o700 });
    const { formats, partRows, partBytes } = delivery.options;
    const parts = await writeParts(delivery, { formats, rows: partRows, bytes: partBytes }, unfinished);
    const manifest: Manifest = {
      run,
      schema: delivery.columns.map(({ name, type }) => ({ name, type })),
      rows: delivery.rows,
      assumptions: delivery.assumptions,
      parts,
    };
    await syncToDisk(unfinished);
    await rename(unfinished, final);
    await syncToDisk(parent);
    await writeWhole(manifestPath, `${JSON.stringify(manifest, null, 2)}\n`);
    return { manifest, manifestPath };
  } catch (error) {
    await discard(run, delivery.options, delivery.workspace).catch(() => {});
    throw asDomainError(error, parent);
  }
}

function asDomainError(error: unknown, path: string): unknown {
  if (error instanceof DomainError || !(error instanceof Error)) return error;
  const code = 'code' in error ? error.code : null;
  if (
    code === 'ENOSPC' ||
    code === 'EDQUOT' ||
    /No space left on device|Disk quota exceeded/i.test(error.message)
  )
    return new DomainError('disk_full', { path }, { cause: error });
  if (code === 'ENOENT' || code === 'EACCES' || code === 'EROFS' || code === 'ENOTDIR' || code === 'EPERM')
    return new DomainError('folder_unusable', { path, reason: String(code) }, { cause: error });
  return error;
}

async function discard(run: string, given: Options, workspace: string): Promise<void> {
  const { final, unfinished } = foldersOf(run, given, workspace);
  await rm(unfinished, { recursive: true, force: true });
  await rm(final, { recursive: true, force: true });
}

/**
 * A folder of its own for each run: parts are written to a folder with another name on the same disk, which is then
 * renamed; the manifest comes last. A run taken up again writes the same bytes.
 */
export default destination<Options>({
  text: {
    title: { es: 'Archivos', en: 'Files' },
    summary: {
      es: 'CSV, NDJSON, Parquet o Arrow en una carpeta de esta máquina, con un manifiesto que dice cuántas filas y qué sha256 tiene cada archivo.',
      en: 'CSV, NDJSON, Parquet or Arrow in a folder of this machine, with a manifest that gives the rows and sha256 of each file.',
    },
  },
  options,
  guarantees: () => ({ messages: 'idempotent', attributes: null, recalls: 'idempotent' }),
  personal: (given) => given.address,
  writes: { deliver, discard, ranking: rankingOf },
});

import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rm, stat } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { z } from 'zod';
import type { Manifest } from '#core/contract/delivery/exports.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import { field } from '#core/text/field.ts';
import { type Delivered, type Delivery, destination, TryLater } from './destination.ts';
import { sha256Of, writeWhole } from './part-files.ts';
import { fileFields, judgeFileOptions, rankingOf } from './parts/options.ts';
import { writeParts } from './parts/write-parts.ts';
import { requireHost } from './reach.ts';
import { connectSftp, type Server } from './sftp/server.ts';
import { isThere, removeThere, upload } from './sftp/upload.ts';
import type { World } from './world.ts';

const secret = (text: ReturnType<typeof field>) => ({ ...text, secret: true });

const options = z
  .strictObject({
    host: z
      .string()
      .min(1)
      .meta(field('Servidor', 'Server', { es: 'Nombre o dirección', en: 'Name or address' })),
    port: z.number().int().min(1).max(65_535).default(22).meta(field('Puerto', 'Port')),
    user: z.string().min(1).meta(field('Usuario', 'User')),
    password: z
      .string()
      .min(1)
      .optional()
      .meta(secret(field('Contraseña', 'Password'))),
    privateKey: z
      .string()
      .min(1)
      .optional()
      .meta(
        secret(
          field('Clave privada', 'Private key', {
            es: 'En lugar de la contraseña: el archivo entero, tal como lo escribe ssh-keygen',
            en: 'Instead of the password: the whole file, as ssh-keygen writes it',
          }),
        ),
      ),
    keyPassword: z
      .string()
      .min(1)
      .optional()
      .meta(secret(field('Contraseña de la clave', 'Password of the key'))),
    hostKey: z
      .string()
      .regex(/^SHA256:[A-Za-z0-9+/]{43}$/, 'must be SHA256: and 43 characters, as ssh-keygen -lf prints it')
      .optional()
      .meta(
        field('Huella del servidor', 'Fingerprint of the server', {
          es: 'SHA256:…; sin ella no se envía nada. La prueba muestra la que presenta el servidor: compárela con quien lo administra',
          en: 'SHA256:…; nothing is sent without it. The test shows what the server presents: compare it with its owner',
        }),
      ),
    directory: z
      .string()
      .min(1)
      .default('.')
      .meta(
        field('Carpeta', 'Folder', { es: 'En el servidor; debe existir', en: 'On the server; must exist' }),
      ),
    ...fileFields,
  })
  .superRefine((given, issues) => {
    judgeFileOptions(given, issues as never);
    if (!given.password && !given.privateKey)
      issues.addIssue({ code: 'custom', path: ['password'], message: 'needed, or privateKey' });
  });
type Options = z.output<typeof options>;

/** Where a run's files wait here until they have left, and what remains of it then. */
const placeOf = (run: string, workspace: string) => {
  const parent = join(workspace, 'exports');
  const folder = join(parent, `.${run}.outgoing`);
  return {
    folder,
    written: join(folder, 'written.json'),
    uploaded: join(folder, 'uploaded.json'),
    sent: join(parent, `.${run}.sent.json`),
  };
};
type Place = ReturnType<typeof placeOf>;

async function readJson<T>(path: string): Promise<T | null> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as T;
  } catch {
    return null;
  }
}

/** Writes the parts here first: what is sent again after a cut is the same to the byte. */
async function stage(delivery: Delivery<Options>, place: Place): Promise<Manifest> {
  // Nothing is worked out for a server that lets nobody in.
  (await connectSftp(delivery.options, delivery.world)).close();
  await rm(place.folder, { recursive: true, force: true });
  await mkdir(place.folder, { recursive: true, mode: 0o700 });
  const { formats, partRows, partBytes } = delivery.options;
  const cut = { formats, rows: partRows, bytes: partBytes };
  const parts = await writeParts(delivery, cut, place.folder).catch(async (error: unknown) => {
    await rm(place.folder, { recursive: true, force: true });
    throw error;
  });
  const manifest: Manifest = {
    run: delivery.run,
    schema: delivery.columns.map(({ name, type }) => ({ name, type })),
    rows: delivery.rows,
    assumptions: delivery.assumptions,
    parts: parts.map((part) => ({ ...part, path: `${delivery.run}-${part.path}` })),
  };
  await writeWhole(place.written, `${JSON.stringify(manifest, null, 2)}\n`);
  return manifest;
}

async function deliver(delivery: Delivery<Options>): Promise<Delivered> {
  const { run, options: given, world, checkCancelled } = delivery;
  const place = placeOf(run, delivery.workspace);
  const earlier = await readJson<Manifest>(place.sent);
  if (earlier) return { manifest: earlier, manifestPath: null };
  requireHost(given.host, world.allowedPrivate);
  const manifest = (await readJson<Manifest>(place.written)) ?? (await stage(delivery, place));
  const files = [
    ...manifest.parts.map((part) => ({ ...part, local: part.path.slice(run.length + 1) })),
    {
      path: `${run}-manifest.json`,
      bytes: (await stat(place.written)).size,
      sha256: await sha256Of(place.written),
      local: 'written.json',
    },
  ];
  const uploaded = new Set(await readJson<string[]>(place.uploaded));
  const server = await connectSftp(given, world);
  try {
    for (const [i, { path, bytes, sha256, local }] of files.entries()) {
      checkCancelled();
      delivery.progress(i / files.length, path);
      if (uploaded.has(path)) continue;
      const remote = posix.join(given.directory, path);
      // An earlier try may have ended before it was told that the file had its name.
      if (!(await isThere(server, remote, { bytes, sha256 })))
        await upload(server, given.host, join(place.folder, local), remote, checkCancelled);
      uploaded.add(path);
      await writeWhole(place.uploaded, JSON.stringify([...uploaded]));
    }
  } finally {
    server.close();
  }
  await writeWhole(place.sent, JSON.stringify(manifest));
  await rm(place.folder, { recursive: true, force: true });
  return { manifest, manifestPath: null };
}

/** Takes back what a reader should not take for a run, as far as the server can be reached. */
async function discard(run: string, given: Options, workspace: string, world?: World): Promise<void> {
  const place = placeOf(run, workspace);
  const manifest = await readJson<Manifest>(place.written);
  await rm(place.folder, { recursive: true, force: true });
  await rm(place.sent, { force: true });
  if (!manifest || !world) return;
  let server: Server;
  try {
    server = await connectSftp(given, world);
  } catch {
    return;
  }
  for (const name of [`${run}-manifest.json`, ...manifest.parts.map(({ path }) => path)])
    for (const path of [name, `.${name}.unfinished`])
      await removeThere(server, posix.join(given.directory, path));
  server.close();
}

/** Signs in and puts an empty file there, which it takes away again. */
async function test(given: Options, world: World): Promise<string | null> {
  try {
    requireHost(given.host, world.allowedPrivate);
    const server = await connectSftp(given, world);
    try {
      const path = posix.join(given.directory, `.ensayo-${randomUUID()}`);
      await upload(server, given.host, '/dev/null', path, () => {});
      await removeThere(server, path);
      return null;
    } finally {
      server.close();
    }
  } catch (error) {
    if (error instanceof DomainError || error instanceof TryLater) return error.message;
    throw error;
  }
}

/** Files on another machine: each under another name until it is whole, the manifest last, and each sent once. */
export default destination<Options>({
  text: {
    title: { es: 'Archivos por SFTP', en: 'Files by SFTP' },
    summary: {
      es: 'Los mismos archivos y su manifiesto, subidos a un servidor cuya huella se ha comprobado.',
      en: 'The same files and their manifest, uploaded to a server whose fingerprint has been checked.',
    },
  },
  options,
  guarantees: () => ({ messages: 'idempotent', attributes: null, recalls: 'idempotent' }),
  personal: ({ address }) => address,
  writes: {
    deliver,
    discard,
    test,
    ranking: rankingOf,
    requireReachable: ({ host }, { allowedPrivate }) => requireHost(host, allowedPrivate),
  },
});

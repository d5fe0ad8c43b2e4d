import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { columnsOf } from '#core/contact/messages.ts';
import type { Manifest } from '#core/contract/delivery/exports.ts';
import { raw } from '#core/sql/sql.ts';
import { type Delivery, TryLater } from '#server/destinations/destination.ts';
import sftp from '#server/destinations/sftp.ts';
import { openDuckDb } from '#server/engine/duckdb.ts';
import type { Engine } from '#server/engine/engine.ts';
import { clearedBatch } from '../../support/contact/cleared-batch.ts';
import { freePort, type SshServer, startSshd } from '../../support/servers/sshd.ts';
import { testWorld } from '../../support/servers/world.ts';

const server = await startSshd();
const limited = await startSshd({ mostBytes: 51_200 });
const readOnly = await startSshd({ readOnly: true });
afterAll(() => {
  for (const one of [server, limited, readOnly]) one?.stop();
});

const people = 4_000;
let folder = '';
let engine: Engine;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ensayo-sftp-'));
  engine = await openDuckDb({
    path: join(folder, 'd.duckdb'),
    threads: 1,
    memoryLimit: '1GB',
    tempDirectory: join(folder, 'spill'),
  });
  const row = columnsOf(false).map(({ name, type }) =>
    name === 'customer_id'
      ? "printf('c%07d', range) AS customer_id"
      : type === 'text'
        ? `'${name}' AS "${name}"`
        : `1 AS "${name}"`,
  );
  await engine.run(raw(`CREATE TABLE messages AS SELECT ${row.join(', ')} FROM range(${people})`));
});
afterAll(async () => {
  await engine.close();
  rmSync(folder, { recursive: true, force: true });
});

const { writes } = sftp;
if (!writes) throw new Error('sftp writes');

describe.skipIf(!server || !limited || !readOnly)('files by SFTP', () => {
  const ours = server as SshServer;
  let run = '';
  let runs = 0;
  beforeEach(() => {
    run = `run-${++runs}`;
  });
  afterEach(() => {
    for (const name of readdirSync(ours.inbox)) rmSync(join(ours.inbox, name), { recursive: true });
  });

  const optionsOn = (to: SshServer, given: Record<string, unknown> = {}) =>
    sftp.options.parse({
      host: '127.0.0.1',
      port: to.port,
      user: to.user,
      privateKey: to.privateKey,
      keyPassword: to.keyPassword,
      hostKey: to.hostKey,
      directory: to.inbox,
      formats: ['csv', 'ndjson'],
      ...given,
    });
  const deliver = (
    to: SshServer,
    given: Record<string, unknown> = {},
    change: Partial<Delivery<unknown>> = {},
  ) =>
    writes.deliver({
      batch: clearedBatch(people),
      rows: people,
      run,
      options: optionsOn(to, given),
      columns: columnsOf(false),
      messages: raw('SELECT * FROM messages ORDER BY customer_id'),
      assumptions: {},
      engine,
      workspace: folder,
      world: testWorld(),
      progress: () => {},
      checkCancelled: () => {},
      ...change,
    });
  const test = (to: SshServer, given: Record<string, unknown> = {}) =>
    writes.test?.(optionsOn(to, given), testWorld());

  it('puts every part there under its name once it is whole, the manifest last, and nothing else', async () => {
    expect(await test(ours)).toBeNull();
    const { manifest, manifestPath } = await deliver(ours, { partRows: 3_000 });
    expect(manifestPath).toBeNull();
    const names = ['messages-0001.csv', 'messages-0002.csv', 'messages-0001.ndjson', 'messages-0002.ndjson'];
    expect(manifest.parts.map(({ path }) => path)).toEqual(names.map((name) => `${run}-${name}`));
    expect(readdirSync(ours.inbox).toSorted()).toEqual(
      [`${run}-manifest.json`, ...names.map((name) => `${run}-${name}`)].toSorted(),
    );
    for (const { path, bytes, sha256 } of manifest.parts) {
      const there = readFileSync(join(ours.inbox, path));
      expect([there.length, createHash('sha256').update(there).digest('hex')]).toEqual([bytes, sha256]);
    }
    const there = JSON.parse(readFileSync(join(ours.inbox, `${run}-manifest.json`), 'utf8')) as Manifest;
    expect(there).toEqual(manifest);
    const times = readdirSync(ours.inbox).map(
      (name) => [name, statSync(join(ours.inbox, name)).mtimeMs] as const,
    );
    expect(times.toSorted((a, b) => b[1] - a[1])[0]?.[0]).toBe(`${run}-manifest.json`);
    expect(readdirSync(join(folder, 'exports')).filter((name) => name.includes('outgoing'))).toEqual([]);
  });

  it('taken up again after its end, sends nothing a second time though it has been fetched', async () => {
    const first = await deliver(ours);
    for (const name of readdirSync(ours.inbox)) rmSync(join(ours.inbox, name));
    expect(await deliver(ours, {}, { messages: raw('SELECT 1 WHERE false') })).toEqual(first);
    expect(readdirSync(ours.inbox)).toEqual([]);
  });

  it('cut off half-way, goes on where it was with the same bytes and sends no part twice', async () => {
    const cutAt = (_: number | null, path?: string) => {
      if (path?.endsWith('.ndjson') && path.startsWith(run)) setImmediate(() => ours.cut());
    };
    await expect(deliver(ours, {}, { progress: cutAt })).rejects.toThrow(TryLater);
    expect(readdirSync(ours.inbox)).toContain(`${run}-messages.csv`);
    expect(readdirSync(ours.inbox)).not.toContain(`${run}-manifest.json`);
    // Fetched meanwhile by the one who waits for it.
    rmSync(join(ours.inbox, `${run}-messages.csv`));
    const { manifest } = await deliver(ours, {}, { messages: raw('SELECT 1 WHERE false') });
    expect(readdirSync(ours.inbox).toSorted()).toEqual([`${run}-manifest.json`, `${run}-messages.ndjson`]);
    expect(manifest.parts.map(({ rows }) => rows)).toEqual([people, people]);
  });

  it('cut off before it was told that the last file has its name, finds it there; another of its size it replaces', async () => {
    const outgoing = join(folder, 'exports', `.${run}.outgoing`);
    const before = join(folder, 'before');
    const keep = (_: number | null, path?: string) => {
      if (path?.endsWith('manifest.json')) cpSync(outgoing, before, { recursive: true });
    };
    const cutOff = () => {
      cpSync(before, outgoing, { recursive: true });
      rmSync(join(folder, 'exports', `.${run}.sent.json`));
    };
    const first = await deliver(ours, {}, { progress: keep });
    const there = () =>
      readdirSync(ours.inbox).map((name) => [name, statSync(join(ours.inbox, name)).ino] as const);
    const files = there();
    cutOff();
    expect(await deliver(ours)).toEqual(first);
    expect(there()).toEqual(files);
    const path = join(ours.inbox, `${run}-manifest.json`);
    writeFileSync(path, ' '.repeat(statSync(path).size));
    cutOff();
    expect(await deliver(ours)).toEqual(first);
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(first.manifest);
    rmSync(before, { recursive: true });
  });

  it('sends nothing to a server whose fingerprint is missing or another, and says which it saw', async () => {
    const other = `SHA256:${'A'.repeat(43)}`;
    expect(await test(ours, { hostKey: undefined })).toContain(ours.hostKey);
    expect(await test(ours, { hostKey: other })).toMatch(
      new RegExp(`${ours.hostKey.replace(/[+/]/g, '.')}.*${other}`),
    );
    await expect(deliver(ours, { hostKey: undefined })).rejects.toMatchObject({
      code: 'sftp_host_key_unset',
    });
    await expect(deliver(ours, { hostKey: other })).rejects.toMatchObject({ code: 'sftp_host_key' });
    expect(readdirSync(ours.inbox)).toEqual([]);
  });

  it.each([
    [
      'a key the server does not know',
      (to: SshServer) => ({ privateKey: to.strangerKey, keyPassword: undefined }),
    ],
    ['a key whose password is wrong', () => ({ keyPassword: 'otra' })],
    ['a key that is none', () => ({ privateKey: 'no es una clave' })],
    ['a password where only keys are taken', () => ({ privateKey: undefined, password: 'secreta' })],
  ])('is refused with %s, in one message that shows no secret', async (_, change) => {
    const given = change(ours);
    await expect(deliver(ours, given)).rejects.toMatchObject({ code: 'sftp_refused' });
    const problem = await test(ours, given);
    expect(problem).toContain(ours.user);
    for (const secret of Object.values(given)) if (secret) expect(problem).not.toContain(secret);
  });

  it('tells a folder that is not there, one that may not be written in and a disk that is full', async () => {
    const reasonOf = (to: SshServer, given: Record<string, unknown> = {}) =>
      deliver(to, given).then(
        () => 'sent',
        ({ code, details }) => `${code} ${details.reason}`,
      );
    expect(await reasonOf(ours, { directory: `${ours.inbox}/none` })).toBe('sftp_unwritable no such folder');
    expect(await reasonOf(readOnly as SshServer)).toBe('sftp_unwritable permission denied');
    expect(await reasonOf(limited as SshServer)).toMatch(/^sftp_unwritable Failure; \d+ bytes free there$/);
    expect(readdirSync((limited as SshServer).inbox)).toEqual([]);
  });

  it('connects to nothing inside the house, and tries later where nothing answers', async () => {
    const world = testWorld({ allowedPrivate: [] });
    await expect(deliver(ours, {}, { world })).rejects.toMatchObject({ code: 'address_refused' });
    await expect(deliver(ours, { host: 'localhost' }, { world })).rejects.toMatchObject({
      code: 'address_refused',
    });
    await expect(deliver(ours, { port: await freePort() })).rejects.toThrow(/ECONNREFUSED/);
    await expect(deliver(ours, { port: await freePort() })).rejects.toThrow(TryLater);
  });

  it('takes back what a run given up had sent', async () => {
    const world = testWorld();
    const stop = (_: number | null, path?: string) => {
      if (path?.endsWith('manifest.json')) throw new Error('given up');
    };
    await expect(deliver(ours, {}, { progress: stop })).rejects.toThrow('given up');
    expect(readdirSync(ours.inbox).length).toBe(2);
    await writes.discard(run, optionsOn(ours), folder, world);
    expect(readdirSync(ours.inbox)).toEqual([]);
  });
});

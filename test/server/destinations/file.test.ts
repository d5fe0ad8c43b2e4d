import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { clear } from '#core/contact/clear.ts';
import { columnsOf } from '#core/contact/messages.ts';
import type { Batch } from '#core/contract/batches.ts';
import { raw } from '#core/sql/sql.ts';
import type { Delivery, Destination } from '#server/destinations/destination.ts';
import file from '#server/destinations/file.ts';
import { openDuckDb } from '#server/engine/duckdb.ts';
import type { Engine } from '#server/engine/engine.ts';
import { clearedBatch } from '../../support/cleared-batch.ts';
import { testWorld } from '../../support/world.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ensayo-file-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Over two row groups of a Parquet file. */
const many = 260_000;
const few = 1_000;
const messagesFor = (n: number) =>
  raw(`SELECT md5('k' || range) AS message_key, printf('c%07d', range) AS customer_id, 'x' AS experiment,
  'p' AS plan, 'arm' || (range % 3) AS arm, 's' AS style, CAST(1 AS INTEGER) AS touch, 'sms' AS channel, 'es' AS language, 't' AS template,
  CASE range % 4 WHEN 0 THEN '=1+1' WHEN 1 THEN '@cmd' WHEN 2 THEN e'dos\\nlíneas, "y" comas' ELSE 'hola' END AS text,
  '{}' AS variables, 'a' AS send_not_before, 'b' AS send_before, 'c' AS send_not_before_local, 'd' AS send_before_local,
  'America/Bogota' AS time_zone, range / 7 AS propensity, 'CO-2300 v1' AS rule_set, '-r' AS reason
  FROM range(${n}) ORDER BY customer_id`);

const open = (threads: number): Promise<Engine> =>
  openDuckDb({
    path: join(folder, `${threads}.duckdb`),
    threads,
    memoryLimit: '1GB',
    tempDirectory: join(folder, 'spill'),
  });

const deliver = (delivery: Delivery<unknown>) => {
  if (!file.writes) throw new Error('files are written');
  return file.writes.deliver(delivery);
};

const deliveryOn = (engine: Engine, change: Partial<Delivery<unknown>> = {}): Delivery<unknown> => ({
  batch: clearedBatch(few),
  rows: change.batch?.cleared ?? few,
  world: testWorld(),
  run: 'run-1',
  options: file.options.parse({}),
  columns: columnsOf(false),
  messages: messagesFor(few),
  assumptions: {},
  engine,
  workspace: folder,
  progress: () => {},
  checkCancelled: () => {},
  ...change,
});

it('writes the same bytes on one and on two threads, and sha256sum agrees', async () => {
  const hashes: string[][] = [];
  for (const threads of [1, 2]) {
    const engine = await open(threads);
    const { manifest, manifestPath } = await deliver(
      deliveryOn(engine, {
        run: `run-${threads}`,
        batch: clearedBatch(many),
        messages: messagesFor(many),
      }),
    );
    await engine.close();
    hashes.push(manifest.parts.map((part) => part.sha256));
    const list = manifest.parts.map((part) => `${part.sha256}  ${part.path}\n`).join('');
    const cwd = dirname(manifestPath ?? '');
    writeFileSync(join(cwd, 'sums'), list);
    for (const part of manifest.parts)
      expect(
        createHash('sha256')
          .update(readFileSync(join(cwd, part.path)))
          .digest('hex'),
      ).toBe(part.sha256);
    if (process.platform === 'linux')
      expect(execFileSync('sha256sum', ['-c', 'sums'], { cwd, encoding: 'utf8' })).toBe(
        'messages.csv: OK\nmessages.parquet: OK\n',
      );
  }
  expect(hashes[0]).toEqual(hashes[1]);
});

it('taken up again after its end, changes nothing', async () => {
  const engine = await open(1);
  const first = await deliver(deliveryOn(engine));
  const again = await deliver(deliveryOn(engine, { messages: raw('SELECT 1 WHERE false') }));
  await engine.close();
  expect(again).toEqual(first);
});

/** Parquet goes to a device that is always full: the error is the system's own. */
const fullDisk = (engine: Engine): Engine => ({
  ...engine,
  dialect: { ...engine.dialect, writeParquet: (query) => engine.dialect.writeParquet(query, '/dev/full') },
});

it('a full disk leaves nothing behind and says so', async () => {
  const engine = await open(1);
  await expect(deliver(deliveryOn(fullDisk(engine)))).rejects.toMatchObject({ code: 'disk_full' });
  await engine.close();
  expect(readdirSync(join(folder, 'exports'))).toEqual([]);
});

it('refuses to write fewer or more people than were cleared', async () => {
  const engine = await open(1);
  await expect(
    deliver(deliveryOn(engine, { messages: raw(`SELECT * FROM (${messagesFor(few).text}) m LIMIT 5`) })),
  ).rejects.toThrow('has 1000 people to be sent but gives 5 messages');
  await engine.close();
  expect(readdirSync(join(folder, 'exports'))).toEqual([]);
});

it('takes nothing but what the rules cleared', () => {
  const batch: Batch = clearedBatch(1);
  // @ts-expect-error a plain batch is not a cleared one
  const notCleared: Parameters<Destination['deliver']>[0]['batch'] = batch;
  expect(notCleared).toBe(batch);
  expect(() =>
    clear(
      { ...batch, state: 'exported' },
      { now: '', simulated: true, acceptedUnverifiedBy: null, unverified: [] },
    ),
  ).toThrow('no longer reserved');
});

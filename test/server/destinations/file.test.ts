import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { tableFromIPC } from 'apache-arrow';
import { parse } from 'csv-parse/sync';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { clear } from '#core/contact/clear.ts';
import { columnsOf } from '#core/contact/messages.ts';
import type { Batch } from '#core/contract/delivery/batches.ts';
import { raw, sql } from '#core/sql/sql.ts';
import type { Delivery, Destination } from '#server/destinations/destination.ts';
import file from '#server/destinations/file.ts';
import { writeThrough } from '#server/destinations/parts/through.ts';
import { openDuckDb } from '#server/engine/duckdb.ts';
import type { Engine } from '#server/engine/engine.ts';
import { clearedBatch } from '../../support/contact/cleared-batch.ts';
import { testWorld } from '../../support/servers/world.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ensayo-file-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Over two row groups of a Parquet file. */
const many = 130_000;
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

const lines = (path: string) => readFileSync(path, 'utf8').split('\n').slice(0, -1);

it('writes all four formats, each with every row, its schema and the time each message must be sent by', async () => {
  const engine = await open(1);
  const options = file.options.parse({ formats: ['csv', 'ndjson', 'parquet', 'arrow'] });
  const { manifest, manifestPath } = await deliver(deliveryOn(engine, { options }));
  const cwd = dirname(manifestPath ?? '');
  expect(readdirSync(cwd).toSorted()).toEqual([
    'manifest.json',
    'messages.arrows',
    'messages.csv',
    'messages.ndjson',
    'messages.parquet',
  ]);
  expect(manifest.parts.map(({ rows }) => rows)).toEqual([few, few, few, few]);
  expect(manifest.schema.map(({ name }) => name)).toContain('send_before');
  const objects = lines(join(cwd, 'messages.ndjson')).map(
    (line) => JSON.parse(line) as Record<string, unknown>,
  );
  const arrow = tableFromIPC(readFileSync(join(cwd, 'messages.arrows')));
  const parquet = await engine.rows(
    sql`SELECT * FROM ${engine.dialect.parquetFile(join(cwd, 'messages.parquet'))}`,
  );
  const csv = parse(readFileSync(join(cwd, 'messages.csv')), { columns: true }) as Record<string, string>[];
  await engine.close();
  expect(objects).toEqual(parquet);
  expect([...arrow].map((row) => row.toJSON())).toEqual(objects);
  expect(csv.map(({ customer_id }) => customer_id)).toEqual(objects.map(({ customer_id }) => customer_id));
  expect(objects.every(({ send_before }) => send_before === 'b')).toBe(true);
  expect(objects[0]?.text).toBe('=1+1');
  expect(csv[0]?.text).toBe("'=1+1");
});

it('cuts every format by rows, and text by bytes too, between two rows whatever they hold', async () => {
  const engine = await open(2);
  const cut = async (given: Record<string, unknown>, run: string) => {
    const options = file.options.parse(given);
    const { manifest, manifestPath } = await deliver(deliveryOn(engine, { options, run }));
    return { manifest, cwd: dirname(manifestPath ?? '') };
  };
  const byRows = await cut({ formats: ['csv', 'ndjson', 'parquet', 'arrow'], partRows: 300 }, 'rows');
  expect(byRows.manifest.parts.map(({ path, rows }) => `${path} ${rows}`)).toEqual(
    ['csv', 'ndjson', 'parquet', 'arrows'].flatMap((ending) =>
      [300, 300, 300, 100].map((rows, i) => `messages-000${i + 1}.${ending} ${rows}`),
    ),
  );
  const most = 20_000;
  const byBytes = await cut({ formats: ['csv', 'ndjson'], partBytes: most }, 'bytes');
  await engine.close();
  for (const { manifest, cwd } of [byRows, byBytes]) {
    for (const part of manifest.parts) {
      const bytes = readFileSync(join(cwd, part.path));
      expect([part.bytes, part.sha256]).toEqual([
        bytes.length,
        createHash('sha256').update(bytes).digest('hex'),
      ]);
    }
    const of = (ending: string) => manifest.parts.filter(({ path }) => path.endsWith(ending));
    const ids = of('csv').flatMap(({ path, rows }) => {
      const found = parse(readFileSync(join(cwd, path)), { columns: true }) as Record<string, string>[];
      expect(found.length).toBe(rows);
      return found.map(({ customer_id }) => customer_id);
    });
    expect(new Set(ids).size).toBe(few);
    expect(ids).toEqual(ids.toSorted());
    const objects = of('ndjson').flatMap(({ path }) =>
      lines(join(cwd, path)).map((line) => JSON.parse(line)),
    );
    expect(objects.map(({ customer_id }) => customer_id)).toEqual(ids);
  }
  expect(byBytes.manifest.parts.length).toBeGreaterThan(10);
  expect(Math.max(...byBytes.manifest.parts.map(({ bytes }) => bytes))).toBeLessThanOrEqual(most);
  expect(Math.min(...byBytes.manifest.parts.slice(0, 3).map(({ bytes }) => bytes))).toBeGreaterThan(
    most - 1000,
  );
});

it.each([
  [{ formats: ['parquet'], partBytes: 1_000_000 }, /partRows/],
  [{ capacity: 10 }, /capacity/],
])('refuses %j', (given, words) => {
  const parsed = file.options.safeParse(given);
  expect(parsed.error?.issues[0]?.message).toMatch(words);
});

it('a disk that fills up while a part is written stops the engine too, with or without pipes', async () => {
  const engine = await open(1);
  symlinkSync('/dev/full', join(folder, 'messages.csv'));
  const before = process.env.PATH;
  const write = () =>
    writeThrough(
      (path) => engine.run(engine.dialect.writeCsv(messagesFor(many), path)),
      { folder, name: 'messages.csv', csv: true },
      () => {},
    );
  await expect(write()).rejects.toThrow('ENOSPC');
  try {
    process.env.PATH = '';
    await expect(write()).rejects.toThrow('ENOSPC');
    rmSync(join(folder, 'messages.csv'));
    const { rows, parts } = await write();
    expect([rows, parts[0]?.sha256]).toEqual([
      many,
      createHash('sha256')
        .update(readFileSync(join(folder, 'messages.csv')))
        .digest('hex'),
    ]);
  } finally {
    process.env.PATH = before;
    await engine.close();
  }
  expect(readdirSync(folder).filter((name) => name.includes('pipe'))).toEqual([]);
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

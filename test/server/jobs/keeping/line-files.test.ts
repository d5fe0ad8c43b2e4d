import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tableFromArrays, tableFromIPC, tableToIPC } from 'apache-arrow';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { countArrow, countNdjson, rewriteArrow, rewriteNdjson } from '#server/jobs/keeping/line-files.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ensayo-lines-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const people = ['ana', 'luz', 'ana', 'eva'];

it('takes a person out of a file of JSON lines, and leaves the others as they were', async () => {
  const path = join(folder, 'messages.ndjson');
  const lines = people.map((customer_id, i) => JSON.stringify({ i, customer_id, text: 'línea\nde dos' }));
  writeFileSync(path, `${lines.join('\n')}\n`);
  expect([await countNdjson(path), await rewriteNdjson(path, ['ana'])]).toEqual([4, 2]);
  expect(readFileSync(path, 'utf8')).toBe(`${lines[1]}\n${lines[3]}\n`);
  expect(await rewriteNdjson(path, ['ana'])).toBe(0);
});

it('takes a person out of a stream of Arrow batches', async () => {
  const path = join(folder, 'messages.arrows');
  const table = tableFromArrays({ customer_id: people, n: Float64Array.from([1, 2, 3, 4]) });
  writeFileSync(path, tableToIPC(table, 'stream'));
  expect([await countArrow(path), await rewriteArrow(path, ['ana'])]).toEqual([4, 2]);
  const kept = tableFromIPC(readFileSync(path));
  expect(kept.toArray().map((row) => row?.toJSON())).toEqual([
    { customer_id: 'luz', n: 2 },
    { customer_id: 'eva', n: 4 },
  ]);
  expect(readFileSync(path).includes('ana')).toBe(false);
  expect(readdirSync(folder).filter((name) => name.endsWith('.unfinished'))).toEqual([]);
});

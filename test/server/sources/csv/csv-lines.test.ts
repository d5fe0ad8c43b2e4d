import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { placesOf } from '#server/sources/csv/csv-lines.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ensayo-csv-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const read = (text: string, positions: number[]) => {
  const path = join(folder, 'people.csv');
  writeFileSync(path, text);
  const request = { path, gzip: false, encoding: 'utf-8', delimiter: ',', columns: 2 } as const;
  return placesOf(request, new Set(positions));
};

it('a row stands on the line its first character stands on', async () => {
  const { readable, broken } = await read('id,name\n1,"two\nlines"\n2,plain\n3\n', [1, 2]);
  expect(readable.get(1)).toMatchObject({ row: 1, line: 2 });
  expect(readable.get(2)).toMatchObject({ row: 2, line: 4 });
  expect(broken).toMatchObject([{ row: 3, line: 5 }]);
});

it('a quote that is never closed names the file', async () => {
  await expect(read('id,name\n1,"open\n2,plain\n', [1])).rejects.toMatchObject({
    code: 'load_unreadable',
    details: { file: 'people.csv', reason: 'Quote Not Closed' },
  });
});

import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import iconv from 'iconv-lite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Encoding, plainText, TextCheck } from '#server/sources/csv/csv-text.ts';
import { writeInput } from '../../../support/files/load.ts';
import { openTestWorkspace, type TestWorkspace } from '../../../support/workspace.ts';

async function check(content: Buffer, stated?: Encoding, pieceBytes = 7) {
  const text = new TextCheck('x.csv', stated);
  for (let at = 0; at < content.length; at += pieceBytes)
    await text.take(content.subarray(at, at + pieceBytes));
  return text.end();
}

const text = 'año;ñandú\n€1;2\nlast';

describe('what a text file is', () => {
  it.each([
    ['UTF-8', Buffer.from(text), undefined, { encoding: 'utf-8', assumed: false, gzip: false }],
    ['UTF-8, zipped', gzipSync(text), undefined, { encoding: 'utf-8', assumed: false, gzip: true }],
    [
      'Windows-1252, unsaid',
      iconv.encode(text, 'win1252'),
      undefined,
      { encoding: 'windows-1252', assumed: true },
    ],
    [
      'Windows-1252, said',
      iconv.encode(text, 'win1252'),
      'windows-1252',
      { encoding: 'windows-1252', assumed: false },
    ],
    [
      'UTF-16',
      iconv.encode(text, 'utf-16le', { addBOM: true }),
      undefined,
      { encoding: 'utf-16le', assumed: false },
    ],
  ] as const)('%s', async (_, content, stated, facts) => {
    const found = await check(content, stated);
    expect(found).toMatchObject(facts);
    expect(found.sample.replace('\uFEFF', '')).toBe(text);
  });

  it('refuses bytes that are not what was said, telling where', async () => {
    const content = Buffer.concat([Buffer.from('a;b\n'), Buffer.from([0xe9, 0x28, 0x0a])]);
    await expect(check(content, 'utf-8')).rejects.toMatchObject({
      code: 'load_encoding',
      details: { encoding: 'UTF-8', position: expect.any(Number) },
    });
  });

  it.each([1, 10, 40])('refuses a zip cut %d bytes short', async (short) => {
    const zip = gzipSync(text.repeat(50));
    await expect(check(zip.subarray(0, zip.length - short))).rejects.toMatchObject({
      code: 'load_truncated',
    });
  });
});

describe('a file as plain UTF-8', () => {
  let workspace: TestWorkspace;
  beforeAll(async () => {
    workspace = await openTestWorkspace();
  });
  afterAll(() => workspace.close());

  it.each([
    ['utf-8', false],
    ['utf-8', true],
    ['windows-1252', false],
    ['windows-1252', true],
    ['utf-16le', true],
  ] as const)('from %s, zipped %s', async (encoding, gzip) => {
    const content = iconv.encode(text, encoding);
    const path = writeInput(workspace, `${encoding}-${gzip}.csv`, gzip ? gzipSync(content) : content);
    const plain = await plainText(path, { gzip, encoding }, workspace.folder, `${encoding}-${gzip}.plain`);
    expect(plain === path).toBe(encoding === 'utf-8' && !gzip);
    expect(readFileSync(plain, 'utf8')).toBe(text);
  });
});

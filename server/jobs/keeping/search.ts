import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

const overlap = 512;

/** What a file is by its first bytes: text and its like can be searched, packed ones only by who reads them. */
export type Form = 'plain' | 'gzip' | 'parquet' | 'packed' | 'empty';

export async function formOf(path: string): Promise<Form> {
  const handle = await open(path, 'r');
  try {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(8), 0, 8, 0);
    const start = buffer.subarray(0, bytesRead);
    if (bytesRead === 0) return 'empty';
    if (start.subarray(0, 4).toString('latin1') === 'PAR1') return 'parquet';
    if (start[0] === 0x1f && start[1] === 0x8b) return 'gzip';
    const packed = ['PK\u0003\u0004', 'ARROW1', 'FEA1', 'BZh', '(\u00b5/\u00fd', '7z', '\u00fd7zXZ'];
    return packed.some((sign) => start.toString('latin1').startsWith(sign)) ? 'packed' : 'plain';
  } finally {
    await handle.close();
  }
}

const isWord = (byte: number | undefined): boolean =>
  byte !== undefined &&
  ((byte >= 48 && byte <= 57) || (byte >= 65 && byte <= 90) || (byte >= 97 && byte <= 122));

/** Whether bytes hold a string as a word of its own, in UTF-8, or as UTF-16 has it. */
function holds(bytes: Buffer, needle: Buffer, wide: boolean): boolean {
  for (let at = bytes.indexOf(needle); at >= 0; at = bytes.indexOf(needle, at + 1)) {
    const before = bytes[at - (wide ? 2 : 1)];
    const after = bytes[at + needle.length];
    if (!isWord(before) && !isWord(after)) return true;
  }
  return false;
}

/**
 * Whether a file holds any of some strings, read once in pieces. A short string is found where it stands by chance
 * too: better a file too many than one too few.
 */
export async function fileHolds(
  path: string,
  form: 'plain' | 'gzip',
  values: readonly string[],
): Promise<boolean> {
  const needles = values.flatMap((value) => [
    { bytes: Buffer.from(value, 'utf8'), wide: false },
    { bytes: Buffer.from(value, 'latin1'), wide: false },
    { bytes: Buffer.from(value, 'utf16le'), wide: true },
  ]);
  const file = createReadStream(path, { highWaterMark: 1 << 20 });
  const stream: Readable = form === 'gzip' ? file.pipe(createGunzip()) : file;
  const failed = new Promise<never>((_, reject) => {
    file.on('error', reject);
    stream.on('error', reject);
  });
  const search = async (): Promise<boolean> => {
    let kept = Buffer.alloc(0);
    for await (const piece of stream) {
      const bytes = Buffer.concat([kept, piece as Buffer]);
      if (needles.some(({ bytes: needle, wide }) => holds(bytes, needle, wide))) return true;
      kept = bytes.subarray(Math.max(0, bytes.length - overlap));
    }
    return false;
  };
  try {
    return await Promise.race([search(), failed]);
  } finally {
    file.destroy();
    stream.destroy();
  }
}

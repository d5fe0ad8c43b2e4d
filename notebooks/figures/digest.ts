import { createHash } from 'node:crypto';

/** The sha256 of what a stream gives, in hex, and how many bytes it gave. */
export async function digest(
  pieces: AsyncIterable<Uint8Array | string>,
): Promise<{ sha256: string; size: number }> {
  const hash = createHash('sha256');
  let size = 0;
  for await (const piece of pieces) {
    hash.update(piece);
    size += Buffer.byteLength(piece);
  }
  return { sha256: hash.digest('hex'), size };
}

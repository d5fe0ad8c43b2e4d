import { DomainError } from '#core/errors/domain-error.ts';

/** A real extract shrinks ten to fifty times; what grows more than this, beyond the size below, is a trap. */
const largestRatio = 200;
const smallBytes = 200_000_000;

/**
 * Holds what came out of a zip against what went in.
 *
 * @throws load_bomb
 */
export function checkUnzipped(file: string, unzippedBytes: number, zippedBytes: number): void {
  const limit = Math.max(smallBytes, zippedBytes * largestRatio);
  if (unzippedBytes > limit) throw new DomainError('load_bomb', { file, bytes: limit, zipped: zippedBytes });
}

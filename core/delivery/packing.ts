export interface CallLimits {
  /** Rows in one call. */
  rows: number;
  /** Bytes of one call's body. */
  bytes: number;
  /** Bytes of one row within it. */
  rowBytes?: number;
  /** Bytes that enclose the rows, and those between two. */
  envelopeBytes?: number;
}

export interface Packed<T> {
  calls: T[][];
  /** Rows that no call could hold. */
  tooLarge: T[];
}

/**
 * Packs rows into calls in their order, bounded by count and by bytes; a row larger than a call may be goes alone into
 * `tooLarge`. The same rows give the same calls.
 */
export function pack<T>(rows: readonly T[], bytesOf: (row: T) => number, limits: CallLimits): Packed<T> {
  const envelope = limits.envelopeBytes ?? 0;
  const calls: T[][] = [];
  const tooLarge: T[] = [];
  let call: T[] = [];
  let bytes = envelope;
  const close = () => {
    if (call.length) calls.push(call);
    call = [];
    bytes = envelope;
  };
  for (const row of rows) {
    const size = bytesOf(row) + 1;
    if (size + envelope > limits.bytes || size - 1 > (limits.rowBytes ?? Number.POSITIVE_INFINITY)) {
      tooLarge.push(row);
      continue;
    }
    if (call.length >= limits.rows || bytes + size > limits.bytes) close();
    call.push(row);
    bytes += size;
  }
  close();
  return { calls, tooLarge };
}

import { setImmediate as breathe } from 'node:timers/promises';
import { type DuckDBDataChunk, type DuckDBResult, DuckDBTypeId, type DuckDBVector } from '@duckdb/node-api';
import type { EngineColumn } from './engine.ts';

/**
 * A whole result as typed arrays over shared memory: text as codes into sorted categories (-1 is null), everything
 * else as float64 (NaN is null, dates as days since 1970, decimals divided by their scale).
 *
 * A vector reads the memory of its chunk and does not keep it: the chunks are held until the last value is copied.
 */
export async function readColumns(
  result: DuckDBResult,
): Promise<{ rows: number; columns: Map<string, EngineColumn> }> {
  const chunks: DuckDBDataChunk[] = [];
  let rows = 0;
  for await (const chunk of result) {
    rows += chunk.rowCount;
    chunks.push(chunk);
  }
  const columns = new Map<string, EngineColumn>();
  for (const [i, name] of result.deduplicatedColumnNames().entries()) {
    const pieces = chunks.map((chunk) => chunk.getColumnVector(i));
    const type = result.columnTypeId(i);
    if (type === DuckDBTypeId.VARCHAR) columns.set(name, categorical(pieces, rows));
    else if (type === DuckDBTypeId.DOUBLE) columns.set(name, doubles(pieces, rows));
    else columns.set(name, numeric(pieces, rows));
    await breathe();
  }
  chunks.length = 0;
  return { rows, columns };
}

/** Doubles are copied a chunk at a time; only where a chunk has nulls is each row looked at. */
function doubles(pieces: readonly DuckDBVector[], rows: number): EngineColumn {
  const values = new Float64Array(new SharedArrayBuffer(rows * 8));
  let at = 0;
  for (const piece of pieces) {
    const { items, validity } = piece as unknown as {
      items: Float64Array;
      validity: { data: BigUint64Array | null };
    };
    const count = piece.itemCount;
    values.set(items.subarray(0, count), at);
    if (validity.data) {
      const { buffer, byteOffset, byteLength } = validity.data;
      const bits = new Uint8Array(buffer, byteOffset, byteLength);
      for (let i = 0; i < count; i++) if (!((bits[i >> 3]! >> (i & 7)) & 1)) values[at + i] = Number.NaN;
    }
    at += count;
  }
  return { kind: 'numeric', values };
}

function numeric(pieces: readonly DuckDBVector[], rows: number): EngineColumn {
  const values = new Float64Array(new SharedArrayBuffer(rows * 8));
  let at = 0;
  for (const piece of pieces)
    for (let i = 0; i < piece.itemCount; i++) values[at++] = asNumber(piece.getItem(i));
  return { kind: 'numeric', values };
}

function asNumber(item: unknown): number {
  if (typeof item === 'number') return item;
  if (item === null || item === undefined) return Number.NaN;
  if (typeof item === 'bigint' || typeof item === 'boolean') return Number(item);
  if (typeof item === 'object' && 'toDouble' in item) return (item.toDouble as () => number)();
  if (typeof item === 'object' && 'days' in item) return Number(item.days);
  if (typeof item === 'object' && 'micros' in item) return Number(item.micros) / 86_400e6;
  return Number.NaN;
}

function categorical(pieces: readonly DuckDBVector[], rows: number): EngineColumn {
  const seen = new Map<string, number>();
  const codes = new Int32Array(new SharedArrayBuffer(rows * 4));
  let at = 0;
  for (const piece of pieces) {
    for (let i = 0; i < piece.itemCount; i++) {
      const item = piece.getItem(i);
      if (item === null) codes[at++] = -1;
      else {
        const text = String(item);
        let code = seen.get(text);
        if (code === undefined) {
          code = seen.size;
          seen.set(text, code);
        }
        codes[at++] = code;
      }
    }
  }
  const categories = [...seen.keys()].sort();
  const rank = new Map(categories.map((text, i) => [text, i]));
  const renumber = [...seen.keys()].map((text) => rank.get(text) ?? -1);
  for (let i = 0; i < rows; i++) if (codes[i]! >= 0) codes[i] = renumber[codes[i]!]!;
  return { kind: 'categorical', codes, categories };
}

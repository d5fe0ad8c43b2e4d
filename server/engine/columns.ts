import { type DuckDBResult, DuckDBTypeId, type DuckDBVector } from '@duckdb/node-api';
import type { EngineColumn } from './engine.ts';

interface Chunks {
  rows: number;
  vectors: DuckDBVector[][];
}

async function readChunks(result: DuckDBResult): Promise<Chunks> {
  const vectors: DuckDBVector[][] = Array.from({ length: result.columnCount }, () => []);
  let rows = 0;
  for await (const chunk of result) {
    rows += chunk.rowCount;
    vectors.forEach((list, i) => {
      list.push(chunk.getColumnVector(i));
    });
  }
  return { rows, vectors };
}

/**
 * A whole result as typed arrays over shared memory: text as codes into sorted categories (-1 is null), everything
 * else as float64 (NaN is null, dates as days since 1970, decimals divided by their scale).
 */
export async function readColumns(
  result: DuckDBResult,
): Promise<{ rows: number; columns: Map<string, EngineColumn> }> {
  const { rows, vectors } = await readChunks(result);
  const columns = new Map<string, EngineColumn>();
  result.deduplicatedColumnNames().forEach((name, i) => {
    const pieces = vectors[i] ?? [];
    const isText = result.columnTypeId(i) === DuckDBTypeId.VARCHAR;
    columns.set(name, isText ? categorical(pieces, rows) : numeric(pieces, rows));
  });
  return { rows, columns };
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

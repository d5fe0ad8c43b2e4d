import {
  type Arena,
  binStride,
  blockColumns,
  histogramNumbers,
  pairBytes,
  tableBytes,
} from '../grow/arena.ts';
import { hessianBits } from '../grow/gradients.ts';
import { kernelBytes } from './bytes.ts';
import type { Kernels } from './kernels.ts';

/** What this file uses of the platform's WebAssembly. */
export interface WasmMemory {
  readonly buffer: SharedArrayBuffer;
}
interface Exports {
  pack(at: number, end: number, gradient: number, hessian: number, row: bigint): void;
  deal(at: number, end: number, codes: number, table: number, left: number, right: number): number;
  gather(at: number, end: number, pairs: number, to: number): void;
  accumulate(at: number, end: number, pairs: number, codes: number, sums: number): void;
  spread(at: number, end: number, to: number, bits: bigint): void;
  subtract(at: number, end: number, child: number): void;
}
interface Platform {
  Memory: new (size: { initial: number; maximum: number; shared: boolean }) => WasmMemory;
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object, imports: object) => { exports: unknown };
}
const platform = (globalThis as unknown as { WebAssembly?: Platform }).WebAssembly;

const pageBytes = 65_536;
const mostPages = 65_536;

/** Shared memory that WebAssembly can work in, or null where it cannot. @throws RangeError where it is not to be had */
export function openWasmMemory(bytes: number): WasmMemory | null {
  const pages = Math.ceil(bytes / pageBytes);
  if (!platform || pages > mostPages) return null;
  return new platform.Memory({ initial: pages, maximum: pages, shared: true });
}

/** The loops in WebAssembly: four columns a pass, gradient and hessian in one vector. */
export function wasmKernels(arena: Arena, thread: number, memory: WasmMemory): Kernels {
  const { shape, pairs, codes, histograms, firstBins } = arena;
  if (!platform) throw new TypeError('there is no WebAssembly here');
  const module = new platform.Module(Uint8Array.from(atob(kernelBytes), (letter) => letter.charCodeAt(0)));
  const run = new platform.Instance(module, { arena: { memory } }).exports as Exports;
  const order = arena.orders[thread]!.byteOffset;
  const ordered = arena.ordered[thread]!.byteOffset;
  const table = arena.tables[thread]!.byteOffset;
  const sums = arena.sums[thread]!.byteOffset;
  const every = shape.rows + shape.held;
  const size = histogramNumbers(shape);
  const bits = BigInt(hessianBits(shape.rows));
  const bin = (slot: number, column: number) =>
    histograms.byteOffset + 8 * (slot * size + firstBins[column]! * binStride);
  const endOf = (block: number) => Math.min(shape.columns, (block + 1) * blockColumns);
  let source = ordered;
  return {
    pack(from, to, gradientScale, hessianScale) {
      const at = pairs.byteOffset;
      run.pack(at + pairBytes * from, at + pairBytes * to, gradientScale, hessianScale, 1n << bits);
    },
    deal(columnCodes, from, to, lefts, rights) {
      const at = codes.byteOffset + columnCodes;
      const end = run.deal(order + 4 * from, order + 4 * to, at, table, 4 * lefts, 4 * rights);
      return (end >>> 0) / 4 - lefts;
    },
    gather(from, count) {
      source = count === shape.rows ? pairs.byteOffset : ordered;
      if (source === ordered)
        run.gather(order + 4 * from, order + 4 * (from + count), pairs.byteOffset, ordered);
    },
    accumulate(block, from, count, slot) {
      const at = codes.byteOffset + block * every * blockColumns;
      run.accumulate(order + 4 * from, order + 4 * (from + count), source, at, sums);
      for (let column = block * blockColumns; column < endOf(block); column++) {
        const start = sums + (column % blockColumns) * tableBytes * pairBytes;
        const bins = firstBins[column + 1]! - firstBins[column]!;
        run.spread(start, start + pairBytes * bins, bin(slot, column), bits);
      }
      // Columns a last block lacks were summed too, into their first bins.
      if (endOf(block) % blockColumns > 0) arena.sums[thread]!.fill(0);
    },
    subtract(block, parent, child) {
      const first = block * blockColumns;
      run.subtract(bin(parent, first), bin(parent, endOf(block)), bin(child, first));
    },
  };
}

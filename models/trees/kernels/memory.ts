import type { Arena } from '../grow/arena.ts';
import type { Kernels } from './kernels.ts';
import { plainKernels } from './plain.ts';
import { openWasmMemory, type WasmMemory, wasmKernels } from './wasm.ts';

/** Memory of an arena: of WebAssembly where there is some, which other threads are handed as it is. */
export type ArenaMemory = WasmMemory | SharedArrayBuffer;

/** @throws RangeError where there is not as much */
export const openMemory = (bytes: number, plain = false): ArenaMemory =>
  (plain ? null : openWasmMemory(bytes)) ?? new SharedArrayBuffer(bytes);

export const bufferOf = (memory: ArenaMemory): SharedArrayBuffer =>
  memory instanceof SharedArrayBuffer ? memory : memory.buffer;

export const kernelsFor = (arena: Arena, thread: number, memory: ArenaMemory): Kernels =>
  memory instanceof SharedArrayBuffer ? plainKernels(arena, thread) : wasmKernels(arena, thread, memory);

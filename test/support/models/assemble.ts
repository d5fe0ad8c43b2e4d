import { readFileSync } from 'node:fs';
import openWabt from 'wabt';

export const kernelText = new URL('../../../models/trees/kernels/kernel.wat', import.meta.url);

/** The WebAssembly module of a text file, as base64. */
export async function assemble(file: URL): Promise<string> {
  const wabt = await openWabt();
  const parsed = wabt.parseWat(file.pathname, readFileSync(file), { simd: true, threads: true });
  const { buffer } = parsed.toBinary({ write_debug_names: false });
  parsed.destroy();
  return Buffer.from(buffer).toString('base64');
}

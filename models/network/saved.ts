import { z } from 'zod';
import { DomainError } from '#core/errors/domain-error.ts';
import { fromBase64 } from './bytes.ts';
import { columnEncoding, widthOf } from './encoding.ts';

/** Raised when what is saved changes its meaning. */
export const networkFormat = 1;

const numbers = z.string().describe('float64, lowest byte first, base64');
const layer = z.object({
  inputs: z.number().int(),
  units: z.number().int(),
  weights: numbers,
  bias: numbers,
});

/** A fitted network as JSON: the encoding of its columns, and the weights of each member. */
export const savedNetwork = z.object({
  format: z.literal(networkFormat),
  /** Where it was fitted: tensorflow (native), wasm or cpu. */
  backend: z.string(),
  objective: z.enum(['logistic', 'squared']),
  columns: z.array(columnEncoding),
  members: z.array(z.array(layer).min(2)).min(1),
  /** The output is shift + scale × the network's. */
  shift: z.number(),
  scale: z.number(),
  background: numbers,
  seed: z.number().int(),
});
export type SavedNetwork = z.output<typeof savedNetwork>;

const learner = 'neural-network';
const unreadable = (reason: string) => new DomainError('saved_model_unreadable', { learner, reason });

/** @throws saved_model_format, saved_model_unreadable */
export function readSaved(saved: unknown): SavedNetwork {
  const found = (saved as { format?: unknown } | null)?.format;
  if (typeof found === 'number' && found !== networkFormat)
    throw new DomainError('saved_model_format', { learner, found, known: networkFormat });
  const read = savedNetwork.safeParse(saved);
  if (!read.success) {
    const [issue] = read.error.issues;
    throw unreadable(`${issue?.path.join('.')}: ${issue?.message}`);
  }
  const width = read.data.columns.reduce((sum, column) => sum + widthOf(column), 0);
  for (const layers of read.data.members) {
    let before = width;
    for (const { inputs, units } of layers) {
      if (inputs !== before) throw unreadable(`${inputs} inputs instead of ${before}`);
      before = units;
    }
    if (before !== 1) throw unreadable(`${before} outputs instead of 1`);
  }
  return read.data;
}

/** @throws saved_model_unreadable where the text is cut short or altered */
export function readNumbers(text: string, length: number | null): Float64Array {
  const values = fromBase64(text);
  if (!values || (length !== null && values.length !== length))
    throw unreadable(`${values?.length ?? 'no'} weights instead of ${length ?? 'some'}`);
  return values;
}

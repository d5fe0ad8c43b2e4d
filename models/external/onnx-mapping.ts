import { z } from 'zod';
import { DomainError } from '#core/errors/domain-error.ts';

/** Raised when what is saved changes its meaning. */
export const onnxFormat = 1;

const input = z.object({
  name: z.string(),
  type: z.enum(['float32', 'float64', 'int64', 'int32', 'bool', 'string']),
  /** Features side by side, in order. */
  columns: z.array(z.string()).min(1),
});
export type OnnxInput = z.output<typeof input>;

/** A model trained elsewhere as it is kept: its file, and which features its inputs are. */
export const savedOnnx = z.object({
  format: z.literal(onnxFormat),
  name: z.string(),
  /** The file, base64. */
  file: z.string(),
  inputs: z.array(input).min(1),
  output: z.string(),
});
export type SavedOnnx = z.output<typeof savedOnnx>;

/** @throws saved_model_format, saved_model_unreadable */
export function readSavedOnnx(saved: unknown): SavedOnnx {
  const found = (saved as { format?: unknown } | null)?.format;
  if (typeof found === 'number' && found !== onnxFormat)
    throw new DomainError('saved_model_format', { learner: 'onnx', found, known: onnxFormat });
  const read = savedOnnx.safeParse(saved);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw new DomainError('saved_model_unreadable', {
    learner: 'onnx',
    reason: `${issue?.path.join('.')}: ${issue?.message}`,
  });
}

/** An input or output as the file declares it. */
export interface Declared {
  name: string;
  type: string;
  /** Size of each axis; a text where it is open. */
  shape: readonly (number | string)[];
}

const mapping = z.union([z.array(z.string()).min(1), z.record(z.string(), z.string())]);

/**
 * Which features go where: the list given to the single input, the feature named for each input, or inputs that are
 * called as features.
 *
 * @param given JSON of a list or of {"input": "feature"}; undefined: by name
 * @throws onnx_columns, quoting the input or column that leads nowhere
 */
export function mapInputs(
  declared: readonly Declared[],
  given: string | undefined,
  features: readonly string[],
): OnnxInput[] {
  const refuse = (column: string) =>
    new DomainError('onnx_columns', { inputs: declared.map(({ name }) => name).join(', '), column });
  const asked = given === undefined ? undefined : readMapping(given);
  if (asked === null) throw refuse(given ?? '');
  return declared.map(({ name, type, shape }) => {
    const columns = Array.isArray(asked) ? asked : [asked?.[name] ?? name];
    const unknown = columns.find((column) => !features.includes(column));
    if (unknown !== undefined) throw refuse(unknown);
    if (Array.isArray(asked) && declared.length > 1) throw refuse(name);
    const width = shape.at(-1);
    if (shape.length > 1 && typeof width === 'number' && width !== columns.length)
      throw refuse(`${name}[${width}]`);
    const known = input.shape.type.safeParse(type);
    if (!known.success) throw refuse(`${name}: ${type}`);
    return { name, type: known.data, columns };
  });
}

function readMapping(text: string): z.output<typeof mapping> | null {
  try {
    const read = mapping.safeParse(JSON.parse(text));
    return read.success ? read.data : null;
  } catch {
    return null;
  }
}

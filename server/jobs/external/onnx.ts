import { DomainError } from '#core/errors/domain-error.ts';
import { type Declared, type OnnxInput, readSavedOnnx } from '#models/external/onnx-mapping.ts';
import type { CategoricalColumn, Matrix, NumericColumn } from '#models/matrix.ts';

type Data = ArrayLike<number> | ArrayLike<bigint> | readonly string[] | readonly boolean[];
interface OnnxTensor {
  dims: readonly number[];
  data: Data;
}
type Metadata = readonly ({ name: string } & (
  | { isTensor: true; type: string; shape: readonly (number | string)[] }
  | { isTensor: false }
))[];
interface Session {
  inputMetadata: Metadata;
  outputMetadata: Metadata;
  run(feeds: Record<string, OnnxTensor>, fetches: string[]): Promise<Record<string, OnnxTensor | undefined>>;
  release(): Promise<void>;
}
/** What is used of onnxruntime-web, whose own types are not there where it is not. */
interface Runtime {
  env: { wasm: { numThreads?: number }; logLevel?: string };
  InferenceSession: { create(file: Uint8Array, options: object): Promise<Session> };
  Tensor: new (type: string, data: Data, dims: readonly number[]) => OnnxTensor;
}

/** An optional package: its name is not written as a literal, so that a machine without it still compiles this. */
const runtimePackage: string = 'onnxruntime-web';

const firstLine = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n')[0]!.slice(0, 300);

/** @throws onnx_runtime_missing */
async function openRuntime(name: string): Promise<Runtime> {
  try {
    const runtime = (await import(name)) as Runtime;
    runtime.env.wasm.numThreads = 1;
    runtime.env.logLevel = 'error';
    return runtime;
  } catch (error) {
    throw new DomainError('onnx_runtime_missing', { reason: firstLine(error) }, { cause: error });
  }
}

async function openSession(file: Uint8Array, name: string): Promise<{ runtime: Runtime; session: Session }> {
  const runtime = await openRuntime(name);
  try {
    return {
      runtime,
      session: await runtime.InferenceSession.create(file, { executionProviders: ['wasm'] }),
    };
  } catch (error) {
    throw new DomainError('onnx_unreadable', { reason: firstLine(error) }, { cause: error });
  }
}

const declared = (metadata: Metadata): Declared[] =>
  metadata.map((one) => ({
    name: one.name,
    type: one.isTensor ? one.type : 'sequence',
    shape: one.isTensor ? one.shape : [],
  }));

export interface OnnxDescription {
  inputs: Declared[];
  outputs: Declared[];
}

/** What a file asks for and gives. @throws onnx_runtime_missing, onnx_unreadable */
export async function describeOnnx(file: Uint8Array, runtime = runtimePackage): Promise<OnnxDescription> {
  const { session } = await openSession(file, runtime);
  try {
    return { inputs: declared(session.inputMetadata), outputs: declared(session.outputMetadata) };
  } finally {
    await session.release();
  }
}

const rowsTogether = 8192;

/**
 * A model trained elsewhere, ready to predict: rows pass through in pieces, missing numbers as NaN and missing text as
 * an empty one.
 *
 * @throws onnx_runtime_missing, onnx_unreadable, saved_model_format, saved_model_unreadable
 */
export async function openOnnx(saved: unknown): Promise<{ predict(matrix: Matrix): Promise<Float64Array> }> {
  const { file, inputs, output } = readSavedOnnx(saved);
  const { runtime, session } = await openSession(Buffer.from(file, 'base64'), runtimePackage);
  return {
    async predict(matrix) {
      const probabilities = new Float64Array(matrix.rows);
      for (let from = 0; from < matrix.rows; from += rowsTogether) {
        const to = Math.min(matrix.rows, from + rowsTogether);
        const feeds = Object.fromEntries(
          inputs.map((input) => [input.name, tensorOf(runtime, input, matrix, from, to)]),
        );
        let answer: Awaited<ReturnType<Session['run']>>;
        try {
          answer = await session.run(feeds, [output]);
        } catch (error) {
          throw new DomainError('onnx_failed', { reason: firstLine(error) }, { cause: error });
        }
        probabilities.set(probabilitiesOf(answer[output], output, to - from), from);
      }
      return probabilities;
    },
  };
}

function tensorOf(
  runtime: Runtime,
  { columns, type }: OnnxInput,
  matrix: Matrix,
  from: number,
  to: number,
): OnnxTensor {
  const dims = [to - from, columns.length];
  const found = columns.map((name) => matrix.columns.find((column) => column.name === name));
  const lacking = columns.find((_, i) => !found[i]);
  if (lacking !== undefined) throw new DomainError('model_column_missing', { column: lacking });
  const each = <T>(read: (column: NumericColumn | CategoricalColumn, row: number) => T): T[] => {
    const values: T[] = [];
    for (let row = from; row < to; row++) for (const column of found) values.push(read(column!, row));
    return values;
  };
  const number = (column: NumericColumn | CategoricalColumn, row: number): number =>
    column.kind === 'numeric'
      ? column.values[row]!
      : Number(column.categories[column.codes[row]!] ?? Number.NaN);
  const text = (column: NumericColumn | CategoricalColumn, row: number): string => {
    if (column.kind === 'categorical') return column.categories[column.codes[row]!] ?? '';
    return Number.isNaN(column.values[row]) ? '' : String(column.values[row]);
  };
  const whole = (value: number): bigint => (Number.isFinite(value) ? BigInt(Math.trunc(value)) : 0n);
  if (type === 'string') return new runtime.Tensor('string', each(text), dims);
  const numbers = each(number);
  if (type === 'float64') return new runtime.Tensor('float64', Float64Array.from(numbers), dims);
  if (type === 'int64') return new runtime.Tensor('int64', BigInt64Array.from(numbers, whole), dims);
  if (type === 'int32') return new runtime.Tensor('int32', Int32Array.from(numbers, Math.trunc), dims);
  if (type === 'bool')
    return new runtime.Tensor(
      'bool',
      numbers.map((value) => value > 0),
      dims,
    );
  return new runtime.Tensor('float32', Float32Array.from(numbers), dims);
}

/** One number a row, or the last of two: the chance of the event. @throws onnx_output */
function probabilitiesOf(tensor: OnnxTensor | undefined, output: string, rows: number): Float64Array {
  const data = tensor?.data as ArrayLike<number> | undefined;
  const width = (data?.length ?? 0) / rows;
  if (!data || (width !== 1 && width !== 2))
    throw new DomainError('onnx_output', { output, value: tensor ? `[${tensor.dims.join(' × ')}]` : '–' });
  const probabilities = Float64Array.from({ length: rows }, (_, row) =>
    Number(data[row * width + width - 1]),
  );
  const bad = probabilities.find((value) => !(value >= 0 && value <= 1));
  if (bad !== undefined) throw new DomainError('onnx_output', { output, value: String(bad) });
  return probabilities;
}

import { DomainError } from '#core/errors/domain-error.ts';

export type Tensors = typeof import('@tensorflow/tfjs');

/** A way to run TensorFlow.js: gives the library with its backend chosen, or fails. */
export interface BackendCandidate {
  name: 'tensorflow' | 'wasm' | 'cpu';
  open(): Promise<Tensors>;
}

export interface BackendReport {
  backend: BackendCandidate['name'] | null;
  /** Why each faster one was passed over. */
  passedOver: { name: BackendCandidate['name']; reason: string }[];
}

/** An optional package: its name is not written as a literal, so that a machine without it still compiles this. */
const nativePackage: string = '@tensorflow/tfjs-node';

async function openPlain(name: 'wasm' | 'cpu'): Promise<Tensors> {
  const tensors = await import('@tensorflow/tfjs');
  if (name === 'wasm') await import('@tensorflow/tfjs-backend-wasm');
  if (!(await tensors.setBackend(name))) throw new Error(`the backend ${name} did not start`);
  await tensors.ready();
  return tensors;
}

export const backendCandidates: readonly BackendCandidate[] = [
  {
    name: 'tensorflow',
    async open() {
      const tensors = (await import(nativePackage)) as Tensors;
      await tensors.ready();
      return tensors;
    },
  },
  { name: 'wasm', open: () => openPlain('wasm') },
  { name: 'cpu', open: () => openPlain('cpu') },
];

/** Multiplies two small matrices: a package that is there without its binary fails here, not while training. */
async function proves(tensors: Tensors): Promise<void> {
  const product = tensors.tidy(() =>
    tensors.matMul(tensors.tensor2d([1, 2, 3, 4], [2, 2]), tensors.tensor2d([5, 6, 7, 8], [2, 2])),
  );
  const values = [...(await product.data())];
  product.dispose();
  if (values.join() !== '19,22,43,50') throw new Error(`2 × 2 product came out as ${values.join()}`);
}

const firstLine = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';

/** The fastest TensorFlow.js backend that does a small operation right: native, then wasm, then plain JavaScript. */
async function openFastest(
  candidates: readonly BackendCandidate[],
): Promise<{ tensors: Tensors | null; report: BackendReport }> {
  const passedOver: BackendReport['passedOver'] = [];
  for (const { name, open } of candidates) {
    try {
      const tensors = await open();
      await proves(tensors);
      return { tensors, report: { backend: name, passedOver } };
    } catch (error) {
      passedOver.push({ name, reason: firstLine(error) });
    }
  }
  return { tensors: null, report: { backend: null, passedOver } };
}

/** Which backend runs here, and why each faster one does not. */
export const detectBackend = async (
  candidates: readonly BackendCandidate[] = backendCandidates,
): Promise<BackendReport> => (await openFastest(candidates)).report;

/**
 * The library on its fastest backend.
 *
 * @throws no_tensor_backend, with what each one said
 */
export async function openBackend(
  candidates: readonly BackendCandidate[] = backendCandidates,
): Promise<{ tensors: Tensors; backend: BackendCandidate['name'] }> {
  const { tensors, report } = await openFastest(candidates);
  if (tensors && report.backend) return { tensors, backend: report.backend };
  const reasons = report.passedOver.map(({ name, reason }) => `${name}: ${reason}`).join('; ');
  throw new DomainError('no_tensor_backend', { reasons });
}

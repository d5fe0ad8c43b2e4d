type Tensors = typeof import('@tensorflow/tfjs');

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
export async function detectBackend(
  candidates: readonly BackendCandidate[] = backendCandidates,
): Promise<BackendReport> {
  const passedOver: BackendReport['passedOver'] = [];
  for (const { name, open } of candidates) {
    try {
      await proves(await open());
      return { backend: name, passedOver };
    } catch (error) {
      passedOver.push({ name, reason: firstLine(error) });
    }
  }
  return { backend: null, passedOver };
}

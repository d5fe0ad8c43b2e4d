import { describe, expect, it } from 'vitest';
import { type BackendCandidate, backendCandidates, detectBackend } from '#server/jobs/tensorflow.ts';

const missing: BackendCandidate = {
  name: 'tensorflow',
  open: async () => {
    throw new Error("Cannot find package '@tensorflow/tfjs-node'\nmore lines");
  },
};
const plain = backendCandidates.filter(({ name }) => name !== 'tensorflow');

describe('detectBackend', () => {
  it('finds a backend that works here', async () => {
    const { backend, passedOver } = await detectBackend();
    expect(['tensorflow', 'wasm', 'cpu']).toContain(backend);
    for (const { reason } of passedOver) expect(reason).not.toBe('');
  });

  it('goes on to wasm when the native package is missing, and says why', async () => {
    expect(await detectBackend([missing, ...plain])).toEqual({
      backend: 'wasm',
      passedOver: [{ name: 'tensorflow', reason: "Cannot find package '@tensorflow/tfjs-node'" }],
    });
  });

  it('goes on when the package is there and its operations fail', async () => {
    const broken: BackendCandidate = {
      name: 'tensorflow',
      open: async () => {
        const tensors = await plain[1]!.open();
        return {
          ...tensors,
          tidy: () => {
            throw new Error('libtensorflow.so.2: cannot open shared object file');
          },
        } as unknown as typeof tensors;
      },
    };
    const { backend, passedOver } = await detectBackend([broken, ...plain]);
    expect(backend).toBe('wasm');
    expect(passedOver[0]?.reason).toContain('libtensorflow');
  });

  it('falls to plain JavaScript last, and says when nothing works', async () => {
    expect((await detectBackend(plain.slice(1))).backend).toBe('cpu');
    expect((await detectBackend([missing])).backend).toBeNull();
  });
});

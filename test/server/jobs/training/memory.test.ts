import { describe, expect, it } from 'vitest';
import { DomainError } from '#core/errors/domain-error.ts';
import tenure from '#core/features/tenure.ts';
import { shareThatFits, withinMemory } from '#server/jobs/training/memory.ts';

const families = [{ id: 'tenure', family: tenure }];
const refused = (work: () => unknown): DomainError => {
  try {
    work();
  } catch (error) {
    if (error instanceof DomainError) return error;
  }
  throw new Error('it did not refuse');
};

describe('memory of a training', () => {
  it('takes everybody where all fit, and a share of the customers where not', () => {
    expect(shareThatFits(50_000, families, '1GB')).toBe(1);
    const share = shareThatFits(1_000_000, families, '100MB');
    expect(share).toBeGreaterThan(0.1);
    expect(share).toBeLessThan(0.5);
    expect(shareThatFits(1_000_000, families, '200MB') / share).toBeCloseTo(2, 3);
  });

  it('never takes more than a million rows', () => {
    expect(shareThatFits(4_000_000, families, '64GB')).toBe(0.25);
  });

  it('refuses, with the size, where too few would fit to be worth a model', () => {
    const error = refused(() => shareThatFits(2_000_000, families, '1MB'));
    expect(error.code).toBe('matrix_too_large');
    expect(error.details).toMatchObject({ rows: 2_000_000, columns: tenure.columns.length, limit: 1 });
    expect(error.details.megabytes).toBeGreaterThan(500);
    expect(() => shareThatFits(100, families, '1MB')).not.toThrow();
  });

  it('says so in plain words when memory ran out all the same, and leaves other failures alone', async () => {
    const size = { rows: 10, families, memory: '1GB' };
    const ranOut = withinMemory(size, async () => new Float64Array(2 ** 53 - 1));
    await expect(ranOut).rejects.toMatchObject({ code: 'matrix_too_large' });
    await expect(withinMemory(size, () => Promise.reject(new Error('other')))).rejects.toThrow('other');
    expect(await withinMemory(size, async () => 3)).toBe(3);
  });
});

import { DomainError } from '#core/errors/domain-error.ts';
import type { NamedFamily } from '#core/sql/features.ts';

/** What is held at once, in matrices: the engine's chunks or a fold's rows, the matrix, and what a learner makes of it. */
const copies = 4;
/** Target, weight, date, person, slices and labels of a row. */
const besideFeatures = 64;
/** More rows than this make a model no better and its training long. */
const mostRows = 1_000_000;
/** Fewer than this of a larger portfolio are not worth a model. */
const leastRows = 5_000;

const units: Readonly<Record<string, number>> = { MB: 1e6, GB: 1e9 };
const bytesOf = (memory: string): number => Number.parseFloat(memory) * (units[memory.slice(-2)] ?? 1);

const bytesOfRow = (families: readonly NamedFamily[]): number =>
  families
    .flatMap(({ family }) => family.columns)
    .reduce((sum, { kind }) => sum + (kind === 'numeric' ? 8 : 4), besideFeatures);

/**
 * Share of the customers whose rows fit, estimated before any is read.
 *
 * @param memory such as 4GB
 * @throws matrix_too_large, with rows, columns and what they take, when too few would fit to be worth a model
 */
export function shareThatFits(rows: number, families: readonly NamedFamily[], memory: string): number {
  const perRow = bytesOfRow(families) * copies;
  const fit = Math.floor(bytesOf(memory) / perRow);
  if (fit < Math.min(rows, leastRows))
    throw new DomainError('matrix_too_large', {
      rows,
      columns: families.reduce((sum, { family }) => sum + family.columns.length, 0),
      megabytes: Math.ceil((rows * perRow) / 1e6),
      limit: Math.floor(bytesOf(memory) / 1e6),
    });
  return Math.min(1, Math.min(fit, mostRows) / rows);
}

/** What an allocation that failed all the same says. */
const outOfMemory =
  /Array buffer allocation failed|Invalid (typed )?array length|ERR_WORKER_OUT_OF_MEMORY|Out of Memory|reached heap limit/i;

/** Does the work, saying in plain words when memory ran out. @throws matrix_too_large */
export async function withinMemory<T>(
  size: { rows: number; families: readonly NamedFamily[]; memory: string },
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (
      !(error instanceof Error) ||
      !outOfMemory.test(`${error.message} ${'code' in error ? error.code : ''}`)
    )
      throw error;
    throw new DomainError(
      'matrix_too_large',
      {
        rows: size.rows,
        columns: size.families.reduce((sum, { family }) => sum + family.columns.length, 0),
        megabytes: Math.ceil((size.rows * bytesOfRow(size.families) * copies) / 1e6),
        limit: Math.floor(bytesOf(size.memory) / 1e6),
      },
      { cause: error },
    );
  }
}

import type { Matrix } from '../../matrix.ts';
import { takeRows } from '../../matrix.ts';

/**
 * Decisions taken in the past: what was known, what was done and what followed. `matrix.target` is the outcome (0 or 1)
 * and `matrix.groups` the customer. Arm 0 is doing nothing.
 */
export interface Logged {
  matrix: Matrix & { target: Float64Array };
  arms: readonly string[];
  /** Arm taken in each row. */
  taken: Int32Array;
  /** Probability of each arm as written down when it was decided; null where it was not. */
  recorded: readonly Float64Array[] | null;
  /** 1 where the person could be given the arm; always 1 for arm 0. */
  permitted: readonly Uint8Array[];
}

const pickNumbers = (values: Float64Array, rows: Int32Array): Float64Array =>
  Float64Array.from(rows, (row) => values[row]!);

/** The rows given, in the order given. */
export function takeLogged(logged: Logged, rows: Int32Array): Logged {
  return {
    matrix: { ...takeRows(logged.matrix, rows), target: pickNumbers(logged.matrix.target, rows) },
    arms: logged.arms,
    taken: Int32Array.from(rows, (row) => logged.taken[row]!),
    recorded: logged.recorded?.map((values) => pickNumbers(values, rows)) ?? null,
    permitted: logged.permitted.map((values) => Uint8Array.from(rows, (row) => values[row]!)),
  };
}

/** Row numbers for which the condition holds, ascending. */
export function rowsWhere(rows: number, keep: (row: number) => boolean): Int32Array {
  const kept: number[] = [];
  for (let row = 0; row < rows; row++) if (keep(row)) kept.push(row);
  return Int32Array.from(kept);
}

import type { Identification } from '#core/contract/models/card.ts';
import type { Matrix, MatrixColumn } from '../../matrix.ts';
import { type Logged, rowsWhere, takeLogged } from './logged.ts';

/** Decisions as they come out of the engine, column by column. */
export type Columns = ReadonlyMap<
  string,
  | { kind: 'numeric'; values: Float64Array }
  | { kind: 'categorical'; codes: Int32Array; categories: readonly string[] }
>;

export interface Place {
  place: string;
  rows: number;
}

/** Decisions that are told apart by how the choice is known. */
export interface Stratum {
  id: 'recorded' | 'elsewhere';
  identification: Identification;
  logged: Logged;
  places: Place[];
}

export interface Decisions {
  strata: Stratum[];
  /** Rows left out because the channel attempted was not permitted by then. */
  againstPermission: number;
}

const numbers = (columns: Columns, name: string): Float64Array => {
  const column = columns.get(name);
  if (column?.kind !== 'numeric') throw new TypeError(`a numeric column ${name} was expected`);
  return column.values;
};
const texts = (columns: Columns, name: string): string[] => {
  const column = columns.get(name);
  if (column?.kind !== 'categorical') throw new TypeError(`a text column ${name} was expected`);
  return Array.from(column.codes, (code) => column.categories[code] ?? '');
};

/**
 * A column as numbers or codes; one of a kind the engine did not give (all missing) stands as a missing number.
 */
export const matrixColumns = (columns: Columns, names: readonly string[]): MatrixColumn[] =>
  names.map((name) => ({ name, ...columns.get(name)! }));

/**
 * Whether all rows that could get the same arms had the same chances: then chance alone chose, and it is a lottery.
 */
export function isLottery({ recorded, permitted, taken }: Logged): boolean {
  if (!recorded) return false;
  const seen = new Map<string, number[]>();
  for (let row = 0; row < taken.length; row++) {
    const key = permitted.map((values) => values[row]).join('');
    const chances = recorded.map((values) => values[row]!);
    const first = seen.get(key);
    if (!first) seen.set(key, chances);
    else if (first.some((value, arm) => Math.abs(value - chances[arm]!) > 1e-6)) return false;
  }
  return true;
}

/** Splits decisions by whether their chances were written down, and says what each part can be called. */
export function readDecisions(
  columns: Columns,
  arms: readonly string[],
  features: readonly string[],
): Decisions {
  const target = numbers(columns, 'row_target');
  const rows = target.length;
  const matrix: Matrix & { target: Float64Array } = {
    rows,
    columns: matrixColumns(columns, features),
    target,
    groups: Int32Array.from(numbers(columns, 'row_group')),
    day: Int32Array.from(numbers(columns, 'row_day')),
  };
  const armOf = new Map(arms.map((arm, i) => [arm, i]));
  const all: Logged = {
    matrix,
    arms,
    taken: Int32Array.from(texts(columns, 'row_arm'), (arm) => armOf.get(arm) ?? -1),
    recorded: arms.map((arm) => numbers(columns, `p_${arm}`)),
    permitted: arms.map((arm) => Uint8Array.from(numbers(columns, `permitted_${arm}`))),
  };
  const recorded = numbers(columns, 'row_recorded');
  const places = texts(columns, 'row_place');
  const could = (row: number) => all.taken[row]! >= 0 && all.permitted[all.taken[row]!]![row] === 1;
  const part = (id: Stratum['id'], wanted: number): Stratum[] => {
    const kept = rowsWhere(rows, (row) => recorded[row] === wanted && could(row));
    if (kept.length === 0) return [];
    const taken = takeLogged(all, kept);
    const logged = wanted === 1 ? taken : { ...taken, recorded: null };
    const found = new Map<string, number>();
    for (const row of kept) found.set(places[row]!, (found.get(places[row]!) ?? 0) + 1);
    const identification: Identification =
      wanted === 0 ? 'associational' : isLottery(logged) ? 'randomised' : 'recorded_propensity';
    return [
      {
        id,
        identification,
        logged,
        places: [...found].map(([place, n]) => ({ place, rows: n })).sort((a, b) => b.rows - a.rows),
      },
    ];
  };
  return {
    strata: [...part('recorded', 1), ...part('elsewhere', 0)],
    againstPermission: rowsWhere(rows, (row) => !could(row)).length,
  };
}

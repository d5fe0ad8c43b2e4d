import type { Matrix } from '../matrix.ts';

/** A column of labels that rows are shown apart by, such as the product; -1: unknown. */
export interface PartColumn {
  id: string;
  codes: Int32Array;
  labels: readonly string[];
}

export interface Part {
  id: string;
  /** Places in the list of rows shown. */
  places: Int32Array;
}

/** Rows under which a bucket, product or month has no line of its own. */
export const leastRows = 30;

interface Parted {
  matrix: Matrix;
  /** Rows shown. */
  shown: Int32Array;
  /** One 0/1 column (NaN: unknown) for each slice of the question. */
  slices: Readonly<Record<string, Float64Array>>;
  columns: readonly PartColumn[];
  /** Rows fitted on, where the shown ones come after them: people seen and not seen are then told apart. */
  fittedOn?: Int32Array | undefined;
}

/**
 * The parts results are given for: all, each slice, out of time people none of whose rows were trained on, and from 30
 * rows each bucket, product and month, as `bucket:1-29`.
 */
export function partsOf({ matrix, shown, slices, columns, fittedOn }: Parted): Part[] {
  const every = Int32Array.from(shown.keys());
  const parts = [{ id: 'all', places: every }];
  for (const [id, values] of Object.entries(slices))
    parts.push({ id, places: every.filter((i) => values[shown[i]!] === 1) });
  if (fittedOn) {
    const known = new Set(Array.from(fittedOn, (row) => matrix.groups[row]!));
    parts.push({
      id: 'unseen_customers',
      places: every.filter((i) => !known.has(matrix.groups[shown[i]!]!)),
    });
  }
  const labelled = [...columns, monthsOf(matrix)].flatMap(({ id, codes, labels }) =>
    labels.map((label, code) => ({
      id: `${id}:${label}`,
      places: every.filter((i) => codes[shown[i]!] === code),
    })),
  );
  return [
    ...parts.filter(({ places }) => places.length > 0),
    ...labelled.filter(({ places }) => places.length >= leastRows),
  ];
}

const dayMs = 86_400_000;

/** The month of each row's date, as 2026-05. */
function monthsOf({ day }: Matrix): PartColumn {
  const month = (value: number) => new Date(value * dayMs).toISOString().slice(0, 7);
  const ofDay = new Map([...new Set(day)].map((value) => [value, month(value)]));
  const labels = [...new Set(ofDay.values())].sort();
  const code = new Map([...ofDay].map(([value, label]) => [value, labels.indexOf(label)]));
  return { id: 'month', labels, codes: day.map((value) => code.get(value) ?? -1) };
}

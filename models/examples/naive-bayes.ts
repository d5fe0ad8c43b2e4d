import { z } from 'zod';
import { field } from '#core/text/field.ts';
import type { Fitted, Learner } from '#models/learner.ts';
import type { Matrix, MatrixColumn } from '#models/matrix.ts';

const options = z.object({
  smoothing: z
    .number()
    .positive()
    .default(1)
    .meta(field('Filas que se suman a cada tramo', 'Rows added to each bin')),
});
const saved = z.object({
  prior: z.number(),
  columns: z.record(
    z.string(),
    z.object({ cuts: z.array(z.number()), odds: z.record(z.string(), z.number()) }),
  ),
});
type Saved = z.output<typeof saved>;

/** The tenth a number falls in, or the category itself; missing is a value. */
function binOf(column: MatrixColumn, row: number, cuts: readonly number[]): string {
  if (column.kind === 'categorical') return column.categories[column.codes[row]!] ?? 'missing';
  const value = column.values[row]!;
  return Number.isNaN(value) ? 'missing' : String(cuts.filter((cut) => value > cut).length);
}

function model(state: Saved): Fitted {
  return {
    predict(matrix: Matrix) {
      const odds = new Float64Array(matrix.rows).fill(state.prior);
      for (const column of matrix.columns) {
        const known = state.columns[column.name];
        if (known)
          for (let i = 0; i < matrix.rows; i++) odds[i]! += known.odds[binOf(column, i, known.cuts)] ?? 0;
      }
      return odds.map((value) => 1 / (1 + Math.exp(-Math.max(-30, Math.min(30, value)))));
    },
    save: () => state,
  };
}

/** Log odds of each column's bins added up, as if columns were independent. Copied to `models/learners/`, it is a learner. */
const naiveBayes: Learner<z.output<typeof options>> = {
  text: {
    title: { es: 'Bayes ingenuo', en: 'Naive Bayes' },
    summary: {
      es: 'Suma lo que dice cada columna por su lado',
      en: 'Adds up what each column says by itself',
    },
  },
  options,
  fit({ matrix, options: { smoothing }, onProgress, checkCancelled }) {
    const target = matrix.target!;
    const weight = (row: number) => matrix.weights?.[row] ?? 1;
    const tally = (rows: Iterable<number>) => {
      let [n, events] = [0, 0];
      for (const row of rows) {
        n += weight(row);
        events += weight(row) * target[row]!;
      }
      return { n, events };
    };
    const every = Array.from({ length: matrix.rows }, (_, row) => row);
    const all = tally(every);
    const share = all.events / all.n;
    const prior = Math.log(share / (1 - share));
    const columns: Saved['columns'] = {};
    matrix.columns.forEach((column, done) => {
      checkCancelled();
      const known =
        column.kind === 'numeric' ? column.values.filter((value) => !Number.isNaN(value)).sort() : [];
      const cuts = known.length
        ? [
            ...new Set(
              [1, 2, 3, 4, 5, 6, 7, 8, 9].map((tenth) => known[Math.floor((tenth * known.length) / 10)]!),
            ),
          ]
        : [];
      const odds: Record<string, number> = {};
      const bins = new Map<string, number[]>();
      for (const row of every) {
        const bin = binOf(column, row, cuts);
        const rows = bins.get(bin);
        if (rows) rows.push(row);
        else bins.set(bin, [row]);
      }
      for (const [bin, rows] of bins) {
        const { n, events } = tally(rows);
        odds[bin] = Math.log((events + smoothing * share) / (n - events + smoothing * (1 - share))) - prior;
      }
      columns[column.name] = { cuts, odds };
      onProgress({ done: (done + 1) / matrix.columns.length, note: column.name });
    });
    return model({ prior, columns });
  },
  restore: (given) => model(saved.parse(given)),
};
export default naiveBayes;

import { literal, raw, sql } from '#core/sql/sql.ts';
import type { Matrix, MatrixColumn } from '#models/matrix.ts';
import type { Engine } from '#server/engine/engine.ts';
import { readTrainingSet } from '#server/jobs/training/matrix.ts';
import { decisionDatesOf, familiesAtHand, questionOf } from '#server/jobs/training/plan.ts';
import { loadFile } from '../files/load.ts';
import { shared } from '../shared.ts';
import type { TestWorkspace } from '../workspace.ts';

/** Real sets as a scorer meets them: a file, its target, the columns left out, and how missing is written. */
const sets = {
  'taiwan default': {
    file: 'data/taiwan_credit_default/UCI_Credit_Card.csv.gz',
    target: '"default.payment.next.month"',
    without: ['ID', 'default.payment.next.month'],
    options: '',
  },
  'bank marketing': {
    file: 'data/bank_marketing/bank-additional-full.csv.gz',
    target: `CASE WHEN "y" = 'yes' THEN 1 ELSE 0 END`,
    without: ['y', 'duration'],
    options: `, delim = ';'`,
  },
  hmeq: { file: 'data/hmeq/hmeq.csv', target: '"BAD"', without: ['BAD'], options: '' },
} as const;

export type RealSet = keyof typeof sets;
export const realSets = Object.keys(sets) as RealSet[];

/** A real set as a matrix, its rows in the order of the file; each is a group of its own. */
export async function readRealSet(engine: Engine, name: RealSet): Promise<Matrix & { target: Float64Array }> {
  const { file, target, without, options } = sets[name];
  const from = sql`read_csv(${literal(shared(file))}${raw(options)}, sample_size = -1)`;
  const left = raw(without.map((column) => `"${column}"`).join(', '));
  const { rows, columns } = await engine.columns(
    sql`SELECT * EXCLUDE (${left}), CAST(${raw(target)} AS DOUBLE) AS row_target FROM ${from}`,
  );
  const wanted = columns.get('row_target');
  columns.delete('row_target');
  return {
    rows,
    columns: [...columns].map(([column, values]): MatrixColumn => ({ name: column, ...values })),
    target: wanted?.kind === 'numeric' ? wanted.values : new Float64Array(),
    groups: Int32Array.from({ length: rows }, (_, i) => i),
    day: new Int32Array(rows),
  };
}

/** Who was late in July 2005 and was not in August, as self-cure asks; `entries` marks those newly late. */
export async function readCures(workspace: TestWorkspace): Promise<Matrix & { entries: Float64Array }> {
  const { context } = workspace;
  await loadFile(workspace, shared('data/taiwan_credit_default/UCI_Credit_Card.csv.gz'), 'taiwan');
  const question = questionOf(context.registry, 'self-cure');
  const parameters = question.parameters.parse({
    minDaysPastDue: 1,
    maxDaysPastDue: 240,
    rows: 'late_dates',
  });
  const { families } = await familiesAtHand(context, question);
  const { chosen } = await decisionDatesOf(context, question, parameters, ['2005-07-31']);
  const scope = { question, parameters, dates: chosen };
  const { matrix, slices } = await readTrainingSet(context.engine, scope, families, { share: 1, seed: 1 });
  return { ...matrix, entries: slices.new_entries! };
}

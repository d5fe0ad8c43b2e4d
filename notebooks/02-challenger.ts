// %% [markdown] lang="es"
// # Una retadora hecha afuera
// Se baja la matriz exacta de un modelo, se ajusta aquí algo sencillo, se envían las predicciones y quedan registradas
// como otra versión, juzgada en las mismas filas. Lo mismo sirve desde Python o R: la matriz sale en Arrow y las
// predicciones entran en Arrow, Parquet o CSV.

// %% [markdown] lang="en"
// # A challenger made elsewhere
// The exact matrix of a model is pulled, something simple is fitted here, and the predictions are pushed and stand
// registered as another version, judged on the same rows. The same works from Python or R: the matrix leaves as Arrow,
// and predictions come in as Arrow, Parquet or CSV.

// %% La matriz / The matrix
import { contract } from '#core/contract/index.ts';
import { raw, sql } from '#core/sql/sql.ts';
import { evaluate } from '#models/evaluate.ts';
import { fitLogistic } from '#models/maths/logistic.ts';
import { columns, told, verdicts } from './figures/challenger.ts';
import { arrow, client, lay, push, rows } from './kit/data.ts';
import { check, notYet, say, table } from './kit/show.ts';

const model = 'self-cure';
const line = await client.system.line();
const isDone = (step: string): boolean =>
  line.steps.some(({ name, state }) => name === step && (state === 'done' || state === 'stale'));
const versions = (await client.models.list()).versions.filter(
  ({ model: asked, learner }) => asked === model && learner !== 'external',
);
const version = versions.find(({ state }) => state === 'champion') ?? versions[0];
const current = version?.card.data.dataVersion === line.workspace.dataVersion ? version : undefined;
if (!isDone('load')) notYet('load');
else if (!current) notYet('train');
const params = { versionId: current?.id ?? '' };
const about = current ? await client.externalModels.rows({ params }) : null;
const matrix = current
  ? await arrow(contract.models.matrix, { params, query: { format: 'arrow' } })
  : undefined;
interface Row {
  account: string;
  day: string;
  person: number;
  target: number;
  weight: number;
}
let people: Row[] = [];
if (matrix && about) {
  await lay('matrix', matrix);
  check(told.matrix, matrix.numRows, about.rows);
  people = await rows<Row>(sql`SELECT row_account AS account, CAST(row_day AS VARCHAR) AS day,
    row_group AS person, row_target AS target, ${raw(matrix.getChild('row_weight') ? 'row_weight' : '1e0')} AS weight
    FROM matrix ORDER BY row_day, row_account`);
}

// %% [markdown] lang="es"
// ## Una regresión logística sencilla
// Números estandarizados, lo que falta en su media, una penalización pequeña. Nunca se predice una fila con un modelo
// que la vio: con varias fechas se ajusta en las primeras; con una sola, por mitades de personas.

// %% [markdown] lang="en"
// ## A plain logistic regression
// Standardised numbers, what is missing at its mean, a small penalty. No row is predicted by a model that saw it: with
// several dates it is fitted on the first ones; with one only, by halves of the people.

// %% El ajuste / The fit
const design: Float64Array[] = [];
for (const name of about?.features ?? []) {
  const column = matrix!.getChild(name)!;
  const values = Float64Array.from({ length: matrix!.numRows }, (_, i) => {
    const value: unknown = column.get(i);
    return typeof value === 'number' ? value : Number.NaN;
  });
  const known = values.filter(Number.isFinite);
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
  const spread = Math.sqrt(known.reduce((sum, value) => sum + (value - mean) ** 2, 0) / known.length);
  if (known.length > 0.5 * values.length && spread > 0)
    design.push(values.map((value) => (Number.isFinite(value) ? (value - mean) / spread : 0)));
}

function predict(fitOn: readonly number[], of: readonly number[]): Map<number, number> {
  const { intercept, coefficients } = fitLogistic({
    columns: design.map((column) => Float64Array.from(fitOn, (row) => column[row]!)),
    target: Float64Array.from(fitOn, (row) => people[row]!.target),
    weights: Float64Array.from(fitOn, (row) => people[row]!.weight),
    penalties: design.map(() => 5),
  });
  const odds = (row: number) =>
    coefficients.reduce((sum, coefficient, j) => sum + coefficient * design[j]![row]!, intercept);
  return new Map(of.map((row) => [row, 1 / (1 + Math.exp(-odds(row)))]));
}

const every = [...people.keys()];
const tested = every.filter((row) => about?.testedOn.includes(people[row]!.day));
const half = (which: number) => every.filter((row) => people[row]!.person % 2 === which);
const predicted = new Map(
  about?.validation === 'out_of_time'
    ? predict(
        every.filter((row) => about.trainedOn.includes(people[row]!.day)),
        tested,
      )
    : about
      ? [...predict(half(0), half(1)), ...predict(half(1), half(0))]
      : [],
);

// %% [markdown] lang="es"
// ## Enviada y juzgada

// %% [markdown] lang="en"
// ## Pushed and judged

// %% La comparación / The comparison
export const challenger: { versionId: string | null } = { versionId: null };
if (current && about) {
  const body = [
    'account_id,as_of,probability',
    ...tested.map((row) => `${people[row]!.account},${people[row]!.day},${predicted.get(row)}`),
  ].join('\n');
  const send = () =>
    push<{ versionId: string }>(
      contract.externalModels.predictions as never,
      {
        params: { model },
        query: { versionId: current.id, matrixHash: about.matrixHash, method: 'logistic, notebook' },
      },
      body,
    );
  challenger.versionId = (await send()).versionId;
  check(told.again, (await send()).versionId, challenger.versionId);
  const { card } = await client.models.get({ params: { versionId: challenger.versionId } });
  const [theirs, ours] = [current.card.results[0]!, card.results[0]!];
  const here = evaluate(
    'all',
    Float64Array.from(tested, (row) => people[row]!.target),
    Float64Array.from(tested, (row) => predicted.get(row)!),
    {
      weights: Float64Array.from(tested, (row) => people[row]!.weight),
      groups: Int32Array.from(tested, (row) => people[row]!.person),
    },
  );
  check(told.rows, ours.n, theirs.n);
  check(told.events, ours.events, theirs.events);
  check(told.auc, here.auc.estimate, ours.auc.estimate);
  for (const name of ['ks', 'logLoss', 'brier', 'calibrationSlope'] as const)
    check(told[name], here[name], ours[name]);
  table(
    [
      { name: columns.champion, result: theirs },
      { name: columns.challenger, result: ours },
    ],
    [
      { title: columns.model, cell: ({ name }, _, locale) => name[locale] },
      ...(['logLoss', 'brier', 'ks'] as const).map((name) => ({
        title: told[name],
        align: 'right' as const,
        cell: ({ result }: { result: typeof ours }) => result[name]?.toFixed(4) ?? '–',
      })),
      { title: told.auc, align: 'right', cell: ({ result }) => result.auc.estimate?.toFixed(4) ?? '–' },
    ],
  );
  const [a, b] = [ours.auc.estimate ?? 0.5, theirs.auc.estimate ?? 0.5];
  say({
    text: a > b ? verdicts.better : verdicts.worse,
    values: { challenger: a.toFixed(3), champion: b.toFixed(3) },
  });
}

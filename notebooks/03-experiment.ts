// %% [markdown] lang="es"
// # Un experimento, vuelto a calcular
// Se bajan por la API las personas, sus saldos y sus pagos, se rehace una fila por persona y con aritmética corriente
// se vuelven a calcular la proporción entre brazos, el efecto, el efecto ajustado por lo que se sabía antes y los
// límites de las revisiones. Al lado, lo que dicen los resultados, y la distancia.

// %% [markdown] lang="en"
// # An experiment, reckoned again
// People, their balances and their payments are pulled through the API, one row a person is made anew, and with plain
// arithmetic the ratio between arms, the effect, the effect adjusted by what was known before and the boundaries of the
// looks are reckoned again. Beside them, what the results say, and how far apart they are.

// %% El experimento / The experiment
import { methods } from '#core/experiment/results/words/methods.ts';
import { raw, sql } from '#core/sql/sql.ts';
import { chiSquareUpper } from '#core/stats/distributions/chi-square.ts';
import { columns, told, words } from './figures/experiment.ts';
import { obrienFleming } from './kit/boundaries.ts';
import { client, dataset, rows } from './kit/data.ts';
import { covariance, mean, solve } from './kit/least-squares.ts';
import { check, notYet, say, table } from './kit/show.ts';
import { unitRows, unitTables } from './queries/units.ts';

const line = await client.system.line();
const isDone = (step: string): boolean =>
  line.steps.some(({ name, state }) => name === step && (state === 'done' || state === 'stale'));
const candidates = (await client.experiments.list()).experiments.filter(
  ({ state, design }) => state !== 'draft' && design.metric.id === 'cured',
);
const found = await Promise.all(
  candidates.map(async (experiment) => ({
    experiment,
    results: await client.experimentResults.get({ params: { experimentId: experiment.id } }),
  })),
);
const lastLook = ({ results }: (typeof found)[number]) =>
  results.looks.findLast(({ state }) => state === 'done');
const chosen = found.find((one) => lastLook(one)) ?? found[0];
if (!isDone('load')) notYet('load');
else if (!chosen) notYet('assign');
const arms = chosen
  ? [
      chosen.experiment.design.control,
      ...chosen.experiment.design.arms
        .map(({ name }) => name)
        .filter((name) => name !== chosen.experiment.design.control),
    ]
  : [];
if (chosen)
  say({
    text: words.chosen,
    values: {
      name: chosen.experiment.design.name,
      people: (f) => f.integer(chosen.results.people),
      days: chosen.experiment.design.metric.horizonDays,
      verdict: (_, locale) => chosen.results.verdict.headline[locale],
    },
  });

// %% [markdown] lang="es"
// ## ¿Quedó la gente que debía en cada brazo?
// Ji cuadrado de las cuentas contra los pesos del plan: la suma de (visto − esperado)² ÷ esperado.

// %% [markdown] lang="en"
// ## Are there as many people in each arm as there should be?
// Chi-square of the counts against the weights of the plan: the sum of (seen − expected)² ÷ expected.

// %% La proporción / The ratio
if (chosen) {
  const { experiment, results } = chosen;
  await dataset('assignments');
  const drawn = await rows<{ arm: string; n: number; entered: number }>(
    sql`SELECT arm, CAST(count(*) AS INTEGER) AS n,
      CAST(count(*) FILTER (CAST(entered_on AS DATE) <= CAST(${results.asOf} AS DATE)) AS INTEGER) AS entered
      FROM assignments WHERE experiment_id = ${experiment.id} GROUP BY arm ORDER BY arm`,
  );
  for (const { name, assigned } of experiment.arms)
    check(told.assigned, drawn.find(({ arm }) => arm === name)?.n ?? 0, assigned, { arm: name });
  check(
    told.people,
    drawn.reduce((sum, { entered }) => sum + entered, 0),
    results.people,
  );
  const { design } = experiment;
  const weights = design.arms.reduce((sum, { weight }) => sum + weight, 0);
  for (const { stage, counts, pValue } of experiment.lost) {
    const total = counts.reduce((sum, { n }) => sum + n, 0);
    const square = counts.reduce((sum, { arm, n }) => {
      const expected = (total * design.arms.find(({ name }) => name === arm)!.weight) / weights;
      return sum + (n - expected) ** 2 / expected;
    }, 0);
    check(told.stage, total > 0 ? chiSquareUpper(square, counts.length - 1) : null, pValue, { stage });
  }
}

// %% [markdown] lang="es"
// ## Los límites de las revisiones
// O’Brien y Fleming por gasto de Lan y DeMets: lo gastado a la fracción t es 2(1 − Φ(z ÷ √t)). El segundo límite sale de
// integrar la densidad de lo que el primero dejó seguir.

// %% [markdown] lang="en"
// ## The boundaries of the looks
// O’Brien and Fleming by the spending of Lan and DeMets: spent at the fraction t is 2(1 − Φ(z ÷ √t)). The second
// boundary comes from integrating the density of what the first let go on.

// %% Los límites / The boundaries
const rounded = (value: number | null): number | null => (value === null ? null : Number(value.toFixed(3)));
if (chosen) {
  const { design } = chosen.experiment;
  const { looks } = chosen.results;
  const crossed = looks.some((look) => look.arms.some((arm) => arm.crossed !== 'none'));
  const usual = design.analysis.inference !== 'always_valid' && design.analysis.spending === 'obrien_fleming';
  if (usual && !crossed && looks.length <= 2) {
    const alpha = design.correction === 'holm' ? design.alpha / (arms.length - 1) : design.alpha;
    const bounds = obrienFleming(
      alpha,
      looks.map(({ information }) => information ?? 0),
    );
    for (const [i, { number, boundary }] of looks.entries())
      check(told.boundary, rounded(bounds[i]!), rounded(boundary.upper), { number });
  }
}

// %% [markdown] lang="es"
// ## El efecto, simple y ajustado
// Simple: la diferencia de las partes, con su error √(p(1−p)/n + q(1−q)/m). Ajustado (CUPED): a la diferencia se le quita
// θ veces la de lo que se sabía al entrar, con la θ que deja menos varianza.

// %% [markdown] lang="en"
// ## The effect, plain and adjusted
// Plain: the difference of the shares, with its error √(p(1−p)/n + q(1−q)/m). Adjusted (CUPED): θ times the difference of
// what was known at entry is taken from it, with the θ that leaves the least variance.

// %% El efecto / The effect
const look = chosen && lastLook(chosen);
if (chosen && !look) say(words.open);
if (chosen && look) {
  const { experiment, results } = chosen;
  const { horizonDays } = experiment.design.metric;
  for (const name of unitTables) {
    await dataset(name);
    await rows(sql`CREATE OR REPLACE VIEW ${raw(`current_${name}`)} AS SELECT * FROM ${raw(name)}`);
  }
  await dataset('scores');
  const { versions } = await client.models.list();
  const ofClearing = versions.filter(({ model }) => model === 'self-cure').map(({ id }) => id);
  const scored = await rows<{ version: string }>(
    sql`SELECT DISTINCT version_id AS version FROM scores WHERE CAST(as_of AS DATE) = CAST(${experiment.asOf} AS DATE)`,
  );
  /** Versions stand newest first. */
  const version = ofClearing.find((id) => scored.some((one) => one.version === id));
  type Unit = Record<'y' | 'days_past_due' | 'relative_arrears' | 'paid_before' | 'score', number | null> & {
    arm: string;
  };
  const units = await rows<Unit>(
    unitRows({
      experimentId: experiment.id,
      asOf: results.asOf,
      by: look.on,
      horizonDays,
      score: version ? { versionId: version, asOf: experiment.asOf } : null,
    }),
  );
  const known = ['days_past_due', 'relative_arrears', 'paid_before', 'score'] as const;
  /** What is not known counts as the mean of those of whom it is. */
  const centres = known.map((name) => {
    const values = units.flatMap((unit) => (unit[name] === null ? [] : [unit[name]]));
    return values.length ? mean(values) : 0;
  });
  const of = (arm: string) => units.filter((unit) => unit.arm === arm);
  const outcome = (arm: string) => of(arm).map(({ y }) => Number(y));
  const before = (arm: string) => known.map((name, k) => of(arm).map((unit) => unit[name] ?? centres[k]!));
  const control = arms[0]!;
  const primary = results.metrics.find(({ role }) => role === 'primary')!;
  for (const { arm, n, mean: share } of primary.arms) {
    check(told.matured, of(arm).length, n, { arm });
    check(told.mean, mean(outcome(arm)), share, { arm });
  }
  const lines: { arm: string; method: keyof typeof columns; here: number; there: number | null }[] = [];
  for (const arm of arms.slice(1)) {
    const sides = [control, arm];
    const shares = sides.map((one) => mean(outcome(one)));
    const sizes = sides.map((one) => outcome(one).length);
    const plain = shares[1]! - shares[0]!;
    const error = Math.sqrt(shares.reduce((sum, p, i) => sum + (p * (1 - p)) / sizes[i]!, 0));
    const said = results.sensitivity.filter((one) => one.arm === arm).map(({ effect }) => effect);
    check(told.difference, plain, said[0]!.estimate, { arm });
    check(told.error, error, said[0]!.standardError, { arm });
    const comparison = primary.comparisons.find((one) => one.arm === arm)!;
    check(told.lift, plain / Math.abs(shares[0]!), comparison.relative.estimate, { arm });
    /** Sums over both arms of how two columns vary together, each over its people: the variance of a difference. */
    const across = (a: (one: string) => number[], b: (one: string) => number[]) =>
      sides.reduce((sum, one, i) => sum + covariance(a(one), b(one)) / sizes[i]!, 0);
    const fact = (k: number) => (one: string) => before(one)[k]!;
    const facts = known.map((_, k) => fact(k));
    const theta = solve(
      facts.map((a) => facts.map((b) => across(a, b))),
      facts.map((a) => across(a, outcome)),
    );
    const left = (one: string) =>
      outcome(one).map((y, i) => theta.reduce((sum, t, k) => sum - t * before(one)[k]![i]!, y));
    const adjusted = mean(left(arm)) - mean(left(control));
    const cuped = said.find(({ method }) => method.en === methods.cuped.en)!;
    lines.push(
      { arm, method: 'plain', here: plain, there: said[0]!.estimate },
      { arm, method: 'cuped', here: adjusted, there: cuped.estimate },
      { arm, method: 'regression', here: leastSquares(sides), there: comparison.judged.estimate },
    );
    /** The coefficient of the arm in one regression on the arm and what was known: not the plan's way, but near it. */
    function leastSquares(pair: readonly string[]): number {
      const table = pair.flatMap((one, side) =>
        outcome(one).map((y, i) => ({ y, x: [1, side, ...before(one).map((values) => values[i]!)] })),
      );
      const size = known.length + 2;
      const sums = Array.from({ length: size }, (_, a) =>
        Array.from({ length: size }, (__, b) => table.reduce((sum, { x }) => sum + x[a]! * x[b]!, 0)),
      );
      const right = Array.from({ length: size }, (_, a) =>
        table.reduce((sum, { x, y }) => sum + x[a]! * y, 0),
      );
      return solve(sums, right)[1]!;
    }
  }
  const points = (value: number | null) => (value === null ? null : 100 * value);
  table(lines, [
    { title: columns.arm, cell: ({ arm }) => `${arm} − ${control}` },
    { title: columns.method, cell: ({ method }, _, locale) => columns[method][locale] },
    { title: columns.here, align: 'right', cell: ({ here }, f) => f.points(points(here), 3) },
    { title: columns.there, align: 'right', cell: ({ there }, f) => f.points(points(there), 3) },
    {
      title: columns.apart,
      align: 'right',
      cell: ({ here, there }, f) => f.points(points(there === null ? null : here - there), 3),
    },
  ]);
}
export const experimentId: string | null = chosen?.experiment.id ?? null;

// %% [markdown] lang="es"
// # La línea, de la carga a la exportación
//
// Este cuaderno recorre un espacio de trabajo de principio a fin y **vuelve a calcular** lo que afirma: baja las tablas
// crudas en Arrow a un DuckDB propio, rehace cada cifra con otro SQL o con las funciones de `core/` y la compara con
// la de la API. No escribe nada. Donde falta un paso de la línea, lo dice y da la orden que lo hace.

// %% [markdown] lang="en"
// # The line, from load to export
//
// This notebook walks a workspace from end to end and **reckons again** what it states: it pulls the raw tables as
// Arrow into a DuckDB of its own, makes each figure anew with other SQL or with the functions of `core/`, and holds it
// against the API's. It writes nothing. Where a step of the line is missing, it says so and gives the command for it.

// %% Dónde está la línea / Where the line stands
import { contract } from '#core/contract/index.ts';
import type { LineStep } from '#core/contract/system.ts';
import { assignPeople } from '#core/experiment/assigning/assign.ts';
import { levelOf } from '#core/experiment/many/levels.ts';
import { sampleRatio } from '#core/experiment/monitoring/sample-ratio.ts';
import { powerFor } from '#core/experiment/power/comparison.ts';
import { familyOf } from '#core/experiment/power/design-size.ts';
import { smallestEffect } from '#core/experiment/power/solve.ts';
import { list, raw, sql } from '#core/sql/sql.ts';
import { wilson } from '#core/stats/wilson.ts';
import type { Text } from '#core/text/text.ts';
import { evaluate } from '#models/evaluate.ts';
import { calibrationCurve } from '#models/metrics/calibration.ts';
import { type ArmDifference, balanceOfArms, keptBack } from './figures/arms.ts';
import { digest } from './figures/digest.ts';
import { calibrated, metrics, separation } from './figures/model.ts';
import { checked, remarks } from './figures/names.ts';
import { lateShares, portfolioSentence, returnsToZero, scoreSpread } from './figures/portfolio.ts';
import { powerAgainstTrials } from './figures/power.ts';
import { trainAgain } from './kit/again.ts';
import { arrow, bytes, client, dataset, lay, rows } from './kit/data.ts';
import { chart, check, notYet, say, table } from './kit/show.ts';
import { drawnTrials } from './kit/trials.ts';
import { stepStates, steps } from './kit/words.ts';
import { areaByRanks } from './queries/area-by-ranks.ts';
import { armDifferences } from './queries/arm-differences.ts';
import { type StageCounts, stageCounts } from './queries/stage-counts.ts';
import { createStates, returnsFrom } from './queries/states.ts';

const line = await client.system.line();
const isDone = (step: LineStep): boolean =>
  line.steps.some(({ name, state }) => name === step && (state === 'done' || state === 'stale'));
table(line.steps, [
  { title: { es: 'Paso', en: 'Step' }, cell: ({ name }, _, locale) => steps[name].name[locale] },
  { title: { es: 'Estado', en: 'State' }, cell: ({ state }, _, locale) => stepStates[state][locale] },
  { title: { es: 'Cuándo (UTC)', en: 'When (UTC)' }, cell: ({ doneAt }, f) => f.instant(doneAt) },
]);

// %% [markdown] lang="es"
// ## 1. La carga
// Las tablas enteras contra el resumen de la página. Los saldos se suman exactos, en decimales, y por moneda: nunca
// entre monedas.

// %% [markdown] lang="en"
// ## 1. The load
// The whole tables against the summary of the page. Balances are added exactly, as decimals, and by currency: never
// across currencies.

// %% La carga / The load
const summary = isDone('load') ? await client.portfolio.summary() : null;
if (summary === null) notYet('load');
else {
  const accounts = await dataset('accounts');
  const customers = await dataset('customers');
  const snapshots = await dataset('snapshots');
  say(portfolioSentence(summary, snapshots));
  check(checked.accounts, accounts, summary.accounts);
  check(checked.people, customers, summary.customers);
  await rows(createStates);
  const owed = await rows<{ currency: string; balance: string }>(sql`
    SELECT currency, CAST(CAST(sum(balance) AS DECIMAL(38, 2)) AS VARCHAR) AS balance
    FROM states WHERE month = (SELECT max(month) FROM states) AND state NOT IN ('charged_off', 'closed')
    GROUP BY currency ORDER BY currency`);
  for (const { currency, balance } of owed) {
    const there = summary.currencies.find((total) => total.currency === currency)?.balance ?? null;
    check(checked.balance, balance, there, { currency });
  }
}

// %% [markdown] lang="es"
// ## 2. La mora por tramos
// Cada cuenta cuenta una vez al mes. La mora es un conteo completo y no lleva intervalo; la vuelta a 0 es una
// proporción y lleva el suyo (Wilson, 95 %).

// %% [markdown] lang="en"
// ## 2. Days past due, by bucket
// Each account counts once a month. Ageing is a full count and carries no interval; the return to 0 is a share and
// carries its own (Wilson, 95 %).

// %% La mora por tramos / Ageing
if (summary === null) notYet('load');
else {
  const aged = await rows<{ asOf: string; band: string; accounts: number; share: number }>(sql`
    SELECT CAST(max(as_of) OVER (PARTITION BY month) AS VARCHAR) AS "asOf", state AS band, accounts,
      accounts / sum(accounts) FILTER (WHERE state NOT IN ('charged_off', 'closed')) OVER (PARTITION BY month) AS share
    FROM (SELECT month, max(as_of) AS as_of, state, count(*) AS accounts FROM states GROUP BY month, state)
    ORDER BY month, state`);
  chart(lateShares(aged));
  const told = await client.kpis.get({ params: { kpi: 'ageing' } });
  const latest = aged.filter(({ asOf }) => asOf === aged.at(-1)?.asOf);
  for (const { band, accounts } of latest) {
    const there = told.rows.filter(({ as_of, bucket }) => as_of === told.asOf && bucket === band);
    const total = there.reduce((sum, row) => sum + Number(row.accounts), 0);
    check(checked.bucket, accounts, total, { band });
  }
  const [entry] = await rows<{ state: string }>(sql`SELECT state FROM states
    WHERE days_past_due > 0 AND state NOT IN ('charged_off', 'closed') GROUP BY state ORDER BY count(*) DESC LIMIT 1`);
  if (entry) {
    const counted = await rows<{ asOf: string; n: number; cured: number }>(returnsFrom(entry.state));
    const returns = counted.map(({ asOf, n, cured }) => ({ asOf, n, ...wilson(cured, n) }));
    chart(returnsToZero(returns, entry.state));
    const rolls = (await client.kpis.get({ params: { kpi: 'roll-rates' } })).rows.filter(
      ({ currency, before }) => currency === null && before === entry.state,
    );
    const there = rolls.length ? Number(rolls.find(({ after }) => after === '0')?.share ?? 0) : null;
    check(checked.returned, returns.at(-1)?.estimate ?? null, there);
  }
}

// %% [markdown] lang="es"
// ## 3. El modelo
// Se baja la matriz con la que se entrenó. Con varias fechas, el SQL publicado del puntaje se aplica aquí a las filas
// de prueba; con una sola, el entrenamiento se repite entero con su semilla. El AUC se cuenta además por rangos.

// %% [markdown] lang="en"
// ## 3. The model
// The matrix it was trained on is pulled. With several dates, the published SQL of the score is applied here to the
// test rows; with one only, the whole training is repeated under its seed. The AUC is counted by ranks as well.

// %% El modelo / The model
const versions = isDone('train') ? (await client.models.list()).versions : [];
const version = versions.find(({ state }) => state === 'champion') ?? versions[0];
export const recomputed: { auc: number | null } = { auc: null };
if (!version) notYet('train');
else if (version.card.data.dataVersion !== line.workspace.dataVersion) say(remarks.earlierData);
else {
  const { card } = version;
  say(card.question);
  const params = { versionId: version.id };
  const matrix = await arrow(contract.models.matrix, { params, query: { format: 'arrow' } });
  await lay('matrix', matrix);
  check(checked.matrixRows, matrix.numRows, card.population.n);
  const [told, base] = [card.results[0], card.baselines];
  const others = base.map(({ title, results }) => ({ title, ...results[0]!.auc }));
  const found =
    card.validation.kind === 'out_of_time' ? await judgeTestRows() : await trainAgain(matrix, version);
  const here = found.results[0]!;
  recomputed.auc = here.auc.estimate;
  check(checked.auc, recomputed.auc, told?.auc.estimate ?? null);
  for (const [name, title] of Object.entries(metrics) as [keyof typeof metrics, Text][])
    check(title, here[name], told?.[name] ?? null);
  chart(separation([{ title: { es: 'El modelo', en: 'The model' }, ...here.auc }, ...others]));
  chart(calibrated(found.calibration, here.calibrationSlope));

  async function judgeTestRows() {
    const score = raw((await client.models.sql({ params })).sql);
    const weight = raw(matrix.getChild('row_weight') ? 'row_weight' : '1e0');
    await rows(sql`CREATE TABLE judged AS SELECT row_target AS target, row_group AS person, ${weight} AS weight, CAST(${score} AS DOUBLE) AS p FROM matrix
      WHERE CAST(row_day AS VARCHAR) IN ${list(card.validation.testedOn)}`);
    const [ranked] = await rows<{ area: number }>(areaByRanks('judged'));
    check(checked.aucByRanks, ranked?.area ?? null, told?.auc.estimate ?? null);
    const judged = await rows<{ target: number; person: number; weight: number; p: number }>(
      sql`SELECT target, person, weight, p FROM judged`,
    );
    const target = Float64Array.from(judged, (row) => row.target);
    const p = Float64Array.from(judged, (row) => row.p);
    const counting = {
      weights: Float64Array.from(judged, (row) => row.weight),
      groups: Int32Array.from(judged, (row) => row.person),
    };
    return {
      results: [evaluate('all', target, p, counting)],
      calibration: calibrationCurve(target, p, 10, counting),
    };
  }
}

// %% [markdown] lang="es"
// ## 4. Los puntajes

// %% [markdown] lang="en"
// ## 4. The scores

// %% Los puntajes / The scores
const run = isDone('score') ? (await client.scores.list()).scores[0] : undefined;
if (!run) notYet('score');
else {
  await dataset('scores');
  const spread = await rows<{ tenth: number; n: number; total: number }>(sql`
    SELECT least(9, CAST(floor(score * 10) AS INTEGER)) AS tenth, count(*) AS n, sum(score) AS total FROM scores
    WHERE version_id = ${run.versionId} AND as_of = CAST(${run.asOf} AS DATE) GROUP BY tenth ORDER BY tenth`);
  const inTenth = (tenth: number) => spread.find((row) => row.tenth === tenth)?.n ?? 0;
  const bins = run.histogram.map(({ from }, tenth) => ({ from, n: inTenth(tenth) }));
  const n = bins.reduce((sum, bin) => sum + bin.n, 0);
  const mean = n ? spread.reduce((sum, { total }) => sum + total, 0) / n : null;
  check(checked.scored, n, run.rows);
  check(checked.meanScore, mean, run.mean);
  chart(scoreSpread(bins, mean, run.asOf));
}

// %% [markdown] lang="es"
// ## 5. El diseño del experimento
// La curva de potencia se rehace con `core/experiment/power.ts`; la banda es lo que cambia si la tasa base está en un
// extremo de su intervalo. Los puntos no usan fórmula alguna: son experimentos sorteados persona a persona.

// %% [markdown] lang="en"
// ## 5. The design of the experiment
// The power curve is made again with `core/experiment/power.ts`; the band is what changes if the base rate stands at
// an end of its interval. The points use no formula at all: they are experiments drawn person by person.

// %% El diseño / The design
const { experiments } = await client.experiments.list();
const experiment = experiments.find(({ state }) => state !== 'draft') ?? experiments[0];
const armNames = experiment?.design.arms.map(({ name }) => name) ?? [];
if (!experiment) notYet('design');
else {
  const { design, sizing } = experiment;
  say(sizing.sentence);
  const { estimate: rate, lower, upper } = sizing.baseRate;
  const others = design.arms.filter(({ name }) => name !== design.control);
  const peopleIn = (name: string) => sizing.perArm.find((arm) => arm.name === name)?.n ?? 0;
  const comparison = (baseRate: number) => ({
    controlN: peopleIn(design.control),
    armN: Math.min(...others.map(({ name }) => peopleIn(name))),
    outcome: { kind: 'proportion' as const, rate: baseRate },
    covariateR2: sizing.covariateR2,
    inflation: sizing.inflation,
    alpha: levelOf(familyOf(design, sizing.looks.length)),
  });
  if (rate === null || sizing.curve.length === 0) say(remarks.noBaseRate);
  else {
    const seen = smallestEffect(design.power, comparison(rate));
    const points = seen === null ? null : seen * 100;
    check(checked.smallestEffect, points, sizing.smallestEffect);
    const curve = sizing.curve.map(({ effect }) => {
      const at = [rate, lower ?? rate, upper ?? rate].map((base) => powerFor(effect / 100, comparison(base)));
      return { effect, power: at[0]!, lower: Math.min(...at), upper: Math.max(...at) };
    });
    check(checked.curve, curve.filter(({ power }, i) => power !== sizing.curve[i]!.power).length, 0);
    const tried = curve.filter((_, i) => i % 8 === 0).map(({ effect }) => effect);
    const trials = drawnTrials(comparison(rate), tried);
    chart(powerAgainstTrials(curve, trials, { power: design.power, smallestEffect: points }));
  }
}

// %% [markdown] lang="es"
// ## 6. El reparto
// El brazo de cada persona sale de un md5 sobre la huella del plan: aquí se repite en TypeScript, persona a persona.
// El equilibrio se rehace desde las tablas crudas, con otro SQL.

// %% [markdown] lang="en"
// ## 6. The assignment
// Each person's arm comes from an md5 over the hash of the plan: here it is done again in TypeScript, person by
// person. Balance is made anew from the raw tables, with other SQL.

// %% El reparto / The assignment
if (!experiment?.planHash || experiment.state === 'draft') notYet('assign');
else {
  const { design } = experiment;
  await dataset('assignments');
  await dataset('segment_members');
  const people = await rows<{ id: string; stratum: string; arm: string; block: number; hash: string }>(sql`
    SELECT customer_id AS id, stratum, arm, block, assignment_id AS hash FROM assignments
    WHERE experiment_id = ${experiment.id} ORDER BY customer_id`);
  const placed = assignPeople(people, { salt: experiment.planHash, arms: design.arms });
  const again = new Map(placed.map((person) => [person.id, person]));
  const moved = people.filter(({ id, arm, block, hash }) => {
    const here = again.get(id);
    return here?.arm !== arm || here.block !== block || here.hash !== hash;
  });
  check(checked.moved, moved.length, 0);
  for (const { name, assigned } of experiment.arms)
    check(checked.inArm, people.filter(({ arm }) => arm === name).length, assigned, { name });
  const differences = await rows<ArmDifference>(armDifferences(experiment));
  const apart = differences.filter((row) => {
    const there = experiment.balance.find(
      ({ covariate, arm }) => covariate === row.covariate && arm === row.arm,
    );
    return Math.abs((row.standardisedDifference ?? 9) - (there?.standardisedDifference ?? 9)) > 1e-9;
  });
  const values = { n: differences.length, all: experiment.balance.length };
  check(checked.differences, apart.length, 0, values);
  chart(balanceOfArms(differences, armNames));
}

// %% [markdown] lang="es"
// ## 7. Quién se pierde por el camino
// Si las reglas de contacto dejan fuera a más personas de un brazo que de otro, la comparación deja de ser justa. Se
// cuenta desde las filas crudas y se prueba contra los pesos planeados (ji cuadrado de Pearson).

// %% [markdown] lang="en"
// ## 7. Who is lost on the way
// Where contact rules keep back more people of one arm than of another, the comparison is no longer fair. People are
// counted from the raw rows and tested against the planned weights (Pearson's chi-square).

// %% Personas perdidas / People lost
export const lost: { stage: string; pValue: number | null }[] = [];
if (!experiment?.lost.some(({ stage }) => stage === 'cleared')) notYet('check');
else {
  await dataset('exclusions');
  await dataset('export_rows');
  const { batches } = await client.batches.list();
  const mine = batches.filter((batch) => batch.experimentId === experiment.id && batch.state !== 'released');
  const ids = mine.map(({ id }) => id);
  const counted = await rows<StageCounts>(stageCounts(experiment.id, ids));
  const ofArm = (name: string) => counted.find(({ arm }) => arm === name)!;
  const weights = experiment.design.arms.map(({ weight }) => weight);
  for (const { stage, counts, pValue } of experiment.lost) {
    const seen = armNames.map((name) => ofArm(name)[stage]);
    lost.push({ stage, pValue: sampleRatio(seen, weights).pValue });
    const there = counts.map(({ n }) => n).join(' / ');
    check(checked.byArm, seen.join(' / '), there, { stage });
    check(checked.splitP, lost.at(-1)!.pValue, pValue, { stage });
  }
  const kept = armNames.map((name) => {
    const { assigned: n, cleared } = ofArm(name);
    return { name, n, ...wilson(n - cleared, n) };
  });
  chart(keptBack(kept, lost.find(({ stage }) => stage === 'cleared')?.pValue ?? null));
}

// %% [markdown] lang="es"
// ## 8. Lo que salió
// Cada archivo de la exportación se baja de nuevo y se le toma el sha256.

// %% [markdown] lang="en"
// ## 8. What left
// Each file of the export is fetched again and its sha256 taken.

// %% La exportación / The export
export const hashes: string[] = [];
const { exports: runs } = await client.exports.list();
const sent = runs.find(({ state, experimentId }) => state === 'done' && experimentId === experiment?.id);
if (!experiment || !sent?.manifest) notYet('export');
else {
  for (const { path, sha256, bytes: size } of sent.manifest.parts) {
    const read = await digest(bytes(contract.exports.file, { params: { exportId: sent.id, name: path } }));
    hashes.push(read.sha256);
    check(checked.sha256, read.sha256, sha256, { path });
    check(checked.bytes, read.size, size, { path });
  }
  const assigned = experiment.arms.reduce((sum, arm) => sum + arm.assigned, 0);
  check(checked.together, sent.rows + sent.excluded, assigned);
}

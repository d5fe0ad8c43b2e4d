import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ident, join as joinSql, raw, sql } from '#core/sql/sql.ts';
import type { Learner } from '#models/learner.ts';
import { seededRandom } from '#models/maths/random.ts';
import type { Matrix, MatrixColumn } from '#models/matrix.ts';
import { restoreModel, type SavedModel } from '#models/training/trained.ts';
import { openDuckDb } from '#server/engine/duckdb.ts';
import type { Engine } from '#server/engine/engine.ts';
import { predictRows } from '#server/jobs/scoring/predict-rows.ts';
import { discover } from '#server/registry.ts';
import { replaceScores, replaceWithScores } from '#server/store/models/scores.ts';
import { type Bench, defineMeasure, seconds } from '../measure.ts';

const numbers = Array.from({ length: 26 }, (_, i) => `x${i}`);
const texts = Array.from({ length: 4 }, (_, i) => `c${i}`);
const features = [...numbers, ...texts];
const trainedOn = 30_000;

/** 26 numbers, one in fifty missing, and 4 texts of 8 levels; the target follows some of them. */
const made = (accounts: number): string => {
  const uniform = (name: string) => `(md5_number_lower('${name} ' || i) % 1000000 / 1e6)`;
  const number = (name: string) =>
    `CASE WHEN i % 50 = ${name.length} THEN NULL ELSE ${uniform(name)} * 4 - 2 END AS ${name}`;
  const text = (name: string) => `'level ' || (md5_number_lower('${name} ' || i) % 8) AS ${name}`;
  return `CREATE TABLE features AS WITH drawn AS (
    SELECT i AS place, 'ACC-' || lpad(CAST(i AS VARCHAR), 9, '0') AS account_id, DATE '2026-08-31' AS as_of,
      ${[...numbers.map(number), ...texts.map(text)].join(', ')}, ${uniform('luck')} AS luck
    FROM range(${accounts}) t(i))
  SELECT * EXCLUDE (luck), CAST(luck < 1 / (1 + exp(0.5 - 0.8 * coalesce(x0, 0) - 0.5 * coalesce(x1, 0) * coalesce(x2, 0)
    - 0.3 * coalesce(x3, 0) - CASE c0 WHEN 'level 1' THEN 0.7 ELSE 0 END)) AS DOUBLE) AS target FROM drawn`;
};

/** Options under which the peer of Python is fitted too. */
const options: Record<string, unknown> = {
  scorecard: {},
  'boosted-trees': { rounds: 200, leaves: 31, learningRate: 0.05, patience: 200 },
  'neural-network': { maxEpochs: 10 },
};
const peers: Record<string, string> = { scorecard: 'logistic', 'boosted-trees': 'lightgbm' };

async function fitOn(engine: Engine, id: string, learner: Learner): Promise<SavedModel> {
  const { rows, columns } = await engine.columns(
    sql`SELECT * FROM features WHERE place < ${raw(String(trainedOn))} ORDER BY account_id`,
  );
  const target = columns.get('target');
  const matrix: Matrix = {
    rows,
    columns: features.map((name): MatrixColumn => ({ name, ...columns.get(name)! })),
    target: target?.kind === 'numeric' ? target.values : new Float64Array(),
    groups: Int32Array.from({ length: rows }, (_, i) => i),
    day: new Int32Array(rows),
  };
  const fitted = await learner.fit({
    matrix,
    options: learner.options.parse(options[id] ?? {}),
    random: seededRandom(1),
    onProgress: () => {},
    checkCancelled: () => {},
  });
  return { learner: id, fitted: fitted.save(), calibration: null };
}

const run = (versionId: string) => ({
  versionId,
  asOf: '2026-08-31',
  dataVersion: 'd',
  scoredAt: '2026-09-01T00:00:00.000Z',
  by: 'owner',
});
const population = sql`SELECT account_id, as_of, ${joinSql(features.map((name) => ident(name)))} FROM features`;

async function inThreads(engine: Engine, saved: SavedModel, threads: number): Promise<number> {
  const watch = { threads, onRows: () => {}, checkCancelled: () => {} };
  return seconds(async () => {
    const predicted = await predictRows(engine, population, saved, watch);
    await engine.transaction((session) =>
      replaceWithScores(session, run(saved.learner), predicted.batches()),
    );
  });
}

async function inSql(engine: Engine, learner: Learner, saved: SavedModel): Promise<number | null> {
  const model = restoreModel(learner, saved);
  if (!model.toSql) return null;
  const expression = model.toSql(engine.dialect);
  return seconds(() =>
    engine.transaction((session) =>
      replaceScores(session, run(`${saved.learner} sql`), population, expression),
    ),
  );
}

/** A peer of Python on the same table of the same file; null where the packages are not there. */
function python(bench: Bench, path: string, kind: string): { seconds: number; peak: number } | null {
  const program = process.env.PYTHON ?? 'python3';
  const script = fileURLToPath(new URL('../scoring.py', import.meta.url));
  const out = join(bench.folder, `${kind}.json`);
  const ended = spawnSync(program, [script, path, kind, out], { encoding: 'utf8' });
  if (!existsSync(out)) {
    bench.tell(`${kind}: ${ended.stderr?.trim().split('\n').at(-1) ?? 'no Python'}`);
    return null;
  }
  return JSON.parse(readFileSync(out, 'utf8')) as { seconds: number; peak: number };
}

const peakGb = (bytes: number): number => bytes / 1e9;

export default defineMeasure({
  title: 'Scoring from table to table',
  about:
    'Features of every account read from a table, predicted, and account and score written to another, all in one DuckDB file: in threads over batches of columns, and as one SQL statement; beside Python doing the same with pandas (read, predict_proba, write), imports and training not counted. Trees: 200 rounds of 31 leaves; the peer of the scorecard is scikit-learn’s logistic regression after one-hot encoding, of the trees LightGBM. 26 numbers with missing values and 4 texts a row.',
  accounts: 1_000_000,
  async run(bench) {
    const path = join(bench.folder, 'scoring.duckdb');
    const open = () =>
      openDuckDb({
        path,
        threads: bench.threads,
        memoryLimit: bench.memoryLimit,
        tempDirectory: join(bench.folder, 'spill'),
      });
    let engine = await open();
    await engine.run(raw(made(bench.accounts)));
    await engine.run(
      raw(
        'CREATE TABLE scores (version_id VARCHAR NOT NULL, account_id VARCHAR NOT NULL, as_of DATE NOT NULL, score DOUBLE NOT NULL)',
      ),
    );
    await engine.run(
      raw(
        'CREATE TABLE score_runs (version_id VARCHAR NOT NULL, as_of DATE NOT NULL, rows_scored BIGINT NOT NULL, data_version VARCHAR NOT NULL, scored_at TIMESTAMP NOT NULL, by_principal VARCHAR NOT NULL)',
      ),
    );
    const rows: (string | number | null)[][] = [];
    for (const [id, learner] of await discover<Learner>('models/learners')) {
      const saved = await fitOn(engine, id, learner);
      bench.tell(`${id}: fitted`);
      const threads = await inThreads(engine, saved, bench.threads);
      const peak = peakGb(process.resourceUsage().maxRSS * 1024);
      const statement = await inSql(engine, learner, saved);
      bench.tell(`${id}: ${threads.toFixed(1)} s in threads`);
      const kind = peers[id];
      await engine.close();
      const theirs = kind ? python(bench, path, kind) : null;
      engine = await open();
      rows.push([
        id,
        bench.accounts,
        threads,
        statement,
        theirs?.seconds ?? null,
        peak,
        theirs ? peakGb(theirs.peak) : null,
      ]);
    }
    await engine.close();
    return {
      head: [
        'learner',
        'rows',
        'threads, s',
        'SQL, s',
        'Python, s',
        'peak of ours, GB',
        'peak of Python, GB',
      ],
      rows,
    };
  },
});

import { join as joinPath } from 'node:path';
import { covariateCentres, readCentres } from '#core/experiment/evidence/columns.ts';
import { momentsOf, readMoments } from '#core/experiment/evidence/moments.ts';
import { momentsSql } from '#core/experiment/evidence/moments-sql.ts';
import { replicatesSql } from '#core/experiment/evidence/replicates.ts';
import type { UnitTable } from '#core/experiment/evidence/unit-table.ts';
import { ident, join, raw, type Sql, sql } from '#core/sql/sql.ts';
import { openDuckDb } from '#server/engine/duckdb.ts';
import type { Engine } from '#server/engine/engine.ts';
import { defineMeasure, middle, seconds } from '../measure.ts';

/** One row a person: arm, stratum, day of entry, five outcomes (one of them not known of a fifth), what was known before. */
const people = (rows: number) => sql`CREATE TABLE units AS SELECT i AS person,
    (['control', 'loss_aversion', 'social_proof'])[1 + i % 3] AS arm, 'b' || (hash(i) % 30) AS stratum,
    DATE '2026-10-01' + CAST(i % 28 AS INTEGER) AS entered_on,
    CAST(hash(i, 1) % 100 < 30 AS DOUBLE) AS cleared, (hash(i, 2) % 100000) / 100.0::DOUBLE AS cash,
    CASE WHEN hash(i, 3) % 5 > 0 THEN CAST(hash(i, 3) % 100 < 10 AS DOUBLE) END AS promise_kept,
    CAST(hash(i, 4) % 1000 < 4 AS DOUBLE) AS complaint, CAST(hash(i, 5) % 5 AS DOUBLE) AS contacts,
    (hash(i, 6) % 1000) / 1000.0::DOUBLE AS score, (hash(i, 7) % 1000000) / 100.0::DOUBLE AS arrears
  FROM range(${raw(String(rows))}) r(i)`;

const outcomes = ['cleared', 'cash', 'promise_kept', 'complaint', 'contacts'];
const table: UnitTable = {
  relation: raw('SELECT * FROM units'),
  arm: 'arm',
  metrics: outcomes.map((y) => ({ id: y, y })),
  covariates: [],
  stratum: null,
  cohort: null,
  cluster: null,
};

/** What a good analyst writes for the same figures, in one pass. */
function plain(groups: readonly string[], covariates: readonly string[]): Sql {
  const figures = outcomes.flatMap((y) => [
    `count(${y}), sum(${y}), sum(${y} * ${y})`,
    ...covariates.map((x) => `sum(${y} * ${x}), sum(CASE WHEN ${y} IS NOT NULL THEN ${x} END)`),
    ...covariates.flatMap((x, i) =>
      covariates.slice(i).map((z) => `sum(CASE WHEN ${y} IS NOT NULL THEN ${x} * ${z} END)`),
    ),
  ]);
  const by = join(groups.map((group) => ident(group)));
  return sql`SELECT ${by}, ${raw(figures.join(', '))} FROM units GROUP BY ${by} ORDER BY ${by}`;
}

const times = 5;
const head = [
  'what',
  'people',
  'Ensayo, s',
  'plain, s',
  'ratio',
  'Ensayo, processor s',
  'plain, processor s',
  'ratio',
];

interface Cost {
  seconds: number;
  processor: number;
}

async function costOf(work: () => Promise<unknown>): Promise<Cost> {
  const before = process.cpuUsage();
  const took = await seconds(work);
  const { user, system } = process.cpuUsage(before);
  return { seconds: took, processor: (user + system) / 1e6 };
}

/** Both by turns: the middle of each and of their ratios, of the clock and of the processors. */
async function turns(ours: () => Promise<unknown>, theirs: () => Promise<unknown>): Promise<number[]> {
  const pairs: [Cost, Cost][] = [];
  for (let i = 0; i < times; i++) pairs.push([await costOf(ours), await costOf(theirs)]);
  return (['seconds', 'processor'] as const).flatMap((of) => [
    middle(pairs.map(([mine]) => mine[of])),
    middle(pairs.map(([, other]) => other[of])),
    middle(pairs.map(([mine, other]) => mine[of] / other[of])),
  ]);
}

async function moments(engine: Engine, given: UnitTable): Promise<void> {
  const centres = given.covariates.length
    ? readCentres(given, (await engine.first(covariateCentres(engine.dialect, given))) ?? {})
    : [];
  const whole = { ...given, centres };
  const cells = readMoments(whole, await engine.rows(momentsSql(engine.dialect, whole)));
  for (const id of outcomes) momentsOf(cells, id, { arm: 'control' });
}

export default defineMeasure({
  title: 'Experiments: from people to moments',
  about:
    'One row a person in three arms with five outcomes, one of them unknown of a fifth of the people. Ours: one statement with sums that carry their rounding, read into evidence; with covariates, their centres first. Plain: the same counts, sums and sums of products as an analyst writes them, with ordinary sums. The middle of five runs each, taking turns, and of their ratios, by the clock and by the processors. The last rows draw 200 bootstrap samples of one outcome: of a tenth of the people one by one, and of all of them in 2,000 random groups an arm, as the results page does; nothing plain stands beside them. Asked: at most 1.5 times the plain statement.',
  accounts: 10_000_000,
  memoryLimit: '4GB',
  async run({ accounts, threads, memoryLimit, folder, tell }) {
    const engine = await openDuckDb({
      path: joinPath(folder, 'bench.duckdb'),
      threads,
      memoryLimit,
      tempDirectory: joinPath(folder, 'spill'),
    });
    try {
      await engine.run(people(accounts));
      tell('people are there');
      const rows: (string | number | null)[][] = [];
      for (const [what, groups, covariates] of [
        ['moments by arm', ['arm'], []],
        ['by arm × stratum × day of entry', ['arm', 'stratum', 'entered_on'], []],
        ['by arm, with two covariates', ['arm'], ['score', 'arrears']],
      ] as const) {
        const given: UnitTable = {
          ...table,
          covariates,
          stratum: groups.length > 1 ? 'stratum' : null,
          cohort: groups.length > 1 ? 'entered_on' : null,
        };
        const figures = await turns(
          () => moments(engine, given),
          () => engine.rows(plain(groups, covariates)),
        );
        tell(`${what}: ${figures.map((figure) => figure.toFixed(2)).join(' ')}`);
        rows.push([what, accounts, ...figures]);
      }
      const cash = { ...table, metrics: [{ id: 'cash', y: 'cash' }] };
      const tenth = { ...cash, relation: raw('SELECT * FROM units WHERE person % 10 = 0') };
      for (const [what, given, count, groups] of [
        ['200 bootstrap draws', tenth, accounts / 10, null],
        ['200 bootstrap draws in groups', cash, accounts, 2000],
      ] as const) {
        const statement = replicatesSql(engine.dialect, given, {
          unit: 'person',
          salt: 'bench',
          draws: 200,
          groups,
        });
        const cost = await costOf(() => engine.rows(statement));
        rows.push([what, count, cost.seconds, null, null, cost.processor, null, null]);
      }
      return { head, rows };
    } finally {
      await engine.close();
    }
  },
});

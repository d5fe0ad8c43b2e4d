import type { Dialect } from '../../sql/dialects/dialect.ts';
import { ident, join, raw, type Sql, sql } from '../../sql/sql.ts';
import type { Moments, Replicates } from '../statistic.ts';
import { measured, outcomeColumns } from './columns.ts';
import type { EvidenceRow } from './moments.ts';
import { drawsPerHash, hashWords, weightInSql } from './poisson-weight.ts';
import type { UnitTable } from './unit-table.ts';

export interface Bootstrap {
  /** Column that names the unit; where units lie inside clusters, the cluster is drawn instead. */
  unit: string;
  salt: string;
  /** How many draws; made up to a multiple of 8. */
  draws: number;
  /**
   * Draws so many random groups of units an arm instead of the units, so that the work does not grow with these. Groups
   * are of independent units, so that sums vary between draws as if units were drawn, but for the √(2 / groups) by which
   * the variance itself may then be off; of a thousand groups or more that is less than what 200 draws leave. null: units.
   */
  groups?: number | null;
}

const places = Array.from({ length: drawsPerHash }, (_, place) => place);

/**
 * Bootstrap draws of every metric where the rows are: in each draw a unit counts 0, 1, 2 … times, a Poisson number of
 * mean 1 that depends on salt, unit and draw alone (Hanley JA, MacGibbon B 2006, Computer Methods and Programs in
 * Biomedicine 83:57). A row per arm and eight draws (`hash`), with the weighted number of units that have the metric
 * and the weighted sums of its outcome and denominator, for each of the eight. Order: arm, hash.
 */
export function replicatesSql(dialect: Dialect, table: UnitTable, bootstrap: Bootstrap): Sql {
  const { unit, salt, draws, groups = null } = bootstrap;
  const drawn = sql`${dialect.nfc(dialect.cast(ident(table.cluster ?? unit), 'text'))} AS drawn`;
  const each = measured(dialect, { ...table, covariates: [], stratum: null, cohort: null }, [drawn]);
  const units = groups === null ? each : inGroups(dialect, table, { units: each, salt, groups });
  const counted = groups === null ? [] : table.metrics.map((_, i) => raw(`n${i}`));
  const seed = dialect.concat(
    sql`${`${salt.normalize('NFC')}:`}`,
    raw('drawn'),
    raw("':'"),
    dialect.cast(raw('n'), 'text'),
  );
  const columns = [...table.metrics.flatMap((metric, i) => outcomeColumns(metric, i)), ...counted];
  const weighted = table.metrics.flatMap((metric, i) =>
    places.flatMap((place) => {
      const [weight, outcomes] = [raw(`v${place}`), outcomeColumns(metric, i)];
      const times = counted[i] ? sql`${weight} * ${counted[i]}` : weight;
      const people = sql`coalesce(${dialect.sumIf(times, sql`${outcomes[0]!} IS NOT NULL`)}, 0)`;
      return [
        sql`${dialect.cast(people, 'bigint')} AS ${raw(`m${i}_${place}_n`)}`,
        ...outcomes.map(
          (outcome, k) =>
            sql`${dialect.carefulSum(sql`${weight} * ${outcome}`)} AS ${raw(`m${i}_${place}_s${k}`)}`,
        ),
      ];
    }),
  );
  const weights = places.map((place) => sql`${weightInSql(dialect, place)} AS ${raw(`v${place}`)}`);
  const last = raw(String(Math.ceil(draws / drawsPerHash) - 1));
  return sql`SELECT arm, hash, ${join(weighted)}
    FROM (
      SELECT arm, hash, ${join([...columns, ...weights])}
      FROM (
        SELECT arm, hash, ${join([...columns, ...hashWords(dialect, raw('seed'))])}
        FROM (
          SELECT arm, n AS hash, ${join([...columns, sql`${seed} AS seed`])}
          FROM (${units}) u CROSS JOIN ${dialect.series(raw('0'), last)} s WHERE drawn IS NOT NULL
        ) g
      ) h
    ) w GROUP BY arm, hash ORDER BY arm, hash`;
}

/** Units put together in random groups of an arm: `drawn` is the group, n0, n1 … how many of it have each metric. */
function inGroups(
  dialect: Dialect,
  table: UnitTable,
  { units, salt, groups }: { units: Sql; salt: string; groups: number },
): Sql {
  const seed = dialect.concat(sql`${`${salt.normalize('NFC')}:`}`, raw('drawn'));
  const group = sql`${dialect.md5Word(seed, 0)} % ${raw(String(groups))}`;
  const sums = table.metrics.flatMap((metric, i) => [
    ...outcomeColumns(metric, i).map((outcome) => sql`${dialect.carefulSum(outcome)} AS ${outcome}`),
    sql`count(${outcomeColumns(metric, i)[0]!}) AS ${raw(`n${i}`)}`,
  ]);
  return sql`SELECT arm, ${dialect.cast(raw('place'), 'text')} AS drawn, ${join(sums)}
    FROM (SELECT t.*, ${group} AS place FROM (${units}) t WHERE drawn IS NOT NULL) g GROUP BY arm, place`;
}

/** The draws of one metric in one arm, in order, from rows of `replicatesSql`, beside the moments of the same units. */
export function readReplicates(
  table: UnitTable,
  rows: readonly EvidenceRow[],
  wanted: { arm: string; metric: string },
  moments: Moments,
): Replicates {
  const index = table.metrics.findIndex(({ id }) => id === wanted.metric);
  const sums = table.metrics[index]?.d === undefined ? [0] : [0, 1];
  const draws = rows
    .filter((row) => String(row.arm) === wanted.arm)
    .sort((a, b) => Number(a.hash) - Number(b.hash))
    .flatMap((row) =>
      places.map((place) => ({
        n: Number(row[`m${index}_${place}_n`] ?? 0),
        sums: sums.map((k) => Number(row[`m${index}_${place}_s${k}`] ?? 0)),
      })),
    );
  return { moments, draws };
}

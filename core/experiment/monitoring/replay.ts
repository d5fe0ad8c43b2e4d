import type { Dialect } from '../../sql/dialects/dialect.ts';
import { ident, join, raw, type Sql, sql } from '../../sql/sql.ts';
import { uniformityTest } from '../../stats/distributions/uniform.ts';
import { covariateColumns, measured, outcomeColumns } from '../evidence/columns.ts';
import { type EvidenceRow, readOne } from '../evidence/moments.ts';
import { momentAggregates } from '../evidence/moments-sql.ts';
import { hashWords } from '../evidence/poisson-weight.ts';
import type { UnitTable } from '../evidence/unit-table.ts';
import type { Moments } from '../statistic.ts';

export interface Replay {
  /** Column that names the unit; where units lie inside clusters, the cluster is relabelled instead. */
  unit: string;
  salt: string;
  /** How often; made up to a multiple of 4. */
  replays: number;
  /** Share of units that get the label of the arm. */
  share: number;
}

const places = [0, 1, 2, 3];
const words = 2 ** 32;

/**
 * Moments of one metric after units were labelled arm or control by lot, again and again: a row per four replays with
 * moments of those labelled arm in each (m0 … m3) and of all units (m4). The lot is 32 bits of md5(salt:unit:⌊replay / 4⌋).
 */
export function replaySql(dialect: Dialect, table: UnitTable, { unit, salt, replays, share }: Replay): Sql {
  const metric = table.metrics[0]!;
  const columns = [...outcomeColumns(metric, 0), ...covariateColumns(table)];
  const drawn = sql`${dialect.nfc(dialect.cast(ident(table.cluster ?? unit), 'text'))} AS drawn`;
  const units = measured(dialect, { ...table, metrics: [metric], stratum: null, cohort: null }, [drawn]);
  const seed = dialect.concat(
    sql`${`${salt.normalize('NFC')}:`}`,
    raw('drawn'),
    raw("':'"),
    dialect.cast(raw('n'), 'text'),
  );
  const limit = raw(String(Math.round(share * words)));
  const labelled = (place: number) =>
    columns.map(
      (column) => sql`CASE WHEN w${raw(String(place))} < ${limit} AND y0 IS NOT NULL THEN ${column} END`,
    );
  const whole = columns.map((column) => sql`CASE WHEN y0 IS NOT NULL THEN ${column} END`);
  const aggregates = [...places.map(labelled), whole].flatMap((group, i) =>
    momentAggregates(dialect, group, group.length, i),
  );
  const last = raw(String(Math.ceil(replays / places.length) - 1));
  return sql`SELECT hash, ${join(aggregates)}
    FROM (
      SELECT hash, ${join([...columns, ...hashWords(dialect, raw('seed'))])}
      FROM (
        SELECT n AS hash, ${join([...columns, sql`${seed} AS seed`])}
        FROM (${units}) u CROSS JOIN ${dialect.series(raw('0'), last)} s WHERE drawn IS NOT NULL
      ) g
    ) w GROUP BY hash ORDER BY hash`;
}

const without = (whole: Moments, part: Moments): Moments => ({
  n: whole.n - part.n,
  sums: whole.sums.map((sum, i) => sum - part.sums[i]!),
  products: whole.products.map((product, i) => product - part.products[i]!),
  ratio: whole.ratio,
});

/** Rows of `replaySql`: both sides of each replay. */
export function readReplays(
  table: UnitTable,
  rows: readonly EvidenceRow[],
): { control: Moments; arm: Moments }[] {
  const ratio = table.metrics[0]?.d !== undefined;
  const columns = (ratio ? 2 : 1) + table.covariates.length;
  return rows.flatMap((row) => {
    const whole = readOne(row, places.length, columns, ratio);
    return places.map((place) => {
      const arm = readOne(row, place, columns, ratio);
      return { arm, control: without(whole, arm) };
    });
  });
}

export interface ReplayReport {
  replays: number;
  /** Share of p-values under .05; should be about that. */
  falseAlarms: number;
  /** Whether p-values are spread evenly between 0 and 1. */
  pValue: number | null;
}

/**
 * What a method says where there is nothing: its p-values over replays should be uniform. Replays without a p-value
 * are left out.
 */
export function judgeReplays(pValues: readonly (number | null)[]): ReplayReport {
  const known = pValues.filter((p) => p !== null);
  return {
    replays: known.length,
    falseAlarms: known.length ? known.filter((p) => p < 0.05).length / known.length : 0,
    pValue: uniformityTest(known)?.pValue ?? null,
  };
}

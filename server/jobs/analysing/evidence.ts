import { clustersSql, readClusters } from '#core/experiment/evidence/clusters.ts';
import { covariateCentres, readCentres } from '#core/experiment/evidence/columns.ts';
import { histogramSql, readHistograms } from '#core/experiment/evidence/histogram.ts';
import {
  countsOf,
  type EvidenceCell,
  momentsOf,
  readMoments,
  strataOf,
} from '#core/experiment/evidence/moments.ts';
import { momentsSql } from '#core/experiment/evidence/moments-sql.ts';
import { readReplicates, replicatesSql } from '#core/experiment/evidence/replicates.ts';
import type { UnitTable } from '#core/experiment/evidence/unit-table.ts';
import { valuesSql } from '#core/experiment/evidence/values.ts';
import type { ArmEvidence } from '#core/experiment/outside/compare.ts';
import type { Clusters, EvidenceKind, Histogram } from '#core/experiment/statistic.ts';
import { join, raw, type Sql, sql } from '#core/sql/sql.ts';
import type { Engine } from '../../engine/engine.ts';

const draws = 1000;

/** Evidence of a table of units, each kind read where it is first needed. */
export class TableEvidence {
  readonly #engine: Engine;
  readonly table: UnitTable;
  /** Moments of every metric by arm and stratum. */
  readonly cells: readonly EvidenceCell[];
  readonly clusters: readonly EvidenceCell<Clusters>[];
  readonly #read = new Map<string, Promise<unknown>>();

  private constructor(
    engine: Engine,
    table: UnitTable,
    cells: readonly EvidenceCell[],
    clusters: readonly EvidenceCell<Clusters>[],
  ) {
    this.#engine = engine;
    this.table = table;
    this.cells = cells;
    this.clusters = clusters;
  }

  static async read(engine: Engine, given: UnitTable): Promise<TableEvidence> {
    const { dialect } = engine;
    const centres = given.covariates.length
      ? readCentres(given, (await engine.first(covariateCentres(dialect, given))) ?? {})
      : [];
    const table: UnitTable = { ...given, centres };
    const cells = readMoments(table, await engine.rows(momentsSql(dialect, table)));
    const { cluster } = table;
    const clusters =
      cluster === null
        ? []
        : readClusters(table, await engine.rows(clustersSql(dialect, { ...table, cluster })));
    return new TableEvidence(engine, table, cells, clusters);
  }

  #metric(id: string) {
    return this.table.metrics.find((one) => one.id === id)!;
  }

  #once<T>(key: string, read: () => Promise<T>): Promise<T> {
    const kept = this.#read.get(key) ?? read();
    this.#read.set(key, kept);
    return kept as Promise<T>;
  }

  histograms(id: string, around: number | undefined): Promise<Map<string, Histogram>> {
    return this.#once(`histogram ${around} ${id}`, async () =>
      readHistograms(
        await this.#engine.rows(histogramSql(this.#engine.dialect, this.table, this.#metric(id), around)),
      ),
    );
  }

  /** Units of their own name, or of their place among rows that are equal in all that counts. */
  #named(): Sql {
    const { relation } = this.table;
    const order = [
      raw('arm'),
      raw('stratum'),
      ...this.table.metrics.flatMap(({ y, d }) => [raw(y), ...(d === undefined ? [] : [raw(d)])]),
    ];
    const place = this.#engine.dialect.cast(this.#engine.dialect.rowNumber([], order), 'text');
    return sql`SELECT *, coalesce(unit, ${place}) AS drawn_unit FROM (${relation}) n`;
  }

  #replicates(id: string) {
    return this.#once(`replicates ${id}`, () => {
      const one = { ...this.table, relation: this.#named(), metrics: [this.#metric(id)] };
      const bootstrap = { unit: 'drawn_unit', salt: 'analysis', draws };
      return this.#engine.rows<Record<string, unknown>>(replicatesSql(this.#engine.dialect, one, bootstrap));
    });
  }

  async #values(id: string, arm: string): Promise<Float64Array> {
    const statement = valuesSql(this.#engine.dialect, this.table, this.#metric(id), arm);
    const column = (await this.#engine.columns(statement)).columns.get('value');
    return column?.kind === 'numeric' ? column.values : new Float64Array();
  }

  /** What statistics of one kind of need see of both arms. */
  async of(
    need: EvidenceKind,
    id: string,
    arms: readonly [control: string, arm: string],
    quantile?: number,
  ): Promise<{ control: ArmEvidence; arm: ArmEvidence }> {
    if (need === 'strata') {
      const [control, arm] = strataOf(this.cells, id, arms);
      return { control: { strata: control }, arm: { strata: arm } };
    }
    const side = async (arm: string): Promise<ArmEvidence> => {
      const moments = momentsOf(this.cells, id, { arm });
      if (need === 'counts') return { counts: countsOf(moments) };
      if (need === 'clusters') return { clusters: momentsOf(this.clusters, id, { arm }) };
      if (need === 'rows') return { rows: { values: await this.#values(id, arm) } };
      if (need === 'histogram') {
        const found = await this.histograms(id, quantile);
        return { histogram: found.get(arm) ?? { n: 0, values: [] } };
      }
      if (need === 'replicates') {
        const one = { ...this.table, metrics: [this.#metric(id)] };
        return { replicates: readReplicates(one, await this.#replicates(id), { arm, metric: id }, moments) };
      }
      return { moments };
    };
    return { control: await side(arms[0]), arm: await side(arms[1]) };
  }
}

/** The value below which a share of a metric's units lies, over all arms. */
export async function pooledQuantile(
  engine: Engine,
  units: Sql,
  column: string,
  q: number,
): Promise<number | null> {
  const found = await engine.first<{ value: number | null }>(
    sql`SELECT ${join([engine.dialect.quantile(raw(column), q)])} AS value FROM (${units}) u`,
  );
  return found?.value ?? null;
}

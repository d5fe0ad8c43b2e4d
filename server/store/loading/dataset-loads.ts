import { DomainError } from '#core/errors/domain-error.ts';
import { ident, join, literal, raw, type Sql, sql } from '#core/sql/sql.ts';
import type { Session } from '../../engine/engine.ts';
import { datasetTableName } from './reserved-loads.ts';

/** A dataset some live load holds. Its rows are read from the view `current_<name>`. */
export interface LoadedDataset {
  name: string;
  /** Column that names the unit; null where the unit is the row. */
  key: string | null;
  loadIds: number[];
}

export async function readLoadedDatasets(session: Session): Promise<LoadedDataset[]> {
  const rows = await session.rows<{ name: string; unit_column: string | null; load_id: number }>(
    sql`SELECT name, unit_column, load_id FROM datasets SEMI JOIN loads ON loads.load_id = datasets.load_id AND loads.state = 'live' ORDER BY name, load_id`,
  );
  const names = [...new Set(rows.map(({ name }) => name))];
  return names.map((name) => {
    const own = rows.filter((row) => row.name === name);
    return { name, key: own[0]?.unit_column ?? null, loadIds: own.map(({ load_id }) => load_id) };
  });
}

const readLoadedDataset = async (session: Session, name: string): Promise<LoadedDataset | undefined> =>
  (await readLoadedDatasets(session)).find((dataset) => dataset.name === name);

/** @throws load_dataset_unit when the dataset is held already with another unit */
export async function refuseOtherUnit(session: Session, name: string, key: string | null): Promise<void> {
  const held = await readLoadedDataset(session, name);
  if (held && held.key !== key)
    throw new DomainError('load_dataset_unit', { dataset: name, unit: key ?? '#', held: held.key ?? '#' });
}

/** Marks the rows of live loads of a dataset that hold a unit of the new rows; none where the unit is the row. */
export async function supersedeInDataset(
  session: Session,
  name: string,
  { into, key }: { into: string; key: string | null },
  loadId: number,
): Promise<number> {
  const held = await readLoadedDataset(session, name);
  if (!held || key === null) return 0;
  const unit = sql`CAST(${ident(key)} AS VARCHAR)`;
  let superseded = 0;
  for (const earlier of held.loadIds)
    superseded += await session.run(
      sql`INSERT INTO superseded SELECT ${literal(name)}, load_id, source_row, ${raw(String(loadId))} FROM ${ident(datasetTableName(name, earlier))} WHERE ${unit} IN (SELECT ${unit} FROM ${ident(into)})`,
    );
  return superseded;
}

/** Writes down that a load holds a dataset, and has its rows read. */
export async function keepDataset(
  session: Session,
  { name, into, key, loadId }: { name: string; into: string; key: string | null; loadId: number },
): Promise<void> {
  await session.run(
    sql`INSERT INTO datasets (dataset_id, name, table_name, unit_column, load_id) VALUES (${into}, ${name}, ${into}, ${key}, ${loadId})`,
  );
  await refreshDataset(session, name);
}

/** Has the view of every dataset of a load read what is live now. */
export async function refreshDatasetsOf(session: Session, loadId: number): Promise<void> {
  const held = await session.rows<{ name: string }>(
    sql`SELECT DISTINCT name FROM datasets WHERE load_id = ${loadId} ORDER BY name`,
  );
  for (const { name } of held) await refreshDataset(session, name);
}

/** Columns that loads do not share are empty where they are not there; of two types, the one that holds both. */
async function refreshDataset(session: Session, name: string): Promise<void> {
  const view = ident(`current_${name}`);
  const held = await readLoadedDataset(session, name);
  if (!held) {
    await session.run(sql`DROP VIEW IF EXISTS ${view}`);
    return;
  }
  const rows = join(
    held.loadIds.map((loadId): Sql => sql`SELECT * FROM ${ident(datasetTableName(name, loadId))}`),
    ' UNION ALL BY NAME ',
  );
  await session.run(sql`CREATE OR REPLACE VIEW ${view} AS SELECT t.* FROM (${rows}) AS t ANTI JOIN (
  SELECT s.load_id, s.source_row FROM superseded s
  JOIN loads w ON w.load_id = s.by_load_id AND w.state = 'live' WHERE s.table_name = ${literal(name)}
) AS x ON x.load_id = t.load_id AND x.source_row = t.source_row`);
}

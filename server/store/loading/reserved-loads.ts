import { tables } from '#core/portfolio/tables.ts';
import { ident, raw, sql } from '#core/sql/sql.ts';
import type { Engine, Session } from '../../engine/engine.ts';

/** Where the rows of one load of a dataset are kept. */
export const datasetTableName = (dataset: string, loadId: number): string => `dataset_${loadId}_${dataset}`;

/**
 * The number the load of a job will have. Its rows carry it from the start, and are not read by anyone before there
 * is a load of that number. What an earlier attempt of the job wrote is removed, and so is what was left by jobs
 * that have ended.
 */
export async function reserveLoad(engine: Engine, jobId: string): Promise<number> {
  const ended = await engine.rows<{ job_id: string }>(
    sql`SELECT job_id FROM reserved_loads SEMI JOIN jobs USING (job_id) WHERE job_id IN (SELECT job_id FROM jobs WHERE state IN ('done', 'failed', 'cancelled')) ORDER BY load_id`,
  );
  for (const { job_id } of ended) await dropReserved(engine, job_id);
  await dropReserved(engine, jobId);
  return numberingLoads(engine, () =>
    engine.transaction(async (session) => {
      const loadId = await nextLoadNumber(session);
      await session.run(sql`INSERT INTO reserved_loads VALUES (${loadId}, ${jobId})`);
      return loadId;
    }),
  );
}

const numbering = new WeakMap<Engine, Promise<unknown>>();

/** Who takes the next number of a load does so alone: two at once would both read the same one. */
export function numberingLoads<T>(engine: Engine, take: () => Promise<T>): Promise<T> {
  const done = (numbering.get(engine) ?? Promise.resolve()).then(take);
  numbering.set(
    engine,
    done.catch(() => {}),
  );
  return done;
}

/** The number that the next load will have; to be asked for within `numberingLoads`. */
export async function nextLoadNumber(session: Session): Promise<number> {
  const next = await session.first<{ id: number }>(
    sql`SELECT greatest(coalesce((SELECT max(load_id) FROM loads), 0), coalesce((SELECT max(load_id) FROM reserved_loads), 0)) + 1 AS id`,
  );
  return next?.id ?? 1;
}

/** Removes every row written under the number a job reserved, and the reservation; none is no error. */
export async function dropReserved(engine: Engine, jobId: string): Promise<void> {
  await engine.transaction(async (session) => {
    const reserved = await session.first<{ load_id: number }>(
      sql`SELECT load_id FROM reserved_loads WHERE job_id = ${jobId}`,
    );
    if (!reserved) return;
    const loadId = reserved.load_id;
    for (const { name } of tables)
      await session.run(sql`DELETE FROM ${ident(name)} WHERE load_id = ${raw(String(loadId))}`);
    const left = await session.rows<{ table_name: string }>(
      sql`SELECT table_name FROM information_schema.tables WHERE starts_with(table_name, ${datasetTableName('', loadId)}) AND table_type = 'BASE TABLE'`,
    );
    for (const { table_name } of left) await session.run(sql`DROP TABLE ${ident(table_name)}`);
    await releaseLoad(session, loadId);
  });
}

/** The number is no longer reserved: there is a load of it, or there will be none. */
export const releaseLoad = (session: Session, loadId: number): Promise<number> =>
  session.run(sql`DELETE FROM reserved_loads WHERE load_id = ${loadId}`);

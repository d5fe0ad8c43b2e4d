import { sql } from '#core/sql/sql.ts';
import type { Session } from '../../engine/engine.ts';
import { readSetting, writeSetting } from '../workspace.ts';

/** A date that the simulated clock has reached, with the load that holds what happened up to it. Paths are relative to the workspace. */
export interface Reached {
  today: string;
  loadId: number;
  /** Parquet files with the people and where each account stands. */
  state: string[];
  /** Parquet file with the contacts still planned; null at the end of a sample. */
  planned: string | null;
}

/** Where a simulated portfolio comes from and where its clock stands: kept as the setting `simulation`. */
export interface Simulation {
  seed: number;
  /** Months of the sample. */
  months: number;
  /** Parquet files with what is true of each account; never read by the line. */
  truth: string[];
  /** Oldest first: the end of the sample, then one entry for each move of the clock. */
  reached: Reached[];
}

export const readSimulation = (session: Session): Promise<Simulation | undefined> =>
  readSetting<Simulation>(session, 'simulation');

/** Marks the workspace as simulated and sets its date to the last one reached. */
export async function writeSimulation(session: Session, simulation: Simulation): Promise<void> {
  await writeSetting(session, 'simulated', true);
  await writeSetting(session, 'today', simulation.reached.at(-1)?.today);
  await writeSetting(session, 'simulation', simulation);
}

/** The dates reached whose loads are all still live: undoing a load takes the clock back to before it. */
export async function standing(session: Session, simulation: Simulation): Promise<Reached[]> {
  const live = new Set(
    (await session.rows<{ load_id: number }>(sql`SELECT load_id FROM loads WHERE state = 'live'`)).map(
      ({ load_id }) => load_id,
    ),
  );
  const gone = simulation.reached.findIndex(({ loadId }) => !live.has(loadId));
  return gone < 0 ? simulation.reached : simulation.reached.slice(0, gone);
}

/** Takes the clock back after a load was undone; nothing happens in a workspace that is not simulated. */
export async function rewindClock(session: Session): Promise<void> {
  const simulation = await readSimulation(session);
  if (!simulation) return;
  const reached = await standing(session, simulation);
  if (reached.length > 0 && reached.length < simulation.reached.length)
    await writeSimulation(session, { ...simulation, reached });
}

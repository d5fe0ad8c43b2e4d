import type { Session } from '../../engine/engine.ts';
import { readSetting, writeSetting } from '../workspace.ts';

const name = 'erasures';

/** How often rows were erased from loads that are live: what was remembered of the data before is then out of date. */
export const erasures = async (session: Session): Promise<number> =>
  (await readSetting<number>(session, name)) ?? 0;

export async function countErasure(session: Session): Promise<void> {
  await writeSetting(session, name, (await erasures(session)) + 1);
}

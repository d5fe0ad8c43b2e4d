import type { ExperimentEvent, Spell } from '../contract/experiments/lifecycle.ts';
import type { Dialect } from '../sql/dialects/dialect.ts';
import { all, any, raw, type Sql, sql } from '../sql/sql.ts';

type Happened = Pick<ExperimentEvent, 'kind' | 'arm' | 'on'>;
export type ArmStatus = 'open' | 'paused' | 'dropped';

export interface ArmSpells {
  arm: string;
  status: ArmStatus;
  spells: Spell[];
}

/**
 * When people could enter each arm, from what happened to the experiment, in order: an arm is closed while it or the whole experiment is
 * paused, and for good once it is dropped or the experiment stopped or ended.
 */
export function spellsOf(
  arms: readonly string[],
  startsOn: string | null,
  events: readonly Happened[],
): ArmSpells[] {
  return arms.map((arm) => {
    const spells: Spell[] = startsOn === null ? [] : [{ from: startsOn, until: null }];
    let [whole, status, over] = [true, 'open' as ArmStatus, false];
    const settle = (on: string): void => {
      const open = whole && status === 'open' && !over;
      const last = spells.at(-1);
      if (last && last.until === null && !open) last.until = on < last.from ? last.from : on;
      else if (open && last && last.until !== null)
        spells.push({ from: on < last.until ? last.until : on, until: null });
    };
    for (const event of events) {
      if (event.arm !== null && event.arm !== arm) continue;
      if (event.kind === 'paused') whole = false;
      else if (event.kind === 'resumed') whole = true;
      else if (event.kind === 'arm_paused') status = status === 'dropped' ? status : 'paused';
      else if (event.kind === 'arm_resumed') status = status === 'dropped' ? status : 'open';
      else if (event.kind === 'arm_dropped') status = 'dropped';
      else if (event.kind === 'stopped' || event.kind === 'ended') over = true;
      else continue;
      settle(event.on);
    }
    return { arm, status, spells: spells.filter(({ from, until }) => until === null || until > from) };
  });
}

const earlier = (a: string | null, b: string | null): string | null =>
  a === null ? b : b === null ? a : a < b ? a : b;

/** Days on which both arms were open: people who entered on them may be compared. */
export function jointSpells(a: readonly Spell[], b: readonly Spell[]): Spell[] {
  const joint = a.flatMap((one) =>
    b.map((other) => ({
      from: one.from > other.from ? one.from : other.from,
      until: earlier(one.until, other.until),
    })),
  );
  return joint
    .filter(({ from, until }) => until === null || from < until)
    .sort((x, y) => (x.from < y.from ? -1 : 1));
}

/** Whether a day, as an SQL expression, lies in one of the spells; in none, false. */
export const withinSpells = (dialect: Dialect, day: Sql, spells: readonly Spell[]): Sql =>
  spells.length === 0
    ? raw('false')
    : any(
        spells.map(({ from, until }) =>
          all([
            sql`${day} >= ${dialect.date(from)}`,
            ...(until === null ? [] : [sql`${day} < ${dialect.date(until)}`]),
          ]),
        ),
      );

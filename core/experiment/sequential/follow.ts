import { type Boundary, boundaries, type Futility } from './boundaries.ts';
import type { Spending } from './spending.ts';

export interface Seen {
  /** Share of the planned information that was in; past 1 where more came. */
  information: number;
  z: number;
  /** No more will come: what is left of alpha is spent here, though less than planned is in. */
  final?: boolean;
}

export interface Followed {
  alpha: number;
  sided: 1 | 2;
  spending: Spending;
  /** Shares of information at which looks were planned, ascending. */
  planned: readonly number[];
  futility?: Futility;
  /** Looks made so far, in order, each with more information than the one before. */
  seen: readonly Seen[];
}

export type Crossing = 'none' | 'upper' | 'lower' | 'futile';

export interface Step extends Boundary {
  state: 'done' | 'planned';
  /** null of looks to come. */
  z: number | null;
  crossed: Crossing;
  /** Spends what is left: after it there is no other. */
  final: boolean;
}

/**
 * The looks of a trial as it went, by the exact information of each, and the looks that are left as planned. A look
 * added costs nothing of those planned after it, one missed leaves its alpha to the next; a look at or past the planned
 * information, or said to be final, is the last, and what is seen after it is left out.
 *
 * A bound of a look made never moves, as it depends on that look and those before it alone.
 */
export function follow({ seen, planned, spending, ...plan }: Followed): Step[] {
  const ended = seen.findIndex((look) => look.final || look.information >= 1 - 1e-9);
  const made = ended < 0 ? seen : seen.slice(0, ended + 1);
  const reached = made.at(-1)?.information ?? 0;
  const left = ended < 0 ? planned.filter((t) => t > reached + 1e-9) : [];
  const information = [...made.map((look) => look.information), ...left];
  if (information.length === 0) return [];
  const complete = ended >= 0 || (information.at(-1) ?? 0) >= 1 - 1e-9;
  return boundaries({ ...plan, shape: spending, information, complete }).map((bound, i) => {
    const look = made[i];
    return {
      ...bound,
      state: look ? 'done' : 'planned',
      z: look?.z ?? null,
      crossed: look ? crossing(bound, look.z) : 'none',
      final: complete && i === information.length - 1,
    };
  });
}

/** Which bound z is at or beyond. */
export function crossing({ upper, lower, futility }: Boundary, z: number): Crossing {
  if (z >= upper) return 'upper';
  if (lower !== null && z <= lower) return 'lower';
  return futility !== null && z <= futility ? 'futile' : 'none';
}

import type { Progress } from '../learner.ts';

/** Turns the progress of parts, one after the other, into that of the whole. */
export interface Pace {
  /** Begins the next part, `weight` of the whole's total; gives what the part tells its own progress to. */
  part(weight: number, name: string): (progress: Progress) => void;
}

/** The notes of parts are led by their names; the share done never falls. */
export function paceOf(total: number, tell: (progress: Progress) => void): Pace {
  let before = 0;
  let told = 0;
  return {
    part(weight, name) {
      const start = before;
      before += weight;
      return ({ done, note }) => {
        told = Math.max(told, Math.min(1, (start + weight * Math.min(1, done)) / total));
        tell({ done: told, note: note ? `${name} · ${note}` : name });
      };
    },
  };
}

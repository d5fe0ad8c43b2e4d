import type { Connection } from '#server/cli/connection.ts';
import type { Desk } from './desk.ts';
import type { Output } from './outputs.ts';

/** What a run gives its notebook. */
export interface Surroundings {
  connection: Connection;
  desk: Desk;
  enter(cell: number): void;
  put(output: Output): void;
}

/** Set before the notebook is imported; each run has modules of its own, and so one of these. */
export let around: Surroundings;

export function begin(given: Surroundings): void {
  around = given;
}

/** Called by the line that begins each cell of code. */
export const enterCell = (cell: number): void => around.enter(cell);

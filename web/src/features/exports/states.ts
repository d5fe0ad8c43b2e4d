import { type RowState, rowStates } from '#core/delivery/answer.ts';

/** In the order of the bar: what left first, what is under way, what went wrong, who was kept back. */
export const stateOrder: readonly RowState[] = [
  'acknowledged',
  'written',
  'sending',
  'pending',
  'uncertain',
  'rejected',
  'dead',
  'withheld',
  'expired',
  'cancelled',
  'excluded',
];

export const stateNamed = (name: string | undefined): RowState | undefined =>
  rowStates.find((one) => one === name);

export const runTones = {
  writing: 'accent',
  paused: 'warn',
  done: 'good',
  failed: 'harm',
  cancelled: 'plain',
} as const;

export const counted = (states: Record<string, number>, ...names: RowState[]): number =>
  names.reduce((sum, name) => sum + (states[name] ?? 0), 0);

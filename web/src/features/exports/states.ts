import { type RowState, rowStates } from '#core/delivery/answer.ts';
import { useExportText } from './text.ts';

type Tone = 'plain' | 'accent' | 'good' | 'warn' | 'harm';

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

const tones: Record<RowState, Tone> = {
  acknowledged: 'good',
  written: 'good',
  sending: 'accent',
  pending: 'plain',
  uncertain: 'warn',
  rejected: 'harm',
  dead: 'harm',
  withheld: 'warn',
  expired: 'plain',
  cancelled: 'plain',
  excluded: 'warn',
};
export const toneOf = (state: RowState): Tone => tones[state];
export const stateNamed = (name: string | undefined): RowState | undefined =>
  rowStates.find((one) => one === name);

export const runTones = {
  writing: 'accent',
  paused: 'warn',
  done: 'good',
  failed: 'harm',
  cancelled: 'plain',
} as const;

const known = [
  'capacity',
  'cease_contact',
  'cut_off',
  'deceased',
  'dispute',
  'forgotten',
  'hardship',
  'insolvent',
  'opt_out',
  'paid',
  'plan',
  'promised',
  'vulnerable',
] as const;

/** Our own reasons in words; the receiver's stay as it gave them. */
export function useReasons() {
  const t = useExportText();
  return (reason: string | null): string | null => {
    const own = known.find((one) => one === reason);
    return own ? t(`reason.${own}`) : reason;
  };
}

export const counted = (states: Record<string, number>, ...names: RowState[]): number =>
  names.reduce((sum, name) => sum + (states[name] ?? 0), 0);

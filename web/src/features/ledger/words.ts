import type { RowState } from '#core/delivery/answer.ts';
import { useLedgerText } from './text.ts';

const tones: Partial<Record<RowState, 'accent' | 'good' | 'warn' | 'harm'>> = {
  sending: 'accent',
  acknowledged: 'good',
  written: 'good',
  uncertain: 'warn',
  rejected: 'harm',
  dead: 'harm',
  excluded: 'warn',
  withheld: 'warn',
};
export const toneOf = (state: RowState) => tones[state] ?? ('plain' as const);

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
  const t = useLedgerText();
  return (reason: string | null): string | null => {
    const own = known.find((one) => one === reason);
    return own ? t(`reason.${own}`) : reason;
  };
}

import type { RowState } from '#core/delivery/answer.ts';
import { reasonTitle } from '#core/delivery/words.ts';
import type { Language } from '../i18n/language.svelte.ts';

type Tone = 'plain' | 'accent' | 'good' | 'warn' | 'harm';

const tones: Readonly<Record<RowState, Tone>> = {
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

/** The colour of where a row stands, the same on every screen. */
export const toneOf = (state: RowState): Tone => tones[state];

/** Our own reasons in words; a receiver's stay as it gave them. */
export function sayReason(language: Language, reason: string | null): string | null {
  const own = reason === null ? null : reasonTitle(reason);
  return own ? language.pick(own) : reason;
}

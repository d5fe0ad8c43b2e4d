import type { LineStep } from '#core/contract/system.ts';
import type { Text } from '#core/text/text.ts';
import { around } from './around.ts';
import type { Column, Figure, Sentence, SentenceValues } from './outputs.ts';
import { written } from './table.ts';

/** A sentence in both languages: as it is, or a message with its figures. */
export const say = (said: Text | Sentence): void =>
  around.put({ kind: 'sentence', sentence: 'text' in said ? said : asItIs(said) });

const asItIs = (said: Text): Sentence => ({
  text: { es: '{said}', en: '{said}' },
  values: { said: (_, locale) => said[locale] },
});

export function table<R>(data: readonly R[], columns: readonly Column<R>[]): void {
  around.put({ kind: 'table', write: (figures, locale) => written(data, columns, figures, locale) });
}

export const chart = <R>({ finding, values = {}, spec, data, columns, arms = [] }: Figure<R>): void =>
  around.put({
    kind: 'chart',
    finding: { text: finding, values },
    spec,
    arms,
    table: (figures, locale) => written(data, columns, figures, locale),
  });

type Checked = number | string | null;

/** Sums of doubles in another order still agree; an iterative fit does to about 1e-9 too. */
const tolerance = 1e-6;

/**
 * Holds a value found here against the one the workspace gives. Whole numbers, text and null must be equal; other
 * numbers the same to a millionth of the larger.
 *
 * @param values what fills the name of the figure
 */
export function check(what: Text, here: Checked, there: Checked, values: SentenceValues = {}): boolean {
  const holds = agree(here, there);
  const sentence = { text: what, values };
  around.put({ kind: 'check', what: sentence, here: shown(here), there: shown(there), holds });
  return holds;
}

function agree(here: Checked, there: Checked): boolean {
  if (typeof here !== 'number' || typeof there !== 'number') return here === there;
  if (Number.isInteger(here) && Number.isInteger(there)) return here === there;
  return Math.abs(here - there) <= tolerance * Math.max(Math.abs(here), Math.abs(there));
}

const shown = (value: Checked): string => (value === null ? '–' : String(value));

/** Says that a step of the line has not been done, and which command does it. */
export const notYet = (step: LineStep): void => around.put({ kind: 'not_yet', step });

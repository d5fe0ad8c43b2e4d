import type { HandBins } from '#core/scorecard/bins.ts';
import type { Figures } from '../../../i18n/figures.ts';

/** Six figures at most, without zeros at the end. */
export function shortNumber(f: Figures, value: number): string {
  const rounded = Number(value.toPrecision(6));
  const digits = Math.min(6, (String(rounded).split('.')[1] ?? '').length);
  return digits === 0 ? f.integer(rounded) : f.decimal(rounded, digits);
}

/** The name of each place of a tally: the bins, then missing, then (of categories) the rest. */
export function binNames(
  f: Figures,
  bins: HandBins,
  words: { missing: string; rest: string; all: string },
): string[] {
  if ('groups' in bins) return [...bins.groups.map((group) => group.join(', ')), words.missing, words.rest];
  const { cuts } = bins;
  const write = (value: number | undefined) => shortNumber(f, value ?? 0);
  if (cuts.length === 0) return [words.all, words.missing];
  return [
    ...cuts.map((cut, i) => (i === 0 ? `≤ ${write(cut)}` : `${write(cuts[i - 1])} – ${write(cut)}`)),
    `> ${write(cuts.at(-1))}`,
    words.missing,
  ];
}

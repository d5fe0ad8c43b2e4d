import type { Experiment } from '#core/contract/experiments/experiments.ts';
import type { DesignDraft, TouchDraft } from './draft.ts';
import { armNames } from './draft.ts';
import type { Texts } from './texts.ts';

/** The message of a draft that a text of the answer belongs to: touches are numbered by day. */
export function touchOf(
  draft: DesignDraft,
  { arm, touch = 1 }: Pick<Experiment['texts'][number], 'arm' | 'touch'>,
): TouchDraft | undefined {
  const place = armNames(draft.arms).indexOf(arm);
  return [...(draft.arms[place]?.touches ?? [])].sort((a, b) => a.day - b.day)[touch - 1];
}

/** Where a text leaves its figure open, so that the true one is put in. */
const open = /\{\{\s*n_de_10\s*\}\}/;

/** Texts of the same style and channel that say the true figure, whatever it is. */
export const openTexts = (texts: Texts, { style, channel }: TouchDraft): string[] =>
  texts.of(style, channel).flatMap(({ id, body }) => (open.test(`${body.es} ${body.en}`) ? [id] : []));

/** The message goes on with texts that say the true figure. */
export function takeTrueFigure(touch: TouchDraft, ids: readonly string[]): void {
  touch.templates = [...ids];
}

/** The message goes on in the neutral style. */
export function takeNeutral(touch: TouchDraft): void {
  touch.style = 'neutral';
  touch.templates = null;
}

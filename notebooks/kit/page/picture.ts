import * as vega from 'vega';
import { compile } from 'vega-lite';
import type { Locale } from '#core/text/text.ts';
import type { Pens, Spec } from '../../../web/src/charts/chart.ts';
import { paletteOf, type Theme } from './palette.ts';

const width = 720;

const widths: readonly [RegExp, number][] = [
  [/[ .,:;'|!iljI\u00a0\u202f]/, 0.28],
  [/[ftr()[\]-]/, 0.38],
  [/[mwMW%]/, 0.86],
  [/[A-Z]/, 0.68],
];
const widthOf = (letter: string): number => widths.find(([letters]) => letters.test(letter))?.[1] ?? 0.58;

/** Without a canvas Vega takes every letter as 0.8 of the type size, and cuts labels that would fit. */
const estimated: TextMetrics['width'] = ({ fontSize = 11 }, text) =>
  [...String(text ?? '')].reduce((sum, letter) => sum + widthOf(letter) * fontSize, 0);

/** Vega's own types leave this part of it out. */
interface TextMetrics {
  width: (item: { fontSize?: number }, text: unknown) => number;
}
(vega as unknown as { textMetrics: TextMetrics }).textMetrics.width = estimated;

/** A chart of the page as Vega draws it, at the width of this page. */
export function compiled(spec: (pens: Pens) => Spec, theme: Theme, locale: Locale): vega.Spec {
  const fixed = { ...spec({ palette: paletteOf(theme), locale }), width } as Spec;
  return compile(fixed).spec;
}

/** The chart as SVG: it needs no script where it is read. */
export async function picture(spec: (pens: Pens) => Spec, theme: Theme, locale: Locale): Promise<string> {
  const view = new vega.View(vega.parse(compiled(spec, theme, locale)), { renderer: 'none' });
  try {
    return await view.toSVG();
  } finally {
    view.finalize();
  }
}

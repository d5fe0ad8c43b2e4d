import type { TopLevelSpec } from 'vega-lite';
import type { Locale } from '#core/text/text.ts';
import { type Figures, figures } from '../i18n/figures.ts';

/** Colours of the page's theme, as any CSS colour. */
export interface Palette {
  paper: string;
  sheet: string;
  ink: string;
  soft: string;
  line: string;
  rule: string;
  accent: string;
  good: string;
  warn: string;
  harm: string;
  /** The first is the control; the same arm has the same colour everywhere. */
  arms: readonly string[];
  /** Ends of the scale for amounts: nothing, most. */
  ramp: readonly [string, string];
}

/** What a chart is drawn with. */
export interface Pens {
  palette: Palette;
  locale: Locale;
}

export type Spec = TopLevelSpec;
export type Layer = Record<string, unknown>;

export const write = ({ locale }: Pens): Figures => figures(locale);

export interface Frame {
  description: string;
  height: number;
  layer: Layer[];
  /** Room for direct labels, which stand outside the plot. */
  right?: number;
  top?: number;
  left?: number;
  extra?: Layer;
}

/** What every chart has in common: as wide as its place, no grid it does not need, type as the page's. */
export function frame(
  pens: Pens,
  { description, height, layer, right = 12, left = 0, top = 6, extra }: Frame,
): Spec {
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    description,
    width: 'container',
    height,
    autosize: { type: 'fit', contains: 'padding' },
    padding: { left: left + 2, right, top, bottom: 4 },
    layer,
    config: config(pens),
    ...extra,
  } as unknown as Spec;
}

function config({ palette, locale }: Pens): Layer {
  return {
    background: null,
    font: 'Inter, "Inter fallback", sans-serif',
    locale: { number: numbers[locale] },
    view: { stroke: null },
    axis: {
      labelColor: palette.soft,
      labelFontSize: 13,
      titleColor: palette.soft,
      titleFontSize: 13,
      titleFontWeight: 'normal',
      gridColor: palette.line,
      domain: false,
      ticks: false,
      labelPadding: 8,
      titlePadding: 10,
      labelLimit: 200,
    },
    axisX: { grid: false, domain: true, domainColor: palette.rule },
    text: { font: 'Inter, "Inter fallback", sans-serif', fontSize: 13, color: palette.ink },
    legend: { disable: true },
  };
}

const numbers = {
  es: { decimal: ',', thousands: '\u00a0', grouping: [3], currency: ['', ''], percent: '\u00a0%' },
  en: { decimal: '.', thousands: ',', grouping: [3], currency: ['', ''] },
} as const;

/** A line at a value of one axis: zero, a limit, a target. */
export function mark(
  { palette }: Pens,
  axis: 'x' | 'y',
  value: number,
  style: { dashed?: boolean; color?: string } = {},
): Layer {
  return {
    data: { values: [{}] },
    mark: {
      type: 'rule',
      color: style.color ?? palette.rule,
      strokeWidth: style.dashed ? 1 : 1.5,
      ...(style.dashed ? { strokeDash: [4, 4] } : {}),
    },
    encoding: { [axis]: { datum: value } },
  };
}

/** Moves labels apart that would overlap, keeping their order and staying as near as possible to their place. */
export function spread(places: readonly number[], gap: number): number[] {
  const order = places.map((place, i) => ({ place, i })).sort((a, b) => a.place - b.place);
  const moved = order.map(({ place }) => place);
  for (let round = 0; round < 60; round += 1)
    for (let k = 1; k < moved.length; k += 1) {
      const short = gap - (moved[k]! - moved[k - 1]!);
      if (short <= 1e-12) continue;
      moved[k] = moved[k]! + short / 2;
      moved[k - 1] = moved[k - 1]! - short / 2;
    }
  const out = new Array<number>(places.length);
  for (const [k, { i }] of order.entries()) out[i] = moved[k]!;
  return out;
}

import { frame, type Layer, mark, type Pens, type Spec } from '../../web/src/charts/chart.ts';
import type { Figure } from '../kit/outputs.ts';
import { inLanguage } from './words.ts';

export interface PowerBand {
  /** Percentage points. */
  effect: number;
  power: number;
  lower: number;
  upper: number;
}

/** What repeated experiments found: the share that saw the effect, with its interval. */
export type Trial = PowerBand;

const texts = {
  description: {
    es: 'Probabilidad de ver un efecto, según su tamaño',
    en: 'Chance to see an effect, by its size',
  },
  effect: { es: 'Efecto, en puntos', en: 'Effect, in points' },
  power: { es: 'Probabilidad de verlo', en: 'Chance to see it' },
};
const band = { es: 'Según la tasa base', en: 'By the base rate' };

/** The power curve with the band of the base rate's interval, and experiments drawn at random beside it. */
export function powerAgainstTrials(
  curve: readonly PowerBand[],
  trials: readonly Trial[],
  plan: { power: number; smallestEffect: number | null },
): Figure<PowerBand> {
  const off = trials.filter(({ effect, lower, upper }) => {
    const power = curve.find((point) => point.effect === effect)?.power ?? 0;
    return power < lower || power > upper;
  }).length;
  return {
    finding: {
      es: '{seen, select, none {Ningún efecto posible se vería} other {Una mejora de {seen} se vería}} con probabilidad {power}; {off, plural, =0 {los experimentos sorteados dicen lo mismo} one {# de {all} grupos de experimentos sorteados se aparta} other {# de {all} grupos de experimentos sorteados se apartan}}',
      en: '{seen, select, none {No possible effect would be seen} other {A rise of {seen} would be seen}} with probability {power}; {off, plural, =0 {experiments drawn at random say the same} one {# of {all} groups of experiments drawn at random departs} other {# of {all} groups of experiments drawn at random depart}}',
    },
    values: {
      seen: (f) => (plan.smallestEffect === null ? 'none' : f.points(plan.smallestEffect)),
      power: (f) => f.percent(plan.power, 0),
      off,
      all: trials.length,
    },
    spec: (pens) => drawn(curve, trials, plan.power, pens),
    data: curve,
    columns: [
      { title: texts.effect, align: 'right', cell: ({ effect }, f) => f.points(effect, 2) },
      { title: texts.power, align: 'right', cell: ({ power }, f) => f.percent(power) },
      { title: band, align: 'right', cell: (row, f) => f.interval(row.lower, row.upper, f.percent) },
    ],
  };
}

function drawn(curve: readonly PowerBand[], trials: readonly Trial[], planned: number, pens: Pens): Spec {
  const { palette } = pens;
  const words = inLanguage(texts, pens);
  const x = {
    field: 'effect',
    type: 'quantitative',
    axis: { title: words.effect, tickCount: 6, format: '.1~f' },
    scale: { domain: [0, Math.max(...curve.map(({ effect }) => effect))], nice: false },
  };
  const y = (field: string): Layer => ({
    field,
    type: 'quantitative',
    scale: { domain: [0, 1] },
    axis: { title: words.power, format: '.0%', tickCount: 5 },
  });
  const between = { x, y: y('lower'), y2: { field: 'upper' } };
  const at = { x, y: y('power') };
  const ink = palette.ink;
  return frame(pens, {
    description: words.description,
    height: 260,
    layer: [
      {
        data: { values: curve },
        mark: { type: 'area', color: palette.accent, opacity: 0.18 },
        encoding: between,
      },
      {
        data: { values: curve },
        mark: { type: 'line', color: palette.accent, strokeWidth: 2.5 },
        encoding: at,
      },
      mark(pens, 'y', planned, { dashed: true }),
      { data: { values: trials }, mark: { type: 'rule', color: ink, strokeWidth: 1.5 }, encoding: between },
      {
        data: { values: trials },
        mark: { type: 'point', filled: true, size: 50, color: ink, opacity: 1 },
        encoding: at,
      },
    ],
  });
}

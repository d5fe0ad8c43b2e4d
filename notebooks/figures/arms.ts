import type { Interval } from '#core/stats/wilson.ts';
import type { Layer, Pens, Spec } from '../../web/src/charts/chart.ts';
import { forest } from '../../web/src/charts/experiments/forest.ts';
import { balance } from '../../web/src/charts/portfolio/balance.ts';
import { figures } from '../../web/src/i18n/figures.ts';
import type { Figure } from '../kit/outputs.ts';
import { arm, inLanguage, interval, shareColumns } from './words.ts';

export interface ArmDifference {
  covariate: string;
  arm: string;
  n: number;
  controlN: number;
  standardisedDifference: number | null;
}

type WithInterval = ArmDifference & { lower: number | null; upper: number | null };

/** 95 % interval of a standardised difference (Hedges and Olkin 1985, §5; as in Austin 2009). */
function withInterval(row: ArmDifference): WithInterval {
  const { n, controlN, standardisedDifference: d } = row;
  if (d === null) return { ...row, lower: null, upper: null };
  const half = 1.96 * Math.sqrt((n + controlN) / (n * controlN) + d ** 2 / (2 * (n + controlN)));
  return { ...row, lower: d - half, upper: d + half };
}

/** How far each arm stands from the control before anything is sent, each difference with its interval. */
export function balanceOfArms(
  differences: readonly ArmDifference[],
  arms: readonly string[],
): Figure<WithInterval> {
  const rows = differences.map(withInterval);
  const outside = rows.filter(({ lower, upper }) => (lower ?? 0) > 0 || (upper ?? 0) < 0).length;
  const texts = {
    description: {
      es: 'Diferencia de cada brazo con el control antes del envío',
      en: 'Difference of each arm from control before sending',
    },
    axis: { es: 'Diferencia, en desviaciones', en: 'Difference, in deviations' },
  };
  return {
    finding: {
      es: '{outside, plural, =0 {Ninguna de {n} diferencias entre brazos se aparta de cero} one {# de {n} diferencias entre brazos se aparta de cero} other {# de {n} diferencias entre brazos se apartan de cero}}; el azar solo dejaría {expected, plural, one {#} other {#}}',
      en: '{outside, plural, =0 {None of {n} differences between arms is clear of zero} one {# of {n} differences between arms is clear of zero} other {# of {n} differences between arms are clear of zero}}; chance alone would leave about {expected, plural, one {#} other {#}}',
    },
    values: { outside, n: rows.length, expected: Math.round(rows.length * 0.05) },
    spec: (pens) => drawn(rows, { ...inLanguage(texts, pens), arms }, pens),
    arms,
    data: rows,
    columns: [
      { title: { es: 'Dato', en: 'Covariate' }, cell: ({ covariate }) => covariate },
      { title: arm, cell: (row) => row.arm },
      { title: texts.axis, align: 'right', cell: (row, f) => f.signed(row.standardisedDifference, 3) },
      {
        title: interval,
        align: 'right',
        cell: ({ lower, upper }, f) => f.interval(lower, upper, (value) => f.signed(value, 3)),
      },
    ],
  };
}

/** The page's chart of balance with the intervals under its marks. */
function drawn(rows: readonly WithInterval[], words: Parameters<typeof balance>[1], pens: Pens): Spec {
  const { layer, ...rest } = balance(rows, words, pens) as unknown as { layer: Layer[] };
  const { y, yOffset, stroke, x } = layer.at(-1)!.encoding as Record<string, Layer>;
  const widest = Math.max(...rows.map(({ lower, upper }) => Math.max(-(lower ?? 0), upper ?? 0)));
  const scale = { domain: [-widest, widest], nice: false };
  const intervals = {
    data: { values: rows.filter(({ lower }) => lower !== null) },
    mark: { type: 'rule', strokeWidth: 1.5, opacity: 0.6 },
    encoding: { y, yOffset, color: stroke, x: { ...x, scale, field: 'lower' }, x2: { field: 'upper' } },
  };
  return { ...rest, layer: [intervals, ...layer.map((one) => rescaled(one, scale))] } as unknown as Spec;
}

function rescaled(layer: Layer, scale: Layer): Layer {
  const encoding = layer.encoding as Record<string, Layer> | undefined;
  return encoding?.x && 'scale' in encoding.x
    ? { ...layer, encoding: { ...encoding, x: { ...encoding.x, scale } } }
    : layer;
}

export type KeptBack = Interval & { name: string; n: number };

/** The share of each arm that the contact rules kept back. */
export function keptBack(arms: readonly KeptBack[], pValue: number | null): Figure<KeptBack> {
  const all = arms.reduce((sum, { n }) => sum + n, 0);
  const back = arms.reduce((sum, { n, estimate }) => sum + n * (estimate ?? 0), 0);
  const axis = { es: 'Fuera por las reglas', en: 'Kept back by rules' };
  return {
    finding: {
      es: 'Las reglas dejan fuera a {share} de las personas; {fair, select, true {los brazos pierden por igual} other {un brazo pierde más que otro}} (p = {p})',
      en: 'The rules keep back {share} of the people; {fair, select, true {the arms lose alike} other {one arm loses more than another}} (p = {p})',
    },
    values: {
      share: (f) => f.percent(all ? back / all : null),
      fair: String((pValue ?? 1) >= 0.01),
      p: (f) => f.probability(pValue),
    },
    spec: (pens) => {
      const f = figures(pens.locale);
      const marks = arms.map((row, colour) => ({
        ...row,
        label: row.name,
        text: f.percent(row.estimate),
        clear: true,
        colour,
      }));
      return forest(marks, { ...inLanguage({ axis, description: axis }, pens), format: '.1%' }, pens);
    },
    data: arms,
    columns: [
      { title: arm, cell: ({ name }) => name },
      { title: { es: 'Personas', en: 'People' }, align: 'right', cell: ({ n }, f) => f.integer(n) },
      ...shareColumns(axis),
    ],
  };
}

import type { Interval } from '#core/stats/wilson.ts';
import type { Text } from '#core/text/text.ts';
import type { CalibrationBin } from '#models/metrics/calibration.ts';
import { forest } from '../../web/src/charts/experiments/forest.ts';
import { calibration } from '../../web/src/charts/models/calibration.ts';
import { figures } from '../../web/src/i18n/figures.ts';
import type { Figure } from '../kit/outputs.ts';
import { inLanguage, interval } from './words.ts';

/** The figures of a card that are reckoned again, by name. */
export const metrics = {
  n: { es: 'Filas', en: 'Rows' },
  events: { es: 'Curadas', en: 'Cured' },
  ks: { es: 'KS', en: 'KS' },
  logLoss: { es: 'Pérdida logarítmica', en: 'Log loss' },
  brier: { es: 'Brier', en: 'Brier' },
  calibrationSlope: { es: 'Pendiente de calibración', en: 'Calibration slope' },
  ece: { es: 'Error de calibración esperado', en: 'Expected calibration error' },
} as const;

export type Separation = Interval & { title: Text };

/** How well the model puts first those who did, beside what it has to beat. The first is the model. */
export function separation(ranked: readonly Separation[]): Figure<Separation> {
  const [model, ...others] = ranked;
  const best = others.toSorted((a, b) => (b.estimate ?? 0) - (a.estimate ?? 0))[0];
  const beats = (model?.lower ?? 0) > (best?.upper ?? 1);
  const description = {
    es: 'Área bajo la curva ROC, con intervalo',
    en: 'Area under the ROC curve, with interval',
  };
  return {
    finding: {
      es: 'El modelo acierta el orden de {auc} de las parejas, {interval}; {beats, select, true {gana a} other {no se aparta de}} «{rival}», con {other}',
      en: 'The model puts {auc} of pairs in the right order, {interval}; it {beats, select, true {beats} other {is not clear of}} "{rival}", at {other}',
    },
    values: {
      auc: (f) => f.percent(model?.estimate),
      interval: (f) => f.interval(model?.lower, model?.upper, f.percent),
      beats: String(beats),
      rival: (_, locale) => best?.title[locale] ?? '–',
      other: (f) => f.percent(best?.estimate),
    },
    spec: (pens) => {
      const f = figures(pens.locale);
      const marks = ranked.map((row, i) => ({
        ...row,
        label: row.title[pens.locale],
        text: f.decimal(row.estimate, 3),
        clear: i > 0 || beats,
        colour: i === 0 ? 1 : 0,
      }));
      const words = { ...inLanguage({ axis: { es: 'AUC', en: 'AUC' }, description }, pens), format: '.2f' };
      return forest(marks, words, pens, { reference: 0.5 });
    },
    data: ranked,
    columns: [
      { title: { es: 'Con qué se ordena', en: 'Ordered by' }, cell: ({ title }, _, locale) => title[locale] },
      { title: { es: 'AUC', en: 'AUC' }, align: 'right', cell: ({ estimate }, f) => f.decimal(estimate, 4) },
      {
        title: interval,
        align: 'right',
        cell: ({ lower, upper }, f) => f.interval(lower, upper, (value) => f.decimal(value, 4)),
      },
    ],
  };
}

/** Probabilities beside what happened, in groups of equal size. */
export function calibrated(bins: readonly CalibrationBin[], slope: number | null): Figure<CalibrationBin> {
  const off = bins.filter(({ predicted, lower, upper }) => predicted < lower || predicted > upper).length;
  const texts = {
    description: { es: 'Lo predicho y lo ocurrido', en: 'What was predicted and what happened' },
    predicted: { es: 'Predicho', en: 'Predicted' },
    observed: { es: 'Ocurrido', en: 'Happened' },
    perfect: { es: 'acierto exacto', en: 'exactly right' },
  };
  return {
    finding: {
      es: '{off, plural, =0 {Lo predicho cae dentro del intervalo de lo ocurrido en los {n} grupos} one {Lo predicho queda fuera del intervalo de lo ocurrido en # de {n} grupos} other {Lo predicho queda fuera del intervalo de lo ocurrido en # de {n} grupos}}; pendiente {slope}',
      en: '{off, plural, =0 {What was predicted is within the interval of what happened in all {n} groups} one {What was predicted is outside the interval of what happened in # of {n} groups} other {What was predicted is outside the interval of what happened in # of {n} groups}}; slope {slope}',
    },
    values: { off, n: bins.length, slope: (f) => f.decimal(slope) },
    spec: (pens) => calibration(bins, inLanguage(texts, pens), pens),
    data: bins,
    columns: [
      { title: texts.predicted, align: 'right', cell: ({ predicted }, f) => f.percent(predicted) },
      { title: texts.observed, align: 'right', cell: ({ observed }, f) => f.percent(observed) },
      { title: interval, align: 'right', cell: ({ lower, upper }, f) => f.interval(lower, upper, f.percent) },
      { title: { es: 'Filas', en: 'Rows' }, align: 'right', cell: ({ n }, f) => f.integer(n) },
    ],
  };
}

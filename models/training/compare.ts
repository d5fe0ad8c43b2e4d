import type { ComparedLearner, ModelCard } from '#core/contract/models/card.ts';
import { DomainError, messageOf } from '#core/errors/domain-error.ts';
import { numberFormat } from '#core/text/number.ts';
import type { Locale, Text } from '#core/text/text.ts';
import { evaluate, isBinary } from '../evaluate.ts';
import { rowLosses } from '../metrics/accuracy.ts';
import { aucDifference } from '../metrics/auc.ts';
import { calibrationCurve } from '../metrics/calibration.ts';
import { meanInterval } from '../metrics/mean.ts';
import type { Counting } from '../metrics/sample.ts';
import { gainCurve, rocCurve } from '../metrics/separation.ts';
import type { Part } from './parts.ts';
import { evaluateParts } from './report/results.ts';
import { simplestNearBest } from './simplest.ts';
import type { Tried } from './try-learner.ts';

/** Learners from the plainest to read on; others come after, and among equals the one with fewer free parameters. */
const plainest = ['scorecard', 'boosted-trees', 'neural-network'];
const rank = (id: string): number => (plainest.includes(id) ? plainest.indexOf(id) : plainest.length);

export const comparisonRule: Text = {
  es: 'Se queda el método con la menor pérdida logarítmica fuera de muestra (validación interna, por persona y en orden de tiempo); si otro más sencillo queda a menos de un error estándar de la diferencia pareada, se queda el más sencillo: tarjeta, luego árboles, luego red, luego otros, y entre iguales el de menos parámetros.',
  en: 'The learner with the lowest log loss out of sample is kept (inner validation, by person and in order of time); if a simpler one is within one standard error of the paired difference, the simpler is kept: scorecard, then trees, then network, then others, and among equals the one with fewer parameters.',
};

/** The learner kept by the rule, and the best of all. Each is tried on the same rows. */
export function chooseLearner(
  tried: readonly Tried[],
  target: Float64Array,
  counting: Counting,
): { chosen: Tried; best: Tried } {
  const ordered = [...tried].sort((a, b) => rank(a.id) - rank(b.id) || a.complexity - b.complexity);
  const losses = ordered.map(({ probabilities }) => rowLosses(target, probabilities));
  const { chosen, best } = simplestNearBest(losses, counting);
  return { chosen: ordered[chosen]!, best: ordered[best]! };
}

export interface Failed {
  id: string;
  options: unknown;
  error: unknown;
}

interface Compared {
  tried: readonly Tried[];
  failed: readonly Failed[];
  chosen: Tried;
  best: Tried;
  target: Float64Array;
  counting: Counting;
  parts: readonly Part[];
}

/** Every learner asked for beside the others, by its probabilities of the same rows out of fold. */
export function comparisonOf(compared: Compared): NonNullable<ModelCard['comparison']> {
  const { tried, failed, chosen, best } = compared;
  return {
    rule: comparisonRule,
    reason: reasonOf(compared),
    learners: [
      ...tried.map((one) => figuresOf(one, chosen === one, best, compared)),
      ...failed.map(({ id, options, error }) => ({
        ...blank,
        learner: id,
        options,
        failed: failureOf(error),
      })),
    ],
  };
}

const nothing = { estimate: null, lower: null, upper: null, reason: 'failed' };
const blank: Omit<ComparedLearner, 'learner' | 'options' | 'failed'> = {
  chosen: false,
  seconds: 0,
  complexity: 0,
  results: [],
  roc: [],
  gain: [],
  calibration: [],
  logLossDifference: nothing,
  aucDifference: nothing,
};

function figuresOf(one: Tried, chosen: boolean, best: Tried, compared: Compared): ComparedLearner {
  const { target, counting, parts } = compared;
  const { probabilities: p } = one;
  const losses = rowLosses(target, p);
  const least = rowLosses(target, best.probabilities);
  const same = { estimate: 0, lower: 0, upper: 0 };
  const area = () =>
    isBinary(target)
      ? aucDifference(target, p, best.probabilities, counting)
      : { ...nothing, reason: 'share_target' };
  return {
    learner: one.id,
    options: one.options,
    chosen,
    seconds: one.seconds,
    complexity: one.complexity,
    results: evaluateParts(parts, target, p, counting),
    roc: isBinary(target) ? rocCurve(target, p, counting.weights) : [],
    gain: gainCurve(target, p, 20, counting.weights),
    calibration: calibrationCurve(target, p, 10, counting),
    logLossDifference:
      one === best
        ? same
        : meanInterval(
            losses.map((loss, i) => loss - least[i]!),
            counting,
          ),
    aucDifference: one === best ? same : area(),
    failed: null,
  };
}

/** What stopped a learner, for who reads the card; a failure nobody foresaw is given in its own words. */
export function failureOf(error: unknown): NonNullable<ComparedLearner['failed']> {
  if (error instanceof DomainError) {
    const { code, details } = error;
    return { code, message: { es: messageOf(code, 'es', details), en: messageOf(code, 'en', details) } };
  }
  const [line = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
  return { code: 'internal', message: { es: line, en: line } };
}

function reasonOf({ tried, failed, chosen, best, target, counting }: Compared): Text {
  const loss = ({ probabilities }: Tried, locale: Locale) => {
    const { logLoss } = evaluate('all', target, probabilities, { weights: counting.weights });
    return logLoss === null
      ? '–'
      : numberFormat(locale, { minimumFractionDigits: 4, maximumFractionDigits: 4 })(logLoss);
  };
  if (tried.length === 1 && failed.length > 0)
    return {
      es: `Solo «${chosen.id}» se pudo entrenar.`,
      en: `Only "${chosen.id}" could be trained.`,
    };
  if (tried.length === 1)
    return { es: `Solo se probó «${chosen.id}».`, en: `Only "${chosen.id}" was tried.` };
  if (chosen === best)
    return {
      es: `«${chosen.id}» tiene la menor pérdida logarítmica, ${loss(best, 'es')}, y ninguno más sencillo queda a menos de un error estándar.`,
      en: `"${chosen.id}" has the lowest log loss, ${loss(best, 'en')}, and no simpler one is within one standard error.`,
    };
  return {
    es: `La menor pérdida logarítmica es la de «${best.id}», ${loss(best, 'es')}; «${chosen.id}», más sencillo, queda a menos de un error estándar con ${loss(chosen, 'es')}.`,
    en: `The lowest log loss is that of "${best.id}", ${loss(best, 'en')}; "${chosen.id}", simpler, is within one standard error at ${loss(chosen, 'en')}.`,
  };
}

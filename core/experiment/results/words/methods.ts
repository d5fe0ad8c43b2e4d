import type { Text } from '../../../text/text.ts';

const text = (es: string, en: string): Text => ({ es, en });

/** What was done, for whoever compares with another tool. */
export const methods = {
  none: text('sin cálculo', 'not computed'),
  proportions: text(
    'diferencia de proporciones sin ajustar; intervalo de Newcombe, prueba z agrupada de dos colas',
    'difference in proportions, unadjusted; Newcombe interval, two-sided pooled z test',
  ),
  means: text(
    'diferencia de medias sin ajustar; t de Welch de dos colas',
    'difference in means, unadjusted; two-sided Welch t',
  ),
  ratios: text(
    'diferencia de razones sin ajustar; método delta, t de dos colas',
    'difference in ratios, unadjusted; delta method, two-sided t',
  ),
  adjusted: text(
    'ajustada por lo previo (CUPED, covariables centradas por brazo) y por estratos; t de dos colas',
    'adjusted by what came before (CUPED, covariates centred per arm) and by stratum; two-sided t',
  ),
  stratified: text(
    'por estratos, sin covariables; t de dos colas',
    'by stratum, without covariates; two-sided t',
  ),
  regression: text(
    'regresión en cada estrato con las covariables; t de dos colas',
    'regression in each stratum on the covariates; two-sided t',
  ),
  cuped: text(
    'ajustada por lo previo (CUPED), sin estratos; t de Welch de dos colas',
    'adjusted by what came before (CUPED), without strata; two-sided Welch t',
  ),
  relative: text('relativa al control; intervalo de Fieller', 'relative to control; Fieller interval'),
  quantile: text('diferencia de medianas; intervalo por rangos', 'difference in medians; interval by ranks'),
  reached: text(
    'efecto en quienes recibieron el mensaje: asignación como instrumento (Wald), método delta',
    'effect on those the message reached: assignment as instrument (Wald), delta method',
  ),
  shrunken: text(
    'acercada a la media de los grupos según cuánto difieren (Paule–Mandel)',
    'drawn towards the mean of the groups by how much they differ (Paule–Mandel)',
  ),
  money: text(
    'por cada mil personas asignadas, menos el costo de los mensajes; intervalo por remuestreo (percentiles)',
    'per thousand people assigned, less the cost of messages; bootstrap percentile interval',
  ),
  pooled: text(
    'efectos aleatorios sobre los experimentos (Paule–Mandel, Hartung–Knapp)',
    'random effects over trials (Paule–Mandel, Hartung–Knapp)',
  ),
  outside: text(
    'de otra parte: estimación y error como se publicaron; intervalo normal del 95 %',
    'from elsewhere: estimate and error as published; normal 95 % interval',
  ),
  bayes: text(
    'bayesiana, previa débil centrada en ningún efecto; intervalo creíble',
    'Bayesian, weak prior centred on no effect; credible interval',
  ),
} as const;

/** Of the judged interval, what makes it hold at the looks and over the arms. */
export const judgedBy = {
  fixed: text('a un solo momento', 'at one moment'),
  group_sequential: text(
    'intervalo y valor p repetidos sobre las revisiones del plan',
    'interval and p-value repeated over the planned looks',
  ),
  always_valid: text(
    'secuencia de confianza y su valor p, válidos siempre',
    'confidence sequence and its p-value, valid at any time',
  ),
} as const;

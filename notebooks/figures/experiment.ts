import type { Text } from '#core/text/text.ts';

/** What an experiment is held by. */
export const told = {
  assigned: { es: 'Personas asignadas, {arm}', en: 'People assigned, {arm}' },
  stage: { es: 'Proporción entre brazos, p: {stage}', en: 'Ratio between arms, p: {stage}' },
  people: { es: 'Personas que entraron', en: 'People who entered' },
  matured: { es: 'Personas con su plazo cumplido, {arm}', en: 'People whose window has closed, {arm}' },
  mean: { es: 'Se pusieron al día, {arm}', en: 'Cleared arrears, {arm}' },
  difference: { es: 'Diferencia, {arm}', en: 'Difference, {arm}' },
  error: { es: 'Error estándar de la diferencia, {arm}', en: 'Standard error of the difference, {arm}' },
  lift: { es: 'Diferencia relativa, {arm}', en: 'Relative difference, {arm}' },
  boundary: { es: 'Límite de la revisión {number}', en: 'Boundary of look {number}' },
} satisfies Record<string, Text>;

export const columns = {
  arm: { es: 'Brazo contra control', en: 'Arm against control' },
  method: { es: 'Método', en: 'Method' },
  here: { es: 'Aquí', en: 'Here' },
  there: { es: 'En los resultados', en: 'In the results' },
  apart: { es: 'Distancia', en: 'Apart' },
  plain: { es: 'Diferencia simple', en: 'Plain difference' },
  cuped: { es: 'Ajustada (CUPED)', en: 'Adjusted (CUPED)' },
  regression: {
    es: 'Mínimos cuadrados (aquí) y lo que juzga el plan',
    en: 'Least squares (here) and what the plan judges by',
  },
} satisfies Record<string, Text>;

export const words = {
  chosen: {
    es: '«{name}»: {people} personas, {days} días de plazo, veredicto: {verdict}',
    en: '“{name}”: {people} people, a window of {days} days, verdict: {verdict}',
  },
  open: {
    es: 'Nadie ha cumplido aún su plazo en una revisión: hay personas y proporciones que rehacer, pero ningún efecto.',
    en: 'Nobody has completed the window at a look yet: there are people and ratios to reckon again, but no effect.',
  },
} satisfies Record<string, Text>;

import type { AnalysisWarning } from '../../contract/experiments/analyses.ts';
import { format, type Locale, type Text, type TextValues } from '../../text/text.ts';

const texts = {
  sample_ratio: {
    es: 'Los brazos no tienen la gente que les tocaba (p = {p}): {seen}. {bad, select, true {Por debajo de 0,001 la comparación no vale: se perdió gente de un brazo más que de otro.} other {Revise por dónde pudo perderse gente antes de creer en el efecto.}}',
    en: 'The arms do not have the people they should (p = {p}): {seen}. {bad, select, true {Under 0.001 the comparison is not valid: one arm lost more people than another.} other {Find out where people may have been lost before you believe the effect.}}',
  },
  sample_ratio_stratum: {
    es: 'En el estrato «{stratum}» los brazos no tienen la gente que les tocaba (p = {p}, corregido por Holm).',
    en: 'In the stratum "{stratum}" the arms do not have the people they should (p = {p}, corrected by Holm).',
  },
  contaminated: {
    es: '{units, number, integer} unidades estaban en dos brazos o más ({arms}) y quedaron fuera ({share}).',
    en: '{units, number, integer} units were in two arms or more ({arms}) and were left out ({share}).',
  },
  outcomes_before_assignment: {
    es: '{n, number, integer} filas tenían un resultado anterior al reparto y quedaron fuera.',
    en: '{n, number, integer} rows had an outcome from before the draw and were left out.',
  },
  without_arm: {
    es: '{n, number, integer} filas no dicen su brazo y quedaron fuera.',
    en: '{n, number, integer} rows do not say their arm and were left out.',
  },
  broken_rows: {
    es: '{n, number, integer} filas del archivo no se pudieron leer y quedaron fuera.',
    en: '{n, number, integer} rows of the file could not be read and were left out.',
  },
  outcomes_missing: {
    es: 'A {n, number, integer} de {of, number, integer} filas les falta «{metric}» y quedaron fuera de ella{uneven, select, true {; falta más en unos brazos que en otros (p = {p}), así que la comparación puede estar torcida} other {}}.',
    en: '{n, number, integer} of {of, number, integer} rows have no "{metric}" and were left out of it{uneven, select, true {; more are missing in some arms than in others (p = {p}), so the comparison may be bent} other {}}.',
  },
  covariate_missing: {
    es: 'A {n, number, integer} filas les falta «{column}»; se tomaron por su media.',
    en: '{n, number, integer} rows have no "{column}"; they were taken as its mean.',
  },
  missing_cluster: {
    es: 'Hay {rows, number, integer} filas de {units, number, integer} unidades: se contaron por unidad («{unit}»), porque filas de una misma unidad no son pruebas independientes.',
    en: 'There are {rows, number, integer} rows of {units, number, integer} units: they were counted by unit ("{unit}"), since rows of one unit are not independent evidence.',
  },
  without_cluster: {
    es: '{n, number, integer} filas no dicen su grupo («{column}») y quedaron fuera de las cuentas por grupo.',
    en: '{n, number, integer} rows do not say their group ("{column}") and were left out of what is counted by group.',
  },
  few_clusters: {
    es: 'El brazo «{arm}» tiene solo {n, number, integer} grupos: los intervalos son aproximados.',
    en: 'The arm "{arm}" has only {n, number, integer} groups: intervals are rough.',
  },
  baseline_imbalance: {
    es: '«{arm}» y «{control}» ya eran distintos antes del reparto (p = {p}, corregido por Holm): revise cómo se repartió.',
    en: '"{arm}" and "{control}" differed before the draw already (p = {p}, corrected by Holm): check how it was made.',
  },
  all_equal: {
    es: 'Todos los valores de «{metric}» son iguales ({value}): no hay nada que comparar.',
    en: 'All values of "{metric}" are equal ({value}): there is nothing to compare.',
  },
  extreme_value: {
    es: '«{metric}» tiene un valor extremo ({value}) que pesa {share} de toda la variación; al lado está la misma métrica con tope en {cap}.',
    en: '"{metric}" has an extreme value ({value}) that makes up {share} of all variation; the same metric capped at {cap} stands beside it.',
  },
  negative_values: {
    es: '«{metric}» tiene {n, number, integer} valores negativos, hasta {value}; si es un importe, revíselos.',
    en: '"{metric}" has {n, number, integer} negative values, down to {value}; if it is an amount, check them.',
  },
  few_people: {
    es: 'El brazo «{arm}» tiene solo {n, number, integer} personas: los intervalos son aproximados.',
    en: 'The arm "{arm}" has only {n, number, integer} people: intervals are rough.',
  },
} satisfies Record<string, Text>;

export type WarningCode = keyof typeof texts;

/** p-values as people read them. */
export const shownP = (p: number): string => (p < 0.0001 ? '< 0.0001' : String(Number(p.toPrecision(2))));

/** A share in percent. */
export const shownShare = (share: number): string => `${Number((100 * share).toPrecision(2))} %`;

/** A warning in words; a decimal point in a value given as text becomes a comma in Spanish. */
export function warning(code: WarningCode, values: TextValues, locale: Locale): AnalysisWarning {
  const text = { es: format(texts[code], 'es', commas(values)), en: format(texts[code], 'en', values) };
  return { code, message: text[locale], text };
}

const commas = (values: TextValues): TextValues =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      ['p', 'share', 'cap', 'value'].includes(name) && typeof value === 'string'
        ? value.replace(/(\d)\.(\d)/g, '$1,$2')
        : value,
    ]),
  );

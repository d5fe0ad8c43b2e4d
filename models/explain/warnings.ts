import type { ModelCard } from '#core/contract/models/card.ts';
import { format, type Locale, type Text, type TextValues } from '#core/text/text.ts';

/** What a card says beside the figures, by code. */
const texts = {
  strong_column: {
    es: 'La columna «{column}» sola llega a un AUC de {auc, number, decimal}: escriba por qué se conoce a tiempo.',
    en: 'The column "{column}" alone reaches an AUC of {auc, number, decimal}: write down why it is known in time.',
  },
  one_column_rules: {
    es: 'La columna «{column}» sola da el {part, number, percent} de lo que el modelo gana sobre «{baseline}».',
    en: 'The column "{column}" alone gives {part, number, percent} of what the model gains over "{baseline}".',
  },
  few_events: {
    es: 'Hay {events} casos del desenlace menos frecuente: los intervalos son anchos.',
    en: 'There are {events} cases of the rarer outcome: intervals are wide.',
  },
  sampled: {
    es: 'Se entrenó con el {sampled, number, percent} de las personas, elegidas por azar fijo.',
    en: 'Trained on {sampled, number, percent} of people, chosen by a fixed lottery.',
  },
  no_better: {
    es: 'No se distingue de «{baseline}»: los intervalos del AUC se tocan.',
    en: 'Not told apart from "{baseline}": the intervals of the AUC overlap.',
  },
  miscalibrated: {
    es: 'Las probabilidades fuera de muestra no calzan (pendiente {slope, number, decimal}): úselas para ordenar, no como cifra.',
    en: 'Probabilities out of sample are off (slope {slope, number, decimal}): use them to rank, not as figures.',
  },
  families_missing: {
    es: 'Sin datos para: {families}.',
    en: 'No data for: {families}.',
  },
  people_erased: {
    es: 'Desde que se entrenó {people, plural, one {se olvidó a # persona} other {se olvidó a # personas}}: sus datos ya no están, y la misma carga daría otro modelo.',
    en: 'Since it was trained {people, plural, one {# person was forgotten} other {# people were forgotten}}: their data are gone, and the same load would give another model.',
  },
  one_date: {
    es: 'Hay una sola fecha: se probó con otras personas, no con otro mes.',
    en: 'There is one date only: tested on other people, not on another month.',
  },
  dates_overlap: {
    es: 'Hay varias fechas, pero el desenlace de ninguna se conocía antes de las últimas: se probó con otras personas, no con otro mes.',
    en: 'There are several dates, but the outcome of none was known before the last ones: tested on other people, not on another month.',
  },
  chosen_on_shown: {
    es: 'Sin fechas posteriores en que probar, se eligió con las mismas filas que se muestran, entre {choices, plural, one {# alternativa} other {# alternativas}}: las cifras pecan de optimistas.',
    en: 'Without later dates to test on, the choice was made on the same rows that are shown, against {choices, plural, one {# alternative} other {# alternatives}}: figures lean to the optimistic.',
  },
  learner_failed: {
    es: '«{learner}» no se pudo entrenar: {why}',
    en: '"{learner}" could not be trained: {why}',
  },
} as const satisfies Record<string, Text>;

type Value = TextValues[string] | Text;

/** A warning in every language; a value that is itself a text is written in the language of the sentence. */
export function warning(
  code: keyof typeof texts,
  values: Readonly<Record<string, Value>> = {},
): ModelCard['warnings'][number] {
  const write = (locale: Locale): string => {
    const own = Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'object' && value !== null ? value[locale] : value,
    ]);
    return format(texts[code], locale, Object.fromEntries(own) as TextValues);
  };
  return { code, message: { es: write('es'), en: write('en') } };
}

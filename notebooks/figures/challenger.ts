import type { Text } from '#core/text/text.ts';

/** What a challenger is held by. */
export const told = {
  rows: { es: 'Filas juzgadas', en: 'Rows judged' },
  events: { es: 'Eventos', en: 'Events' },
  auc: { es: 'AUC', en: 'AUC' },
  ks: { es: 'KS', en: 'KS' },
  logLoss: { es: 'Pérdida logarítmica', en: 'Log loss' },
  brier: { es: 'Brier', en: 'Brier' },
  calibrationSlope: { es: 'Pendiente de calibración', en: 'Calibration slope' },
  matrix: { es: 'Filas de la matriz', en: 'Rows of the matrix' },
  again: { es: 'La misma retadora, enviada otra vez', en: 'The same challenger, pushed again' },
} satisfies Record<string, Text>;

export const columns = {
  model: { es: 'Versión', en: 'Version' },
  champion: { es: 'La que está', en: 'The one that is there' },
  challenger: { es: 'Retadora del cuaderno', en: 'Challenger of the notebook' },
} satisfies Record<string, Text>;

export const verdicts = {
  better: {
    es: 'La retadora ordena mejor en las mismas filas: AUC {challenger} contra {champion}.',
    en: 'The challenger ranks better on the same rows: AUC {challenger} against {champion}.',
  },
  worse: {
    es: 'La retadora no ordena mejor en las mismas filas: AUC {challenger} contra {champion}.',
    en: 'The challenger ranks no better on the same rows: AUC {challenger} against {champion}.',
  },
} satisfies Record<string, Text>;

import type { Text } from '#core/text/text.ts';

/** What each comparison is of. */
export const checked = {
  accounts: { es: 'Cuentas', en: 'Accounts' },
  people: { es: 'Personas', en: 'People' },
  balance: { es: 'Saldo en {currency}', en: 'Balance in {currency}' },
  bucket: { es: 'Cuentas en «{band}»', en: 'Accounts in "{band}"' },
  returned: { es: 'Vuelta a 0, último mes', en: 'Return to 0, last month' },
  matrixRows: { es: 'Filas de la matriz', en: 'Rows of the matrix' },
  aucByRanks: { es: 'AUC, por rangos', en: 'AUC, by ranks' },
  auc: { es: 'AUC', en: 'AUC' },
  scored: { es: 'Cuentas con puntaje', en: 'Accounts scored' },
  meanScore: { es: 'Puntaje medio', en: 'Mean score' },
  smallestEffect: { es: 'Menor efecto visible', en: 'Smallest visible effect' },
  curve: { es: 'Puntos de la curva que difieren', en: 'Points of the curve that differ' },
  moved: { es: 'Personas que caerían en otro brazo', en: 'People who would be in another arm' },
  inArm: { es: 'Personas en {name}', en: 'People in {name}' },
  differences: {
    es: 'Diferencias que no coinciden ({n} rehechas de {all})',
    en: 'Differences that disagree ({n} made again of {all})',
  },
  byArm: { es: 'Personas por brazo ({stage})', en: 'People by arm ({stage})' },
  splitP: { es: 'Valor p del reparto ({stage})', en: 'p-value of the split ({stage})' },
  sha256: { es: 'sha256 de {path}', en: 'sha256 of {path}' },
  bytes: { es: 'Bytes de {path}', en: 'Bytes of {path}' },
  together: { es: 'Enviadas y fuera, juntas', en: 'Sent and kept back, together' },
} satisfies Record<string, Text>;

export const remarks = {
  earlierData: {
    es: 'El modelo se entrenó con datos anteriores a los de ahora: su matriz ya no se puede rehacer. Entrene otra vez.',
    en: 'The model was trained on data earlier than today’s: its matrix cannot be made again. Train it again.',
  },
  noBaseRate: {
    es: 'El diseño no tiene tasa base, así que no hay curva de potencia que rehacer.',
    en: 'The design has no base rate, so there is no power curve to make again.',
  },
} satisfies Record<string, Text>;

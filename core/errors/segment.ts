/** Errors of the segment step. */
export const segment = {
  amount_without_currency: {
    status: 422,
    message: { es: 'el importe {amount} no tiene moneda', en: 'amount {amount} has no currency' },
    fix: {
      es: 'Diga en qué moneda está: importes de monedas distintas no se comparan.',
      en: 'Say which currency it is in: amounts of different currencies are not compared.',
    },
  },
  unknown_segment_column: {
    status: 422,
    message: {
      es: 'columna desconocida: «{column}»; se conocen {known}',
      en: 'unknown column: "{column}"; known are {known}',
    },
    fix: { es: 'Elija una columna de la lista.', en: 'Choose a column of the list.' },
  },
  unknown_segment_score: {
    status: 422,
    message: {
      es: 'no hay puntajes de «{model}»; hay de {known}',
      en: 'there are no scores of "{model}"; there are of {known}',
    },
    fix: {
      es: 'Puntúe primero las cuentas con ese modelo.',
      en: 'Score the accounts with that model first.',
    },
  },
  unknown_flag: {
    status: 422,
    message: {
      es: 'marca desconocida: «{flag}»; se conocen {known}',
      en: 'unknown flag: "{flag}"; known are {known}',
    },
    fix: { es: 'Elija una marca de la lista.', en: 'Choose a flag of the list.' },
  },
  condition_does_not_fit: {
    status: 422,
    message: {
      es: 'la columna «{column}» no admite la condición «{is}»',
      en: 'the column "{column}" does not take the condition "{is}"',
    },
    fix: {
      es: 'Use between con números e importes, in y not_in con categorías.',
      en: 'Use between for numbers and amounts, in and not_in for categories.',
    },
  },
  empty_range: {
    status: 422,
    message: {
      es: 'el intervalo de «{column}» no contiene nada: desde {from} hasta {to}',
      en: 'the range of "{column}" holds nothing: from {from} to {to}',
    },
    fix: {
      es: 'Dé al menos un límite; «desde» debe ser menor que «hasta».',
      en: 'Give one bound at least; "from" must be lower than "to".',
    },
  },
  segment_empty: {
    status: 422,
    message: {
      es: 'el segmento «{segment}» no tiene a nadie',
      en: 'the segment "{segment}" has nobody in it',
    },
    fix: { es: 'Afloje alguna condición.', en: 'Loosen one of its conditions.' },
  },
  no_snapshots: {
    status: 409,
    message: {
      es: 'la cartera no tiene saldos a ninguna fecha',
      en: 'the portfolio has no balances on any date',
    },
    fix: { es: 'Cargue la tabla snapshots.', en: 'Load the table snapshots.' },
  },
} as const;

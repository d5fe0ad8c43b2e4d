/** Errors of value at risk. */
export const risk = {
  risk_pd_outside: {
    status: 422,
    message: {
      es: 'la probabilidad de castigo {pd} no está entre 0 y 1',
      en: 'the probability of charge-off {pd} is not between 0 and 1',
    },
    fix: {
      es: 'Dé una probabilidad mayor que 0 y menor que 1.',
      en: 'Give a probability above 0 and below 1.',
    },
  },
  risk_correlation_outside: {
    status: 422,
    message: {
      es: 'la correlación {correlation} no está entre 0 y 1',
      en: 'the correlation {correlation} is not between 0 and 1',
    },
    fix: {
      es: 'Dé una correlación desde 0 y menor que 1; la de Basilea va de 0,03 a 0,16.',
      en: 'Give a correlation from 0 and below 1; those of Basel go from 0.03 to 0.16.',
    },
  },
  risk_level_outside: {
    status: 422,
    message: {
      es: 'el nivel {level} no está entre 0 y 1',
      en: 'the level {level} is not between 0 and 1',
    },
    fix: {
      es: 'Dé un nivel mayor que 0 y menor que 1, como 0,999.',
      en: 'Give a level above 0 and below 1, such as 0.999.',
    },
  },
  risk_exposure_negative: {
    status: 422,
    message: {
      es: 'la exposición {exposure} es negativa',
      en: 'the exposure {exposure} is negative',
    },
    fix: {
      es: 'Una exposición es lo que se debería al castigar: desde 0.',
      en: 'An exposure is what would be owed at charge-off: from 0.',
    },
  },
  risk_lgd_outside: {
    status: 422,
    message: {
      es: 'la pérdida dado el castigo {lgd} no está entre 0 y 1',
      en: 'the loss given default {lgd} is not between 0 and 1',
    },
    fix: {
      es: 'Dé la parte que no se recupera: 0,75 si se recupera el 25 %.',
      en: 'Give the share that is not recovered: 0.75 where 25 % is.',
    },
  },
  risk_no_charge_offs: {
    status: 409,
    message: {
      es: 'en {accounts, number} filas no hay ningún castigo dentro de {months} meses: no hay qué aprender',
      en: 'in {accounts, number} rows there is no charge-off within {months} months: there is nothing to learn',
    },
    fix: {
      es: 'Cargue el estado de las cuentas o la fecha de castigo (accounts.charged_off_on), o más meses.',
      en: 'Load the status of accounts or the date of charge-off (accounts.charged_off_on), or more months.',
    },
  },
  risk_not_scored: {
    status: 409,
    message: {
      es: 'nadie tiene probabilidad de castigo al {asOf}: «{model}» no se ha puntuado en esa fecha',
      en: 'nobody has a chance of charge-off on {asOf}: "{model}" was not scored on that date',
    },
    fix: {
      es: 'Entrene «{model}», apruébelo y puntúe esa fecha.',
      en: 'Train "{model}", approve it and score that date.',
    },
  },
  risk_other_model: {
    status: 422,
    message: {
      es: 'la versión {versionId} es de «{model}», no de «value-at-risk»',
      en: 'version {versionId} is of "{model}", not of "value-at-risk"',
    },
    fix: { es: 'Elija una versión de value-at-risk.', en: 'Choose a version of value-at-risk.' },
  },
  risk_currency_missing: {
    status: 409,
    message: {
      es: '{accounts, plural, one {# cuenta no tiene moneda} other {# cuentas no tienen moneda}}: no se sabe con qué sumarlas',
      en: '{accounts, plural, one {# account has no currency} other {# accounts have no currency}}: nothing says what to add them to',
    },
    fix: { es: 'Cargue la moneda de cada cuenta.', en: 'Load the currency of each account.' },
  },
  risk_product_unknown: {
    status: 422,
    message: {
      es: 'ninguna cuenta es del producto «{product}»; los hay: {known}',
      en: 'no account is of the product "{product}"; there are: {known}',
    },
    fix: { es: 'Elija un producto de la lista.', en: 'Choose a product of the list.' },
  },
  risk_source_future: {
    status: 422,
    message: {
      es: 'la fecha de la fuente, {sourceDate}, es posterior a hoy, {today}',
      en: 'the date of the source, {sourceDate}, is later than today, {today}',
    },
    fix: { es: 'Dé la fecha del documento.', en: 'Say which date the document has.' },
  },
  risk_portfolio_empty: {
    status: 409,
    message: {
      es: 'no hay exposición que sumar: {accounts} cuentas con saldo',
      en: 'there is no exposure to add up: {accounts} accounts with a balance',
    },
    fix: {
      es: 'Cargue saldos y puntúe las cuentas de esa fecha.',
      en: 'Load balances and score the accounts of that date.',
    },
  },
} as const;

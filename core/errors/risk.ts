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

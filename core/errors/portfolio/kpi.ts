/** Errors of the key figures of the portfolio. */
export const kpi = {
  unknown_kpi: {
    status: 404,
    message: {
      es: 'no hay un indicador «{kpi}»; hay {known}',
      en: 'there is no key figure "{kpi}"; there are {known}',
    },
    fix: { es: 'Elija uno de la lista.', en: 'Choose one of the list.' },
  },
  unknown_kpi_parameter: {
    status: 422,
    message: {
      es: 'el indicador «{kpi}» no conoce «{name}»; conoce {known}',
      en: 'the key figure "{kpi}" does not know "{name}"; it knows {known}',
    },
    fix: { es: 'Quítelo o corrija el nombre.', en: 'Leave it out or correct the name.' },
  },
  wrong_kpi_parameter: {
    status: 422,
    message: {
      es: '«{value}» no sirve para «{name}»: {problem}',
      en: '"{value}" does not do for "{name}": {problem}',
    },
    fix: { es: 'Dé un valor de los que admite.', en: 'Give a value that it takes.' },
  },
  unknown_filter_value: {
    status: 422,
    message: {
      es: 'la cartera no tiene {filter} «{value}»; tiene {known}',
      en: 'the portfolio has no {filter} "{value}"; it has {known}',
    },
    fix: { es: 'Elija un valor de la lista.', en: 'Choose a value of the list.' },
  },
  date_out_of_reach: {
    status: 422,
    message: {
      es: '{filter} {value}: no hay nada que mirar; los saldos van de {first} a {last}',
      en: '{filter} {value}: there is nothing to look at; balances go from {first} to {last}',
    },
    fix: {
      es: 'Elija fechas dentro de ese lapso, la primera antes que la última.',
      en: 'Choose dates within that span, the first before the last.',
    },
  },
  no_exchange_rate: {
    status: 422,
    message: {
      es: 'no hay tasa de {currency} a {quote} para el {date}',
      en: 'there is no rate from {currency} to {quote} for {date}',
    },
    fix: {
      es: 'Cargue la tabla exchange_rates con esa moneda desde esa fecha, o filtre por moneda.',
      en: 'Load the table exchange_rates with that currency from that date on, or filter by currency.',
    },
  },
} as const;

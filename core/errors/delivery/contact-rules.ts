/** Errors of those who edit the contact rules or ask what they would do. */
export const contactRules = {
  policy_in_past: {
    status: 422,
    message: {
      es: 'Las reglas de la casa no pueden empezar el {effectiveFrom}: hoy es {today}.',
      en: 'House rules cannot begin on {effectiveFrom}: today is {today}.',
    },
    fix: {
      es: 'Elija hoy o un día por venir; lo que ya salió se juzgó con la versión de su día.',
      en: 'Choose today or a day to come; what has left was judged by the version of its day.',
    },
  },
  policy_dates: {
    status: 422,
    message: {
      es: 'El último día ({effectiveTo}) es anterior al primero ({effectiveFrom}).',
      en: 'The last day ({effectiveTo}) is before the first ({effectiveFrom}).',
    },
    fix: { es: 'Ponga un último día posterior, o ninguno.', en: 'Give a later last day, or none.' },
  },
  calendar_region_unknown: {
    status: 422,
    message: {
      es: 'No hay calendario para «{region}».',
      en: 'There is no calendar for "{region}".',
    },
    fix: {
      es: 'Use un país con reglas aquí (CO) o una región suya (ES-MD).',
      en: 'Use a country with rules here (CO) or a region of it (ES-MD).',
    },
  },
  calendar_date_outside: {
    status: 422,
    message: {
      es: 'El {date} queda fuera del calendario, que va del {first} al {last}.',
      en: '{date} is outside the calendar, which runs from {first} to {last}.',
    },
    fix: { es: 'Elija un día dentro de esos años.', en: 'Choose a day within those years.' },
  },
  calendar_day_past: {
    status: 422,
    message: { es: 'El {date} ya pasó: hoy es {today}.', en: '{date} has passed: today is {today}.' },
    fix: {
      es: 'Los días pasados no se cambian: con ellos se juzgó lo que salió.',
      en: 'Days of the past are not changed: what left was judged by them.',
    },
  },
  calendar_day_known: {
    status: 409,
    message: {
      es: 'El {date} ya es festivo en «{region}».',
      en: '{date} is a holiday in "{region}" already.',
    },
    fix: { es: 'No hace falta añadirlo.', en: 'It need not be added.' },
  },
  calendar_day_unknown: {
    status: 409,
    message: { es: 'El {date} no es festivo en «{region}».', en: '{date} is no holiday in "{region}".' },
    fix: { es: 'Mire los días del calendario.', en: 'Look at the days of the calendar.' },
  },
  option_unknown: {
    status: 422,
    message: {
      es: 'El conjunto {ruleSet} no tiene la lectura «{option}».',
      en: 'Rule set {ruleSet} has no reading "{option}".',
    },
    fix: {
      es: 'Mire en las reglas qué lecturas admite.',
      en: 'Look at the rules for the readings it allows.',
    },
  },
  acceptance_unknown: {
    status: 422,
    message: {
      es: 'No hay ninguna regla sin verificar llamada «{rule}».',
      en: 'There is no unverified rule called "{rule}".',
    },
    fix: {
      es: 'Copie el nombre tal como está en la página de reglas: «MX-CONDUSEF v1 permission».',
      en: 'Copy the name as it stands on the page of rules: "MX-CONDUSEF v1 permission".',
    },
  },
  what_if_whom: {
    status: 422,
    message: {
      es: 'Diga a quién: un segmento, o un experimento con uno de sus brazos (brazo dado: «{arm}»).',
      en: 'Say whom: a segment, or an experiment with one of its arms (arm given: "{arm}").',
    },
    fix: { es: 'Elija una de las dos cosas.', en: 'Choose one of the two.' },
  },
  what_if_nobody: {
    status: 409,
    message: { es: 'No hay nadie en «{whom}».', en: 'There is nobody in "{whom}".' },
    fix: { es: 'Elija otro segmento u otro brazo.', en: 'Choose another segment or arm.' },
  },
  zone_unknown: {
    status: 422,
    message: { es: 'Zona horaria desconocida: «{zone}».', en: 'Unknown time zone: "{zone}".' },
    fix: { es: 'Use un nombre IANA, como America/Bogota.', en: 'Use an IANA name, such as America/Bogota.' },
  },
} as const;

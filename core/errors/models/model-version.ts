/** Errors of the registry of model versions and of what is done with one. */
export const modelVersion = {
  leak_reason_missing: {
    status: 409,
    message: {
      es: 'La versión {versionId} se apoya en columnas muy fuertes sin una razón escrita: {columns}.',
      en: 'Version {versionId} leans on very strong columns without a written reason: {columns}.',
    },
    fix: {
      es: 'Escriba en su ficha por qué cada una se conoce antes del desenlace, o entrene sin ellas.',
      en: 'Write on its card why each is known before the outcome, or train without them.',
    },
  },
  leak_column_unknown: {
    status: 422,
    message: {
      es: 'La ficha de la versión {versionId} no pide razones de «{column}».',
      en: 'The card of version {versionId} asks no reason of "{column}".',
    },
    fix: { es: 'Pide las de: {columns}.', en: 'It asks for: {columns}.' },
  },
  version_expired: {
    status: 409,
    message: {
      es: 'La ficha de la versión {versionId} venció el {expiresOn} y hoy es {today}.',
      en: 'The card of version {versionId} expired on {expiresOn} and today is {today}.',
    },
    fix: { es: 'Entrene otra con datos recientes.', en: 'Train another on recent data.' },
  },
  version_in_use: {
    status: 409,
    message: {
      es: 'La versión {versionId} es la vigente de «{model}» y de ella dependen: {names}.',
      en: 'Version {versionId} is the champion of "{model}" and these depend on it: {names}.',
    },
    fix: {
      es: 'Apruebe otra versión en su lugar; esta queda como retadora y entonces se puede retirar.',
      en: 'Approve another version in its place; this one becomes a challenger and can then be retired.',
    },
  },
  bins_do_not_fit: {
    status: 422,
    message: {
      es: 'Los tramos dados a «{column}» no son de su clase: los números llevan cortes y las categorías llevan grupos.',
      en: 'The bins given to "{column}" are not of its kind: numbers take cuts and categories take groups.',
    },
    fix: {
      es: 'Deje esa columna con sus tramos anteriores.',
      en: 'Leave that column with the bins it had.',
    },
  },
  not_a_scorecard: {
    status: 409,
    message: {
      es: 'La versión {versionId} aprendió con «{learner}» y no tiene tramos que editar.',
      en: 'Version {versionId} was learnt with "{learner}" and has no bins to edit.',
    },
    fix: { es: 'Elija una tarjeta de puntaje.', en: 'Choose a scorecard.' },
  },
  column_not_offered: {
    status: 422,
    message: {
      es: 'La versión {versionId} no miró ninguna columna «{column}».',
      en: 'Version {versionId} looked at no column "{column}".',
    },
    fix: { es: 'Elija una de su ficha.', en: 'Choose one of its card.' },
  },
  nothing_to_swap: {
    status: 409,
    message: {
      es: 'La versión {versionId} de «{model}» no tiene otra con qué compararse: hace falta una vigente, o una anterior, de la misma pregunta.',
      en: 'Version {versionId} of "{model}" has no other to be held against: a champion, or one before it, of the same question is needed.',
    },
    fix: { es: 'Apruebe antes una versión, o nombre otra.', en: 'Approve a version first, or name another.' },
  },
  swap_without_rows: {
    status: 409,
    message: {
      es: 'No hay fechas que ni la versión {versionId} ni la {other} hayan usado para aprender.',
      en: 'There is no date that neither version {versionId} nor {other} learnt from.',
    },
    fix: {
      es: 'Entrene las dos con meses apartados para la prueba.',
      en: 'Train both with months set apart for the test.',
    },
  },
  version_state: {
    status: 409,
    message: {
      es: 'La versión {versionId} está en el estado «{state}» y eso no se puede hacer con ella.',
      en: 'Version {versionId} is in the state "{state}" and that cannot be done with it.',
    },
    fix: {
      es: 'Solo una versión sin aprobar pasa a retadora, y solo una retirada se devuelve.',
      en: 'Only a candidate becomes a challenger, and only a retired version is brought back.',
    },
  },
} as const;

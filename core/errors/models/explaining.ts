/** What can go wrong in explaining and in watching over models. */
export const explaining = {
  model_without_reasons: {
    status: 409,
    message: {
      es: 'Los modelos de «{learner}» no dicen cuánto pesa cada variable.',
      en: 'Models of "{learner}" do not tell how much each feature weighs.',
    },
    fix: {
      es: 'Elija una versión de otra forma de ajustar, o mire su ficha.',
      en: 'Choose a version of another learner, or look at its card.',
    },
  },
  nothing_to_monitor: {
    status: 409,
    message: {
      es: 'No hay ninguna versión aprobada{model, select, none {} other { de «{model}»}} que vigilar.',
      en: 'There is no approved version{model, select, none {} other { of "{model}"}} to watch.',
    },
    fix: {
      es: 'Apruebe una versión en Modelos y puntúe con ella.',
      en: 'Approve a version under Models and score with it.',
    },
  },
} as const;

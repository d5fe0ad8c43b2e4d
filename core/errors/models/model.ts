/** Errors of the model step. */
export const model = {
  no_decision_dates: {
    status: 409,
    message: {
      es: 'Ninguna fecha sirve para entrenar: hay {dates, plural, one {# fecha} other {# fechas}}, de {first} a {last}, y el desenlace tarda {horizonDays} días.',
      en: 'No date can be trained on: there {dates, plural, one {is # date} other {are # dates}}, from {first} to {last}, and the outcome takes {horizonDays} days.',
    },
    fix: {
      es: 'Cargue más meses o acorte el horizonte.',
      en: 'Load more months or shorten the horizon.',
    },
  },
  as_of_not_snapshot: {
    status: 422,
    message: {
      es: 'No hay saldos al {asOf}. Los hay del {first} al {last}.',
      en: 'There are no balances on {asOf}. There are from {first} to {last}.',
    },
    fix: { es: 'Elija una fecha con saldos.', en: 'Choose a date that has balances.' },
  },
  outcome_not_observed: {
    status: 422,
    message: {
      es: 'El desenlace de {asOf} aún no se conoce: los datos llegan al {last} y hacen falta {horizonDays} días más.',
      en: 'The outcome of {asOf} is not known yet: the data ends on {last} and {horizonDays} more days are needed.',
    },
    fix: { es: 'Entrene con fechas anteriores.', en: 'Train on earlier dates.' },
  },
  nobody_at_risk: {
    status: 409,
    message: {
      es: 'No hay cuentas que respondan a «{model}» al {asOf}: con los días de mora pedidos, sin exclusiones y (para entrenar) con desenlace conocido hay 0.',
      en: 'No accounts fit "{model}" on {asOf}: 0 are as late as asked, not excluded and (to train) with a known outcome.',
    },
    fix: {
      es: 'Revise los días de mora pedidos y las exclusiones de la ficha.',
      en: 'Check the days past due asked for and the exclusions.',
    },
  },
  too_few_rows: {
    status: 409,
    message: {
      es: 'Hay {rows} filas con desenlace conocido; hacen falta {minimum}.',
      en: 'There are {rows} rows with a known outcome; {minimum} are needed.',
    },
    fix: {
      es: 'Use más fechas o amplíe los días de mora.',
      en: 'Use more dates or widen the days past due.',
    },
  },
  one_class: {
    status: 409,
    message: {
      es: 'En las {rows} filas de {part} el desenlace es siempre el mismo ({value}): no hay qué aprender.',
      en: 'In the {rows} rows of {part} the outcome is always the same ({value}): there is nothing to learn.',
    },
    fix: {
      es: 'Use otras fechas, otro horizonte u otros días de mora.',
      en: 'Use other dates, another horizon or other days past due.',
    },
  },
  no_features: {
    status: 409,
    message: {
      es: 'Ninguna de las {columns} columnas varía: no hay con qué aprender.',
      en: 'None of the {columns} columns varies: there is nothing to learn from.',
    },
    fix: {
      es: 'Cargue más meses, pagos o contactos.',
      en: 'Load more months, payments or contacts.',
    },
  },
  protected_feature: {
    status: 409,
    message: {
      es: 'La columna «{column}» es un atributo protegido y no entra en un modelo.',
      en: 'The column "{column}" is a protected attribute and stays out of models.',
    },
    fix: { es: 'Quítela de las variables.', en: 'Take it out of the features.' },
  },
  leak_feature: {
    status: 409,
    message: {
      es: 'La columna «{column}» sola acierta casi todo (AUC {auc, number, decimal}): parece escrita después del desenlace.',
      en: 'The column "{column}" alone gets nearly all right (AUC {auc, number, decimal}): it looks written after the outcome.',
    },
    fix: {
      es: 'Revise cuándo se conoce ese dato, o deje fuera la columna.',
      en: 'Check when that value becomes known, or leave the column out.',
    },
  },
  leak_status_code: {
    status: 409,
    message: {
      es: 'El estado «{code}» pasó de {before, number, percent} a {share, number, percent} de las cuentas el {asOf}: cambió cómo se anota, no la cartera.',
      en: 'Status "{code}" went from {before, number, percent} to {share, number, percent} of accounts on {asOf}: the way it is recorded changed, not the portfolio.',
    },
    fix: {
      es: 'Deje fuera las fechas cuyo desenlace llega a ese mes, o corrija el código en la carga.',
      en: 'Leave out the dates whose outcome reaches that month, or correct the code when loading.',
    },
  },
  target_drift: {
    status: 409,
    message: {
      es: 'La tasa del {asOf} es {rate, number, percent} y antes era {earlier, number, percent}: se movió más de la mitad.',
      en: 'The rate on {asOf} is {rate, number, percent} and was {earlier, number, percent} before: it moved by more than half.',
    },
    fix: {
      es: 'Busque qué cambió en los datos; si está bien, entrene solo con fechas comparables.',
      en: 'Find what changed in the data; if it is right, train on comparable dates only.',
    },
  },
  model_column_missing: {
    status: 409,
    message: {
      es: 'El modelo usa la columna «{column}» y los datos no la tienen.',
      en: 'The model uses the column "{column}" and the data lacks it.',
    },
    fix: {
      es: 'Cargue esa tabla otra vez o entrene otra versión.',
      en: 'Load that table again or train another version.',
    },
  },
  model_not_approved: {
    status: 409,
    message: {
      es: 'La versión {versionId} de «{model}» no está aprobada.',
      en: 'Version {versionId} of "{model}" is not approved.',
    },
    fix: {
      es: 'Lea su ficha y apruébela con su nombre.',
      en: 'Read its card and approve it with your name.',
    },
  },
  no_champion: {
    status: 409,
    message: {
      es: 'El modelo «{model}» no tiene versión vigente.',
      en: 'The model "{model}" has no champion.',
    },
    fix: {
      es: 'Entrene una versión y apruébela.',
      en: 'Train a version and approve it.',
    },
  },
  model_without_sql: {
    status: 409,
    message: {
      es: 'Los modelos de «{learner}» no se pueden escribir como SQL.',
      en: 'Models of "{learner}" cannot be written as SQL.',
    },
    fix: { es: 'Use una tarjeta de puntaje.', en: 'Use a scorecard.' },
  },
  version_retired: {
    status: 409,
    message: {
      es: 'La versión {versionId} está retirada.',
      en: 'Version {versionId} is retired.',
    },
    fix: { es: 'Use la vigente.', en: 'Use the champion.' },
  },
} as const;

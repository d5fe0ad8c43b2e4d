/** Errors of people, keeping and forgetting. */
export const people = {
  person_unknown: {
    status: 404,
    message: {
      es: 'No hay en la cartera nadie con el identificador «{customerId}».',
      en: 'Nobody in the portfolio has the identifier "{customerId}".',
    },
    fix: {
      es: 'Busque por identificador de cliente o de cuenta.',
      en: 'Search by customer or account identifier.',
    },
  },
  person_forgotten: {
    status: 410,
    message: {
      es: 'Esta persona fue olvidada el {forgottenAt}: de ella no queda nada con su nombre.',
      en: 'This person was forgotten on {forgottenAt}: nothing is left under their name.',
    },
    fix: {
      es: 'El informe de lo que se hizo lleva el nombre {token}.',
      en: 'The report of what was done is under the name {token}.',
    },
  },
  legal_hold: {
    status: 409,
    message: {
      es: 'Los datos de «{customerId}» están retenidos por ley desde {placedAt}, por {by}: {reason}',
      en: 'The data of "{customerId}" are under legal hold since {placedAt}, by {by}: {reason}',
    },
    fix: {
      es: 'Levante la retención cuando deje de hacer falta y repita.',
      en: 'Release the hold once it is no longer needed and try again.',
    },
  },
  no_legal_hold: {
    status: 404,
    message: {
      es: 'No hay ninguna retención legal sobre «{customerId}».',
      en: 'There is no legal hold on "{customerId}".',
    },
    fix: { es: 'Mire la lista de retenciones.', en: 'Look at the list of holds.' },
  },
  forget_not_confirmed: {
    status: 422,
    message: {
      es: 'Olvidar no tiene vuelta atrás. Se borrarían o cambiarían {rows} filas de {tables} tablas y se tocarían {files} archivos.',
      en: 'Forgetting cannot be undone. {rows} rows of {tables} tables would be erased or changed, and {files} files touched.',
    },
    fix: {
      es: 'Para seguir, repita el identificador de la persona en confirm.',
      en: 'To go on, repeat the identifier of the person in confirm.',
    },
  },
  work_unfinished: {
    status: 409,
    message: {
      es: 'Hay trabajos a medias ({kinds}): podrían guardar lo que se quiere borrar.',
      en: 'Work is unfinished ({kinds}): it could hold what is to be erased.',
    },
    fix: {
      es: 'Deje que terminen o cancélelos, y repita.',
      en: 'Let it finish or cancel it, and try again.',
    },
  },
  suppression_key_lost: {
    status: 409,
    message: {
      es: 'Falta {path}, la llave con que se reconoce a quien fue olvidado.',
      en: '{path} is missing: the key by which forgotten people are known again.',
    },
    fix: {
      es: 'Restáurela de una copia: sin ella no se carga nada, para no traer de vuelta a nadie.',
      en: 'Restore it from a copy: without it nothing is loaded, so that nobody is brought back.',
    },
  },
  retention_unknown: {
    status: 422,
    message: {
      es: 'La tabla «{table}» no se puede guardar por plazo según «{column}»; se conocen {known}',
      en: 'The table "{table}" cannot be kept for a time by "{column}"; known are {known}',
    },
    fix: { es: 'Elija una tabla y una fecha de la lista.', en: 'Choose a table and a date of the list.' },
  },
  nothing_over_age: {
    status: 409,
    message: {
      es: 'Ninguna fila pasa de su plazo.',
      en: 'No row is over age.',
    },
    fix: { es: 'Fije un plazo para alguna tabla.', en: 'Set a time for some table.' },
  },
  reject_forgotten: {
    status: 422,
    message: {
      es: 'La fila es de una persona que fue olvidada; no se tomó.',
      en: 'The row is of a person who was forgotten; it was not taken.',
    },
    fix: {
      es: 'Quite a esa persona en el sistema de origen.',
      en: 'Take that person out at the source.',
    },
  },
} as const;

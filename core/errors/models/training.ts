/** Errors of data that cannot be trained on, and of what training needs. */
export const training = {
  leak_written_after: {
    status: 409,
    message: {
      es: 'La columna «{column}» se escribe después del desenlace: en una fecha pasada guarda el futuro.',
      en: 'The column "{column}" is written after the outcome: on a past date it holds the future.',
    },
    fix: { es: 'Quítela de las variables.', en: 'Take it out of the features.' },
  },
  data_changed_meanwhile: {
    status: 409,
    message: {
      es: 'Los datos cambiaron mientras se entrenaba: la ficha diría otros que los leídos.',
      en: 'The data changed during the training: the card would name other data than what was read.',
    },
    fix: { es: 'Entrene otra vez.', en: 'Train again.' },
  },
  too_few_events: {
    status: 409,
    message: {
      es: 'De {rows} filas solo {events, number, integer} son del desenlace menos frecuente; hacen falta {minimum}.',
      en: 'Of {rows} rows only {events, number, integer} are of the rarer outcome; {minimum} are needed.',
    },
    fix: {
      es: 'Use más fechas, otro horizonte u otros días de mora.',
      en: 'Use more dates, another horizon or other days past due.',
    },
  },
  infinite_values: {
    status: 422,
    message: {
      es: 'La columna «{column}» tiene {rows, plural, one {# valor infinito} other {# valores infinitos}}.',
      en: 'The column "{column}" has {rows, plural, one {# infinite value} other {# infinite values}}.',
    },
    fix: {
      es: 'Corrija esos valores al cargar, o deje fuera la columna.',
      en: 'Correct those values when loading, or leave the column out.',
    },
  },
  bad_target: {
    status: 422,
    message: {
      es: '{rows} de {of} filas tienen un desenlace que no está entre 0 y 1.',
      en: '{rows} of {of} rows have an outcome that is not between 0 and 1.',
    },
    fix: { es: 'Corrija la pregunta del modelo.', en: 'Correct the question of the model.' },
  },
  bad_weights: {
    status: 422,
    message: {
      es: '{rows} de {of} filas tienen un peso negativo o que no es un número finito.',
      en: '{rows} of {of} rows have a weight that is negative or not a finite number.',
    },
    fix: { es: 'Corrija los pesos.', en: 'Correct the weights.' },
  },
  zero_weights: {
    status: 409,
    message: {
      es: 'Las {rows} filas pesan cero: no hay con qué aprender.',
      en: 'All {rows} rows weigh zero: there is nothing to learn from.',
    },
    fix: {
      es: 'Revise con qué se identifica la pregunta, o use otras fechas.',
      en: 'Check what the question is identified by, or use other dates.',
    },
  },
  learner_cannot: {
    status: 422,
    message: {
      es: '«{learner}» no aprende de este desenlace ({objective}).',
      en: '"{learner}" does not learn from this outcome ({objective}).',
    },
    fix: { es: 'Pida otro método.', en: 'Ask for another learner.' },
  },
  matrix_too_large: {
    status: 413,
    message: {
      es: 'La matriz de {rows, number, integer} filas × {columns} columnas pide {megabytes, number, integer} MB y hay {limit, number, integer} MB.',
      en: 'The matrix of {rows, number, integer} rows × {columns} columns takes {megabytes, number, integer} MB and there are {limit, number, integer} MB.',
    },
    fix: {
      es: 'Entrene con menos fechas, o dé más memoria (ENSAYO_TRAINING_MEMORY).',
      en: 'Train on fewer dates, or allow more memory (ENSAYO_TRAINING_MEMORY).',
    },
  },
} as const;

/** What can go wrong in networks, in models and predictions from elsewhere, and in scoring by workers. */
export const scoring = {
  no_tensor_backend: {
    status: 409,
    message: {
      es: 'TensorFlow.js no funciona en esta máquina ({reasons}).',
      en: 'TensorFlow.js does not work on this machine ({reasons}).',
    },
    fix: {
      es: 'Ejecute «ensayo doctor» para ver qué hay, o use otra forma de ajustar.',
      en: 'Run "ensayo doctor" to see what is there, or use another learner.',
    },
  },
  saved_model_unreadable: {
    status: 409,
    message: {
      es: 'El modelo guardado de «{learner}» no se puede leer: {reason}.',
      en: 'The saved model of "{learner}" cannot be read: {reason}.',
    },
    fix: {
      es: 'Entrene otra versión; la que está no se usa.',
      en: 'Train another version; the one that is there is not used.',
    },
  },
  saved_model_format: {
    status: 409,
    message: {
      es: 'El modelo guardado de «{learner}» tiene el formato {found} y esta versión de Ensayo lee el {known}.',
      en: 'The saved model of "{learner}" has format {found} and this version of Ensayo reads {known}.',
    },
    fix: {
      es: 'Si el formato es mayor, actualice Ensayo; si es menor, entrene otra versión.',
      en: 'If the format is higher, update Ensayo; if it is lower, train another version.',
    },
  },
} as const;

/** Errors any part may raise. `message` says what happened and quotes the value; `fix` says what to do. */
export const general = {
  invalid_input: {
    status: 422,
    message: { es: 'Datos no válidos: {problems}', en: 'Invalid input: {problems}' },
    fix: { es: 'Corrija los campos señalados.', en: 'Correct the fields named.' },
  },
  not_found: {
    status: 404,
    message: { es: 'No existe {kind} «{id}».', en: 'There is no {kind} "{id}".' },
    fix: { es: 'Revise el identificador en la lista.', en: 'Check the identifier in the list.' },
  },
  unauthenticated: {
    status: 401,
    message: { es: 'Falta iniciar sesión.', en: 'Not signed in.' },
    fix: {
      es: 'Abra el enlace de acceso que imprime `ensayo start`, o envíe un token.',
      en: 'Open the sign-in link that `ensayo start` prints, or send a token.',
    },
  },
  sign_in_link_used: {
    status: 401,
    message: {
      es: 'Este enlace de acceso ya se usó o venció.',
      en: 'This sign-in link was used or has expired.',
    },
    fix: { es: 'Pida otro con `ensayo link`.', en: 'Ask for another one with `ensayo link`.' },
  },
  forbidden: {
    status: 403,
    message: { es: 'Falta el permiso «{permission}».', en: 'The permission "{permission}" is missing.' },
    fix: { es: 'Pídalo a quien administra Ensayo.', en: 'Ask the administrator for it.' },
  },
  cross_site: {
    status: 403,
    message: {
      es: 'La petición viene de otro sitio: «{origin}».',
      en: 'The request comes from another site: "{origin}".',
    },
    fix: { es: 'Use la página de Ensayo o un token.', en: 'Use the page of Ensayo or a token.' },
  },
  too_large: {
    status: 413,
    message: { es: 'Lo enviado pasa de {limit} bytes.', en: 'What was sent is over {limit} bytes.' },
    fix: { es: 'Divídalo o suba el límite.', en: 'Split it or raise the limit.' },
  },
  conflict: {
    status: 409,
    message: { es: 'No se puede: {reason}', en: 'Cannot be done: {reason}' },
    fix: { es: 'Vuelva a cargar la página y mire el estado.', en: 'Reload the page and look at the state.' },
  },
  missing_step: {
    status: 409,
    message: { es: 'Falta un paso anterior: {step}.', en: 'An earlier step is missing: {step}.' },
    fix: { es: 'Ejecute primero ese paso.', en: 'Run that step first.' },
  },
  too_late_to_cancel: {
    status: 409,
    message: {
      es: 'Ya no se puede cancelar {id}: lo hecho ya se ve afuera.',
      en: 'Too late to cancel {id}: what it did is already seen outside.',
    },
    fix: { es: 'Espere a que termine.', en: 'Wait for it to finish.' },
  },
  cancelled: {
    status: 409,
    message: { es: 'Se canceló.', en: 'It was cancelled.' },
    fix: { es: 'Puede empezarlo de nuevo.', en: 'It can be started again.' },
  },
  internal: {
    status: 500,
    message: { es: 'Fallo interno ({reference}).', en: 'Internal failure ({reference}).' },
    fix: {
      es: 'Busque la referencia en el registro del servidor.',
      en: 'Look the reference up in the server log.',
    },
  },
  usage: {
    status: 400,
    message: { es: '{problem}', en: '{problem}' },
    fix: { es: 'Vea `ensayo --help`.', en: 'See `ensayo --help`.' },
  },
} as const;

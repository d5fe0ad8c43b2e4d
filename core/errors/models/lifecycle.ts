/** Errors of an experiment under way and of the holdout. */
export const lifecycle = {
  experiment_not_running: {
    status: 409,
    message: {
      es: 'El experimento «{experiment}» no está en curso (estado: {status}).',
      en: 'Experiment "{experiment}" is not running (status: {status}).',
    },
    fix: {
      es: 'Mire su historia: quién lo pausó o lo detuvo y por qué. Solo uno en pausa puede seguir.',
      en: 'Look at its history: who paused or stopped it and why. Only a paused one can resume.',
    },
  },
  unknown_arm: {
    status: 422,
    message: {
      es: 'El experimento no tiene el brazo «{arm}»; tiene {known}.',
      en: 'The experiment has no arm "{arm}"; it has {known}.',
    },
    fix: { es: 'Nombre uno de sus brazos.', en: 'Name one of its arms.' },
  },
  arm_state: {
    status: 409,
    message: {
      es: 'El brazo «{arm}» ya está así (estado: {status}).',
      en: 'Arm "{arm}" is already like that (status: {status}).',
    },
    fix: {
      es: 'Un brazo cerrado no vuelve a abrirse; diseñe otro experimento.',
      en: 'An arm that was dropped does not open again; design another experiment.',
    },
  },
  control_stays: {
    status: 422,
    message: {
      es: 'El brazo «{arm}» es el control: sin él no queda con qué comparar.',
      en: 'Arm "{arm}" is the control: without it nothing is left to compare with.',
    },
    fix: { es: 'Pause o detenga el experimento entero.', en: 'Pause or stop the whole experiment.' },
  },
  plan_frozen: {
    status: 422,
    message: {
      es: 'El plan está congelado: «{field}» no puede cambiar de {before} a {after}.',
      en: 'The plan is frozen: "{field}" cannot change from {before} to {after}.',
    },
    fix: {
      es: 'Ya hay personas sorteadas bajo él. Puede cambiar {changeable}; lo demás pide un experimento nuevo.',
      en: 'People have been drawn under it. These may change: {changeable}; anything else asks for a new experiment.',
    },
  },
  plan_unchanged: {
    status: 422,
    message: { es: 'El cambio deja el plan como estaba.', en: 'The change leaves the plan as it was.' },
    fix: { es: 'Diga qué cambia.', en: 'Say what changes.' },
  },
  holdout_state: {
    status: 409,
    message: {
      es: 'El grupo sin contacto ya no está para eso (estado: {state}).',
      en: 'The holdout is not there for that any more (state: {state}).',
    },
    fix: { es: 'Proponga otro.', en: 'Propose another.' },
  },
  holdout_running: {
    status: 409,
    message: {
      es: 'Ya hay un grupo sin contacto en curso: «{name}».',
      en: 'A holdout is already under way: "{name}".',
    },
    fix: { es: 'Termínelo antes de aprobar otro.', en: 'End it before approving another.' },
  },
  no_accepted_draw: {
    status: 422,
    message: {
      es: 'Ninguno de {tried, number, integer} sorteos dejó todas las diferencias por debajo de {limit}; la mejor quedó en {best}.',
      en: 'None of {tried, number, integer} draws left every difference under {limit}; the best came to {best}.',
    },
    fix: {
      es: 'Suba el límite, permita más sorteos o quite esa condición del diseño.',
      en: 'Raise the limit, allow more draws or leave that condition out of the design.',
    },
  },
} as const;

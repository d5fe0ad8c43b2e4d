/** Errors of the experiment step. */
export const experiment = {
  rehearsal_impossible: {
    status: 409,
    message: {
      es: 'no hay pasado con que ensayar este diseño sobre «{metric}»',
      en: 'there is no past to try this design on for "{metric}"',
    },
    fix: {
      es: 'Hacen falta 200 personas parecidas con su plazo cumplido, y un resultado que no sea un cuantil.',
      en: 'It takes 200 people like these with a closed window, and an outcome that is not a quantile.',
    },
  },
  too_few_arms: {
    status: 422,
    message: {
      es: 'hacen falta al menos dos brazos; hay: {arms}',
      en: 'at least two arms are needed; there are: {arms}',
    },
    fix: { es: 'Agregue un brazo; uno es el control.', en: 'Add an arm; one of them is control.' },
  },
  duplicate_arm: {
    status: 422,
    message: { es: 'hay dos brazos llamados «{arm}»', en: 'two arms are called "{arm}"' },
    fix: { es: 'Dé un nombre distinto a cada brazo.', en: 'Give each arm a name of its own.' },
  },
  unknown_control: {
    status: 422,
    message: {
      es: 'el control «{control}» no es un brazo; los brazos son {known}',
      en: 'the control "{control}" is not an arm; the arms are {known}',
    },
    fix: { es: 'Nombre uno de los brazos como control.', en: 'Name one of the arms as control.' },
  },
  arm_without_weight: {
    status: 422,
    message: {
      es: 'el brazo «{arm}» tiene peso {weight}: nadie entraría en él',
      en: 'the arm "{arm}" has weight {weight}: nobody would be in it',
    },
    fix: { es: 'Dele un peso mayor que 0 o quítelo.', en: 'Give it a weight above 0 or remove it.' },
  },
  weights_without_block: {
    status: 422,
    message: {
      es: 'los pesos {weights} no salen exactos con bloques de hasta {largest, number, integer} personas',
      en: 'the weights {weights} do not come out exact in blocks of up to {largest, number, integer} people',
    },
    fix: { es: 'Use números enteros, como 2, 1, 1.', en: 'Use whole numbers, such as 2, 1, 1.' },
  },
  unknown_style: {
    status: 422,
    message: {
      es: 'estilo desconocido: «{style}»; se conocen {known}',
      en: 'unknown style: "{style}"; known are {known}',
    },
    fix: { es: 'Elija un estilo del catálogo.', en: 'Choose a style of the catalogue.' },
  },
  unknown_template: {
    status: 422,
    message: {
      es: 'el estilo «{style}» no tiene la plantilla «{template}» para {channel}; tiene {known}',
      en: 'the style "{style}" has no template "{template}" for {channel}; it has {known}',
    },
    fix: {
      es: 'Elija una plantilla de ese estilo y canal.',
      en: 'Choose a template of that style and channel.',
    },
  },
  style_and_channel_mixed: {
    status: 422,
    message: {
      es: 'los brazos cambian a la vez de estilo y de canal ({channels}): no se sabría cuál hizo efecto',
      en: 'the arms change style and channel at once ({channels}): nobody could tell which had the effect',
    },
    fix: {
      es: 'Compare estilos en un mismo canal, o canales con un mismo estilo.',
      en: 'Compare styles in one channel, or channels with one style.',
    },
  },
  claim_false: {
    status: 422,
    message: {
      es: 'el texto «{template}» del brazo «{arm}» no se puede usar: {reason_es}',
      en: 'the text "{template}" of arm "{arm}" cannot be used: {reason_en}',
    },
    fix: {
      es: 'Diga la cifra verdadera donde se ofrezca; si no, use el estilo neutral en ese brazo, u otro segmento.',
      en: 'Say the true figure where one is offered; otherwise use the neutral style in that arm, or another segment.',
    },
  },
  nobody_eligible: {
    status: 422,
    message: {
      es: 'nadie de las {people, number, integer} personas puede recibir todos los brazos; lo más frecuente: «{reason}»',
      en: 'none of the {people, number, integer} people could get every arm; most often: "{reason}"',
    },
    fix: {
      es: 'Mire las razones; si la cartera no trae permisos o direcciones, declárelos como supuestos.',
      en: 'Look at the reasons; if the portfolio holds no permissions or addresses, state them as assumptions.',
    },
  },
  too_few_people: {
    status: 422,
    message: {
      es: 'hay {people, number, integer} personas para {arms, number, integer} brazos',
      en: 'there are {people, number, integer} people for {arms, number, integer} arms',
    },
    fix: { es: 'Amplíe el segmento.', en: 'Widen the segment.' },
  },
  already_assigned: {
    status: 409,
    message: {
      es: 'el experimento «{experiment}» ya se asignó',
      en: 'the experiment "{experiment}" has already been assigned',
    },
    fix: {
      es: 'Un experimento se asigna una sola vez; diseñe otro.',
      en: 'An experiment is assigned once; design another.',
    },
  },
  plan_already_used: {
    status: 409,
    message: {
      es: 'el experimento «{experiment}» ya corre con este mismo plan',
      en: 'the experiment "{experiment}" already runs with this very plan',
    },
    fix: { es: 'Cambie el nombre o el diseño.', en: 'Change the name or the design.' },
  },
  data_changed: {
    status: 409,
    message: {
      es: 'los datos cambiaron desde que se guardó «{name}»',
      en: 'the data has changed since "{name}" was saved',
    },
    fix: {
      es: 'Guárdelo otra vez: las personas, el tamaño y las cifras de los textos dependen de los datos.',
      en: 'Save it again: people, sizes and the figures in the texts rest on the data.',
    },
  },
} as const;

/** Errors of learning who responds to which arm. */
export const responders = {
  responders_not_decided: {
    status: 409,
    message: {
      es: 'El experimento «{experiment}» no está decidido: {verdict}. Antes del veredicto no se lee quién responde a qué.',
      en: 'The experiment "{experiment}" is not decided: {verdict}. Before the verdict nobody reads who responds to what.',
    },
    fix: {
      es: 'Espere a su última mirada. Si el resultado no es válido o se detuvo por daño, diseñe otro experimento.',
      en: 'Wait for its last look. If the result is not valid, or it was stopped for harm, design another experiment.',
    },
  },
  responders_no_share: {
    status: 409,
    message: {
      es: 'El resultado principal de «{experiment}» es «{metric}», que no es una parte de las personas.',
      en: 'The primary outcome of "{experiment}" is "{metric}", which is not a share of people.',
    },
    fix: {
      es: 'Quién responde a qué se aprende de resultados de sí o no, como ponerse al día.',
      en: 'Who responds to what is learnt from yes-or-no outcomes, such as clearing arrears.',
    },
  },
  responders_few_people: {
    status: 409,
    message: {
      es: 'El brazo «{arm}» tiene {n} personas con su plazo cumplido ({events} con el resultado): hacen falta {least} personas, {leastEvents} con el resultado y {leastEvents} sin él.',
      en: 'The arm "{arm}" has {n} people whose window has closed ({events} with the outcome): it takes {least} people, {leastEvents} with the outcome and {leastEvents} without it.',
    },
    fix: {
      es: 'Con tan pocas no se distingue a unas personas de otras: siga con una sola regla para todas.',
      en: 'With so few, people cannot be told apart: keep one rule for all.',
    },
  },
} as const;

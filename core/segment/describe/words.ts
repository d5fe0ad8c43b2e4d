import type { Text } from '../../text/text.ts';

/** The phrases a condition is said with. */
export const words = {
  everybody: { es: 'todas las cuentas', en: 'all accounts' },
  nobody: { es: 'ninguna cuenta', en: 'no account' },
  not: { es: 'no ({inner})', en: 'not ({inner})' },
  in: { es: '{column}: {values}', en: '{column} is {values}' },
  notIn: { es: '{column} distinto de {values}', en: '{column} is not {values}' },
  missing: { es: '{column} sin dato', en: '{column} not known' },
  present: { es: '{column} con dato', en: '{column} known' },
  both: {
    es: '{column} desde {from} y menos de {to}{unit}',
    en: '{column} from {from} and under {to}{unit}',
  },
  from: { es: '{column} de al menos {from}{unit}', en: '{column} of at least {from}{unit}' },
  to: { es: '{column} de menos de {to}{unit}', en: '{column} under {to}{unit}' },
  wholeBoth: { es: '{column} de {from} a {last}', en: '{column} from {from} to {last}' },
  wholeTo: { es: '{column} hasta {last}', en: '{column} up to {last}' },
  score: { es: 'puntaje de «{model}»', en: 'score of “{model}”' },
  feature: { es: 'rasgo «{feature}»', en: 'feature “{feature}”' },
  decile: { es: 'decil del {score}: {of}', en: 'decile of the {score} is {of}' },
  percentileBook: {
    es: 'percentil de {measure} en toda la cartera',
    en: 'percentile of {measure} in the whole book',
  },
  percentileCurrency: {
    es: 'percentil de {measure} dentro de su moneda',
    en: 'percentile of {measure} within its currency',
  },
  set: { es: 'con {flag}', en: 'with {flag}' },
  clear: { es: 'sin {flag}', en: 'without {flag}' },
  arm: {
    es: 'en el experimento «{experiment}», brazo {arms}',
    en: 'in the experiment “{experiment}”, arm {arms}',
  },
  received: { es: 'con algún mensaje de «{style}»', en: 'with a message of “{style}”' },
  not_received: { es: 'sin ningún mensaje de «{style}»', en: 'without a message of “{style}”' },
  received_within: {
    es: 'con algún mensaje de «{style}» en los últimos {days} días',
    en: 'with a message of “{style}” in the last {days} days',
  },
  not_received_within: {
    es: 'sin ningún mensaje de «{style}» en los últimos {days} días',
    en: 'without a message of “{style}” in the last {days} days',
  },
  best: { es: 'su mejor canal es {channels}', en: 'the best channel is {channels}' },
  bestSure: {
    es: 'su mejor canal, con certeza, es {channels}',
    en: 'the best channel, clearly, is {channels}',
  },
  nearest: {
    es: 'más cerca del centro {nearest} de {of} ({centre})',
    en: 'closest to centre {nearest} of {of} ({centre})',
  },
  centreAt: { es: '{measure}: {value}', en: '{measure}: {value}' },
  channel: { es: 'mejor canal', en: 'best channel' },
  channels: {
    sms: { es: 'SMS', en: 'SMS' },
    email: { es: 'correo', en: 'email' },
    whatsapp: { es: 'WhatsApp', en: 'WhatsApp' },
    call: { es: 'llamada', en: 'call' },
    letter: { es: 'carta', en: 'letter' },
  } as Record<string, Text>,
} satisfies Record<string, Text | Record<string, Text>>;

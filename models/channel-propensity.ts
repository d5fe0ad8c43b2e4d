import { channels } from '#core/portfolio/tables/people.ts';
import { daysBetween, decisionDates, lastDecisionDay } from './channel-propensity/dates.ts';
import { decisionColumns, decisions, people } from './channel-propensity/decisions.ts';
import { type ChannelParameters, channelParameters } from './channel-propensity/parameters.ts';
import { candidates, exclusionTexts, outcomes, outcomeTexts } from './channel-propensity/people.ts';
import type { UpliftQuestion } from './uplift/question.ts';

const titles: Record<(typeof channels)[number], { es: string; en: string }> = {
  sms: { es: 'SMS', en: 'SMS' },
  email: { es: 'Correo electrónico', en: 'E-mail' },
  whatsapp: { es: 'WhatsApp', en: 'WhatsApp' },
  call: { es: 'Llamada', en: 'Call' },
  letter: { es: 'Carta', en: 'Letter' },
};

/**
 * What attempting a channel with a late customer adds to the chance that the customer pays anything within the window,
 * against attempting nothing that day. Attempted is what counts: delivered, opened and answered come after it and are
 * never looked at.
 */
const channelPropensity: UpliftQuestion<ChannelParameters> = {
  kind: 'uplift',
  text: {
    title: { es: 'Qué canal sirve con quién', en: 'Which channel works with whom' },
    summary: {
      es: 'Cuánto agrega cada canal intentado a la probabilidad de que una persona en mora pague en los días siguientes',
      en: 'What each channel attempted adds to the chance that a late person pays in the days that follow',
    },
  },
  decision: {
    es: 'Por qué canal intentar contactar a cada persona hoy, o si no intentarlo',
    en: 'By which channel to try to reach each person today, or whether not to',
  },
  parameters: channelParameters,
  needs: ['accounts', 'snapshots', 'payments'],
  horizonDays: ({ windowDays }) => windowDays,
  windowDays: ({ windowDays }) => windowDays,
  method: ({ method }) => method,
  trim: ({ trim }) => [trim, 1 - trim],
  describe: ({ minDaysPastDue, maxDaysPastDue, windowDays }) => ({
    es: `¿Cuánto agrega intentar cada canal a que una persona con ${minDaysPastDue} a ${maxDaysPastDue} días de mora pague algo en ${windowDays} días, frente a no intentar nada ese día?`,
    en: `What does attempting each channel add to a person ${minDaysPastDue} to ${maxDaysPastDue} days past due paying anything within ${windowDays} days, against attempting nothing that day?`,
  }),
  decisionDates,
  candidates,
  outcomes: (dialect, parameters, population) => outcomes(dialect, parameters, population),
  exclusionTexts,
  outcomeTexts,
  slices: [],
  baseline: {
    column: 'days_past_due',
    title: { es: 'Solo los días de mora', en: 'Days past due alone' },
  },
  identification: 'associational',
  assumption(identification) {
    if (identification === 'associational')
      return {
        es: 'Todo lo que llevó a elegir el canal y además cambia el pago está entre las columnas. Nadie puede comprobarlo con estos datos: por eso se llama asociación.',
        en: 'All that led to the choice of channel and also changes payment is among the columns. Nobody can check this with these data: hence it is called an association.',
      };
    return {
      es: 'Las probabilidades escritas al decidir son las que de verdad se usaron, y contactar a una persona no cambia el pago de otra.',
      en: 'The probabilities written down when deciding are those really used, and contacting one person does not change what another pays.',
    };
  },
  arms: [
    { id: 'none', title: { es: 'No contactar', en: 'No contact' } },
    ...channels.map((id) => ({ id, title: titles[id] })),
  ],
  thinning({ windowDays }, dates) {
    const days = dates.reduce(
      (sum, date) => sum + Math.max(0, daysBetween(date.asOf, lastDecisionDay(date, windowDays))),
      0,
    );
    return {
      share: days > 0 ? dates.length / days : 1,
      rule: {
        es: 'Cada día con un intento, y un día por persona y mes elegido por un sorteo fijo si ese día no hubo ninguno; donde las decisiones se escribieron, todas ellas.',
        en: 'Every day with an attempt, and one day for each person and month drawn by a fixed lottery if nothing was attempted on it; where decisions were written down, all of them.',
      },
    };
  },
  columns: decisionColumns,
  decisions,
  people,
  limits: ({ windowDays }, { observed }) => [
    {
      es: `Compara intentar el canal un día con no intentar nada ese día; lo que se hizo después, en los mismos ${windowDays} días, siguió como de costumbre.`,
      en: `It compares attempting the channel on a day with attempting nothing that day; what was done afterwards, in the same ${windowDays} days, went on as usual.`,
    },
    {
      es: 'Un pago del mismo día cuenta aunque haya llegado antes del intento: la decisión se toma al empezar el día.',
      en: 'A payment of the same day counts even if it came before the attempt: the decision is taken as the day begins.',
    },
    {
      es: 'De una persona con varias cuentas se miran las columnas de la más atrasada; el pago cuenta en cualquiera.',
      en: 'Of a person with several accounts, the columns are those of the most late one; a payment counts on any.',
    },
    ...(observed === 'monthly'
      ? [
          {
            es: 'La mora se ve una vez al mes: quien se atrasó después del último corte no está entre las filas.',
            en: 'Lateness is seen once a month: who became late after the last snapshot is not among the rows.',
          },
        ]
      : []),
  ],
};
export default channelPropensity;

import type { WaitAssumption } from '#core/contract/models/waiting.ts';
import { format, type Text, type TextValues } from '#core/text/text.ts';

export const written = (text: Text, values: TextValues): Text => ({
  es: format(text, 'es', values),
  en: format(text, 'en', values),
});

const findings = {
  alone: {
    es: 'De las {accounts, number, integer} cuentas con al menos {cutOff, number, percent} de probabilidad, {cures, number, integer} ({lower, number, integer} a {upper, number, integer}) se curarían solas en {horizon} días.',
    en: 'Of the {accounts, number, integer} accounts with a chance of at least {cutOff, number, percent}, {cures, number, integer} ({lower, number, integer} to {upper, number, integer}) would cure alone within {horizon} days.',
  },
  policy: {
    es: 'De las {accounts, number, integer} cuentas con al menos {cutOff, number, percent} de probabilidad, {cures, number, integer} ({lower, number, integer} a {upper, number, integer}) se curarían en {horizon} días con la política actual. Cuántas lo harían sin contacto, no se sabe.',
    en: 'Of the {accounts, number, integer} accounts with a chance of at least {cutOff, number, percent}, {cures, number, integer} ({lower, number, integer} to {upper, number, integer}) would cure within {horizon} days under the current policy. How many would without contact is not known.',
  },
  nobody: {
    es: 'Ninguna cuenta tiene al menos {cutOff, number, percent} de probabilidad de curarse: no hay a quién esperar.',
    en: 'No account has a chance of curing of at least {cutOff, number, percent}: there is nobody to wait for.',
  },
} as const satisfies Record<string, Text>;

export const findingOf = (kind: keyof typeof findings, values: TextValues): Text =>
  written(findings[kind], values);

export const capacityTexts = {
  all: {
    es: 'Con {perDay, number, integer} contactos al día alcanza para todas las cuentas: no hace falta esperar por falta de capacidad.',
    en: 'With {perDay, number, integer} contacts a day there is room for every account: nobody has to wait for lack of capacity.',
  },
  some: {
    es: 'Con {perDay, number, integer} contactos al día se contacta hoy a las {contacted, number, integer} cuentas con menos de {cutOff, number, percent}; {waiting, number, integer} esperan.',
    en: 'With {perDay, number, integer} contacts a day, the {contacted, number, integer} accounts under {cutOff, number, percent} are contacted today; {waiting, number, integer} wait.',
  },
} as const satisfies Record<string, Text>;

type Id = WaitAssumption['id'];

const titles: Record<Id, Text> = {
  order: { es: 'A quién se contacta primero', en: 'Who is contacted first' },
  timing: { es: 'Cuándo llegan las curas', en: 'When cures come' },
  contacts: { es: 'Contactos durante la espera', en: 'Contacts during the wait' },
  cost: { es: 'Costo de un contacto', en: 'Cost of a contact' },
  effect: { es: 'Curas que se pierden por esperar', en: 'Cures lost by waiting' },
  rollToLoss: { es: 'De la mora siguiente al castigo', en: 'From the next bucket to charge-off' },
  exposure: { es: 'Cuánto está expuesto', en: 'What is exposed' },
  lossGivenDefault: { es: 'Pérdida dado el castigo', en: 'Loss given charge-off' },
};

const sentences = {
  'order.assumed': {
    es: 'Primero a quien tiene menos probabilidad de curarse; entre iguales no se distingue.',
    en: 'First those least likely to cure; equals are not told apart.',
  },
  'timing.data': {
    es: 'En el último año, {share, number, percent} de las curas {group, select, held {sin contacto} other {con la política de entonces}} llegó en los primeros {days} días.',
    en: 'In the last year, {share, number, percent} of cures {group, select, held {without contact} other {under the policy of the time}} came in the first {days} days.',
  },
  'timing.missing': {
    es: 'No se sabe qué día llegan las curas: cargue los pagos.',
    en: 'The day cures come on is not known: load the payments.',
  },
  'contacts.data': {
    es: 'La política actual hizo {n, number, hundredths} contactos por cuenta en los primeros {days} días, en el último año.',
    en: 'The current policy made {n, number, hundredths} contacts an account in the first {days} days, in the last year.',
  },
  'contacts.given': {
    es: '{n, number, hundredths} contactos por cuenta en los {days} días, según se indicó.',
    en: '{n, number, hundredths} contacts an account in the {days} days, as stated.',
  },
  'contacts.missing': {
    es: 'No hay contactos cargados: indique cuántos haría por cuenta.',
    en: 'No contacts are loaded: state how many there would be for an account.',
  },
  'cost.data': {
    es: 'El costo medio por contacto en los datos: {costs}.',
    en: 'The mean cost of a contact in the data: {costs}.',
  },
  'cost.given': { es: 'Según se indicó: {costs}.', en: 'As stated: {costs}.' },
  'cost.missing': {
    es: 'Los contactos no traen costo: indíquelo por moneda.',
    en: 'Contacts carry no cost: state it by currency.',
  },
  'effect.data': {
    es: 'A los {days} días, {points, number, ::.0} puntos más de curas con la política actual que en el grupo sin contacto ({lower, number, ::.0} a {upper, number, ::.0}). Se supone igual para todas y que después no se recuperan; por debajo de 0 la pérdida se toma como 0.',
    en: 'By day {days}, {points, number, ::.0} points more cures under the current policy than in the group without contact ({lower, number, ::.0} to {upper, number, ::.0}). Taken as equal for all and never made up for later; below 0 the loss is taken as 0.',
  },
  'effect.given': {
    es: '{points, number, ::.0} puntos, según se indicó; sin intervalo propio.',
    en: '{points, number, ::.0} points, as stated; without an interval of its own.',
  },
  'effect.missing': {
    es: 'No hay un grupo sin contacto con que medirlo: indique cuántos puntos de curas se pierden por esperar.',
    en: 'There is no group without contact to measure it by: state how many points of cures waiting loses.',
  },
  'rollToLoss.data': {
    es: 'La parte que acaba castigada en 12 meses desde el tramo siguiente, según la matriz de traspasos de los últimos 6 meses, por moneda.',
    en: 'The share charged off within 12 months from the next bucket, by the roll matrix of the last 6 months, by currency.',
  },
  'rollToLoss.given': {
    es: '{share, number, percent}, según se indicó.',
    en: '{share, number, percent}, as stated.',
  },
  'rollToLoss.missing': {
    es: 'No hay traspasos a castigo en los datos: indique qué parte del tramo siguiente se castiga.',
    en: 'There are no rolls to charge-off in the data: state what share of the next bucket is charged off.',
  },
  'exposure.data': {
    es: 'El saldo de cada cuenta en la fecha del puntaje. Las monedas no se suman.',
    en: 'The balance of each account on the date of the score. Currencies are not added.',
  },
  'lossGivenDefault.assumed': {
    es: '{share, number, percent} del saldo, un supuesto que usted puede cambiar.',
    en: '{share, number, percent} of the balance, an assumption you can change.',
  },
} as const satisfies Record<string, Text>;

export function assumed(id: Id, source: WaitAssumption['source'], values: TextValues = {}): WaitAssumption {
  const sentence = (sentences as Record<string, Text>)[`${id}.${source}`];
  if (!sentence) throw new TypeError(`no sentence for ${id} ${source}`);
  return { id, title: titles[id], sentence: written(sentence, values), source };
}

export const rateSentences = {
  holdout: {
    es: '{share, number, percent} ({lower, number, percent} a {upper, number, percent}, según el grupo sin contacto) de las cuentas que entran en mora de {from} a {to} días se curan solas en {horizon} días.',
    en: '{share, number, percent} ({lower, number, percent} to {upper, number, percent}, from the holdout) of accounts that become {from}–{to} days late cure alone within {horizon} days.',
  },
  current_policy: {
    es: '{share, number, percent} ({lower, number, percent} a {upper, number, percent}) de las cuentas que entran en mora de {from} a {to} días se curan en {horizon} días con la política actual; cuántas lo harían solas, no se sabe.',
    en: '{share, number, percent} ({lower, number, percent} to {upper, number, percent}) of accounts that become {from}–{to} days late cure within {horizon} days under the current policy; how many would alone is not known.',
  },
} as const satisfies Record<string, Text>;

import type { Text } from '../../text/text.ts';
import { tables } from '../tables.ts';

/** What each table would allow, were it there. */
const ofTable: Readonly<Record<string, Text>> = {
  customers: {
    es: 'cifras por país e idioma, zonas horarias para contactar y el país cuyas reglas se aplican',
    en: 'figures by country and language, time zones to contact in, and the country whose rules apply',
  },
  accounts: { es: 'producto, moneda, antigüedad y cosechas', en: 'product, currency, age and vintages' },
  snapshots: {
    es: 'el estado de la cartera por tramo, traspasos y curas',
    en: 'the state of the book by bucket, rolls and cures',
  },
  payments: {
    es: 'la recuperación, las promesas cumplidas y lo que una persona suele pagar',
    en: 'recovery, kept promises and what a person usually pays',
  },
  contacts: {
    es: 'qué canal funciona, el contacto con el titular, el costo de cobrar y la tasa de autocura sin contacto',
    en: 'which channel works, right-party contact, cost to collect, and the rate of cure without contact',
  },
  promises: { es: 'promesas hechas y cumplidas', en: 'promises made and kept' },
  contact_permissions: {
    es: 'saber a quién se puede escribir y por qué canal; sin ella se declara como supuesto',
    en: 'knowing who may be written to and by which channel; without it, it is stated as an assumption',
  },
  contact_points: {
    es: 'dejar fuera direcciones que no sirven antes de enviar',
    en: 'leaving out addresses that do not work before sending',
  },
  account_parties: { es: 'codeudores y garantes', en: 'co-debtors and guarantors' },
  instalments: { es: 'lo que vence en cada fecha', en: 'what falls due on each date' },
  adjustments: {
    es: 'distinguir una cura de una refinanciación o un castigo',
    en: 'telling a cure from a re-ageing or a write-off',
  },
  placements: { es: 'la recuperación por agencia y cohorte', en: 'recovery by agency and cohort' },
  costs: { es: 'el costo de cobrar', en: 'the cost to collect' },
  flags: {
    es: 'no contactar a quien está en disputa, en dificultad o protegido por la ley',
    en: 'not contacting people in dispute, in hardship or protected by law',
  },
  complaints: { es: 'quejas por mil contactos', en: 'complaints per thousand contacts' },
  holdouts: {
    es: 'decir cuántos se curan solos, medido en personas al azar a quienes nadie contacta',
    en: 'saying how many cure alone, measured on people drawn at random whom nobody contacts',
  },
  contact_decisions: {
    es: 'decir qué logra cada canal y no solo a quién se le asignó',
    en: 'saying what each channel achieves and not only whom it was given to',
  },
  exchange_rates: {
    es: 'ver los importes de varias monedas en una sola',
    en: 'seeing amounts of several currencies in one',
  },
};

/** The same for columns without which something is left out. */
const ofColumn: Readonly<Record<string, Text>> = {
  'customers.jurisdiction': { es: 'cifras por país y sus reglas', en: 'figures by country, and its rules' },
  'customers.time_zone': { es: 'contactar a la hora local', en: 'contacting at local time' },
  'customers.language': {
    es: 'escribir en el idioma de cada persona',
    en: 'writing in each person’s language',
  },
  'accounts.opened_on': { es: 'cosechas y antigüedad', en: 'vintages and age' },
  'accounts.product_type': { es: 'cifras por producto', en: 'figures by product' },
  'accounts.credit_limit': { es: 'el uso del cupo', en: 'use of the limit' },
  'accounts.charged_off_on': { es: 'castigos y pérdida', en: 'charge-offs and loss' },
  'snapshots.balance': {
    es: 'cifras por saldo y valor en riesgo',
    en: 'figures by balance, and value at risk',
  },
  'snapshots.arrears': {
    es: 'importes vencidos y mensajes que los nombran',
    en: 'amounts in arrears, and messages that name them',
  },
  'snapshots.minimum_due': { es: 'mensajes con el pago mínimo', en: 'messages with the minimum due' },
  'payments.method': { es: 'cifras por medio de pago', en: 'figures by means of payment' },
  'contacts.cost': { es: 'el costo de cobrar', en: 'the cost to collect' },
  'contacts.delivered': { es: 'tasas sobre lo entregado', en: 'rates over what was delivered' },
  'contacts.right_party': { es: 'contacto con el titular', en: 'right-party contact' },
  'contacts.style': { es: 'resultados por estilo de mensaje', en: 'results by message style' },
  'promises.kept': { es: 'promesas cumplidas según la fuente', en: 'promises kept as the source has it' },
};

export interface Absent {
  table: string;
  /** null: the whole table. */
  column: string | null;
  /** What it would allow; null where nothing rests on it. */
  allows: Text | null;
}

/** Tables without rows, and columns without a value in tables that have some. */
export const absences = (
  rowsOf: (table: string) => number,
  isFilled: (table: string, column: string) => boolean,
): Absent[] =>
  tables.flatMap(({ name, columns }): Absent[] => {
    if (rowsOf(name) === 0) return [{ table: name, column: null, allows: ofTable[name] ?? null }];
    return Object.keys(columns)
      .filter((column) => !isFilled(name, column))
      .map((column) => ({ table: name, column, allows: ofColumn[`${name}.${column}`] ?? null }))
      .sort((a, b) => Number(a.allows === null) - Number(b.allows === null));
  });

import { plainText } from '../names/words.ts';
import type { SourceColumn } from './column-profile.ts';

const currencies = new Set(Intl.supportedValuesOf('currency'));
export const isCurrency = (value: string): boolean => currencies.has(value);

const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
const regionNames = (['es', 'en'] as const).map(
  (locale) => new Intl.DisplayNames([locale], { type: 'region', fallback: 'none' }),
);
const strange = new Set(['EU', 'EZ', 'UN', 'QO', 'XA', 'XB', 'ZZ']);
const countries = new Set(
  letters
    .flatMap((a) => letters.map((b) => a + b))
    .filter((code) => !strange.has(code) && regionNames[1]?.of(code) !== undefined),
);
const countryByName = new Map(
  [...countries].flatMap((code) =>
    regionNames.map((names) => [plainText(names.of(code) ?? code), code] as const),
  ),
);
const countryByThree = new Map(
  Object.entries({
    ARG: 'AR',
    BOL: 'BO',
    BRA: 'BR',
    CHL: 'CL',
    COL: 'CO',
    CRI: 'CR',
    DOM: 'DO',
    ECU: 'EC',
    ESP: 'ES',
    GTM: 'GT',
    HND: 'HN',
    MEX: 'MX',
    NIC: 'NI',
    PAN: 'PA',
    PER: 'PE',
    PRY: 'PY',
    SLV: 'SV',
    URY: 'UY',
    USA: 'US',
    VEN: 'VE',
    GBR: 'GB',
    AUS: 'AU',
    CAN: 'CA',
    PRT: 'PT',
  }),
);

/** The ISO 3166 code of a country written as a code of two or three letters, or by its name. */
export const countryOf = (value: string): string | undefined =>
  countries.has(value)
    ? value
    : (countryByThree.get(value.toUpperCase()) ?? countryByName.get(plainText(value)));
export const isCountry = (value: string): boolean => countryOf(value) !== undefined;

/** Words that stand for a value of the portfolio's own lists. What could mean several is left out. */
const synonyms: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  customer_type: {
    person: 'n natural persona pn fisica pf f individual person personal',
    company: 'j juridica empresa pj moral pm m company corporate business sociedad e',
  },
  channel: {
    sms: 'sms mensaje texto text',
    email: 'email mail correo e-mail',
    whatsapp: 'whatsapp wsp wa whats wp',
    call: 'call llamada telefono tel phone llamado voz voice telefonica',
    letter: 'letter carta correspondencia post',
  },
  role: {
    holder: 'holder titular deudor t d',
    co_debtor: 'codeudor codebtor co-deudor cotitular c',
    guarantor: 'fiador avalista guarantor aval garante f a',
  },
  currency: {
    USD: 'dolar dolares us$ dol usd',
    EUR: 'euro euros €',
    PEN: 'soles sol s/ s/.',
    BRL: 'real reales reais r$',
    CLF: 'uf',
    GTQ: 'quetzal quetzales',
    PYG: 'guarani guaranies',
    BOB: 'bolivianos boliviano bs',
    COP: 'cop$ col$',
    MXN: 'mxn$ mx$',
  },
  sex: { female: 'f femenino mujer female', male: 'm masculino hombre male h varon' },
};

const meaningOf = (column: string, value: string): string | undefined =>
  Object.entries(synonyms[column] ?? {}).find(([, words]) =>
    words.split(' ').includes(plainText(value)),
  )?.[0];

/**
 * A code table for the values found, where the portfolio has its own words for them. Undefined when the values are
 * those words already, or when most of them are not understood; values not understood are left for a person.
 */
export function codesFor(name: string, column: SourceColumn): Record<string, string> | undefined {
  if (column.distinct > column.values.length) return undefined;
  const own = name === 'currency' ? isCurrency : name === 'jurisdiction' ? isCurrent : isWord(name);
  const values = column.values.map(({ value }) => value.trim()).filter((value) => value !== '');
  if (values.length === 0 || values.every(own)) return undefined;
  const found = values.map((value) => [value, own(value) ? value : understand(name, value)] as const);
  const known = found.filter((pair): pair is [string, string] => pair[1] !== undefined);
  return known.length * 2 > values.length ? Object.fromEntries(known) : undefined;
}

const isCurrent = (value: string): boolean => countries.has(value);
const isWord = (name: string) => (value: string) => Object.hasOwn(synonyms[name] ?? {}, value);
const understand = (name: string, value: string): string | undefined =>
  name === 'jurisdiction' ? countryOf(value) : meaningOf(name, value);

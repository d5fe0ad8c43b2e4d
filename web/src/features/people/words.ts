import type { Locale } from '#core/text/text.ts';

/** A wall-clock time as the person’s own zone has it, given without a zone: lun 3 nov, 08:00. */
export function localTime(local: string, locale: Locale): string {
  const format = new Intl.DateTimeFormat(locale === 'es' ? 'es-419' : 'en-GB', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone: 'UTC',
  });
  return format
    .format(new Date(`${local}:00Z`))
    .replaceAll('.', '')
    .replaceAll(/\s+de\s+/g, ' ');
}

/** Words joined as the language does: a, b y c. */
export const listOf = (words: readonly string[], locale: Locale): string =>
  new Intl.ListFormat(locale, { style: 'long', type: 'conjunction' }).format(words);

/** A country in its language's name, with its region if it has one: Colombia; México (CMX). A code nobody knows stays. */
export function countryOf(code: string | null, locale: Locale): string {
  const [country = '', ...region] = (code ?? '').split('-');
  if (!/^[A-Z]{2}$/.test(country)) return code ?? '';
  const name = new Intl.DisplayNames([locale], { type: 'region' }).of(country) ?? country;
  return region.length ? `${name} (${region.join('-')})` : name;
}

/** The name of a language from its code: es is español. */
export function languageOf(code: string, locale: Locale): string {
  try {
    return new Intl.DisplayNames([locale], { type: 'language' }).of(code) ?? code;
  } catch {
    return code;
  }
}

const words = {
  product: [
    'product.card',
    'product.credit_card',
    'product.loan',
    'product.personal_loan',
    'product.telecom',
    'product.mortgage',
  ],
  state: ['state.active', 'state.closed', 'state.charged_off'],
  origin: ['origin.simulated'],
} as const;
type Kind = keyof typeof words;
type WordKey = (typeof words)[Kind][number];

/** A code of the portfolio in words where it is one of Ensayo's; a code of the person's own data stays as it came. */
export function wordOf(t: (key: WordKey) => string, kind: Kind, code: string | null | undefined): string {
  const known: readonly WordKey[] = words[kind];
  const key = known.find((one) => one === `${kind}.${code}`);
  return key ? t(key) : (code ?? '–');
}

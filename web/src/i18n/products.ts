import type { Locale } from '#core/text/text.ts';
import en from './products.en.json';
import es from './products.es.json';

const words: Record<Locale, Record<string, string>> = { es, en };

/** A product in words where it is one of Ensayo's; a code of the person's own data stays, its underscores as spaces. */
export const productName = (code: string, locale: Locale): string =>
  words[locale][code] ?? code.replaceAll('_', ' ');

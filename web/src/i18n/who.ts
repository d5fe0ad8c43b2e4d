import type { Text } from '#core/text/text.ts';
import type { Language } from './language.svelte.ts';

const known: Readonly<Record<string, Text>> = {
  owner: { es: 'propietario', en: 'owner' },
  events: { es: 'por lo que volvió', en: 'by what came back' },
  schedule: { es: 'por sí solo', en: 'by itself' },
};

/** Who did something: names as they are, those that the server itself gives in words. */
export function sayWho(language: Language, by: string): string {
  const word = Object.hasOwn(known, by) ? known[by] : undefined;
  return word ? language.pick(word) : by;
}

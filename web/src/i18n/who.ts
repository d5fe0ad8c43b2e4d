import type { Text } from '#core/text/text.ts';
import type { Language } from './language.svelte.ts';

const known: Readonly<Record<string, Text>> = {
  owner: { es: 'propietario', en: 'owner' },
  schedule: { es: 'por sí solo', en: 'by itself' },
};

/** Who did something: names as they are, the two that the server itself gives in words. */
export function sayWho(language: Language, by: string): string {
  const word = Object.hasOwn(known, by) ? known[by] : undefined;
  return word ? language.pick(word) : by;
}

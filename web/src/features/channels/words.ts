import type { UpliftSection, UpliftStratum } from '#core/contract/models/uplift.ts';
import type { Locale } from '#core/text/text.ts';

export type Effect = UpliftStratum['effects'][number];

/** Countries by name, in the language; one without a code is left as it is. */
export function countriesOf({ places }: UpliftStratum, locale: Locale): string {
  const names = new Intl.DisplayNames([locale], { type: 'region', fallback: 'code' });
  const named = places.map(({ place }) => (/^[A-Z]{2}$/.test(place) ? names.of(place) : place) || '–');
  return new Intl.ListFormat(locale, { type: 'conjunction' }).format(named);
}

/** Whether an effect's interval leaves zero out. */
export const isClear = ({ effect }: Effect): boolean =>
  effect.lower !== null && effect.upper !== null && (effect.lower > 0 || effect.upper < 0);

/** Effects clear of zero, largest first. */
export const clearEffects = ({ effects }: UpliftStratum): Effect[] =>
  effects.filter(isClear).sort((a, b) => (b.effect.estimate ?? 0) - (a.effect.estimate ?? 0));

export const titleOf = (section: UpliftSection, id: string, locale: Locale): string =>
  section.arms.find((arm) => arm.id === id)?.title[locale] ?? id;

import type { UpliftSection, UpliftStratum } from '#core/contract/models/uplift.ts';
import { normalTwoSided } from '#core/stats/distributions/normal.ts';
import { holm } from '#core/stats/multiplicity.ts';
import type { Locale } from '#core/text/text.ts';

export type Effect = UpliftStratum['effects'][number];

/** Countries by name, in the language; one without a code is left as it is. */
export function countriesOf({ places }: UpliftStratum, locale: Locale): string {
  const names = new Intl.DisplayNames([locale], { type: 'region', fallback: 'code' });
  const named = places.map(({ place }) => (/^[A-Z]{2}$/.test(place) ? names.of(place) : place) || '–');
  return new Intl.ListFormat(locale, { type: 'conjunction' }).format(named);
}

/** Points of the normal that a 95 % interval reaches on each side. */
const halfWidth = 1.959963984540054;
const level = 0.05;

/** Effects told apart from zero with all channels of the stratum looked at together (Holm), largest first. */
export function clearEffects({ effects }: UpliftStratum): Effect[] {
  const known = effects.filter(({ effect }) => effect.estimate !== null && effect.upper !== null);
  const p = known.map(({ effect }) => {
    const error = ((effect.upper ?? 0) - (effect.lower ?? 0)) / (2 * halfWidth);
    return error > 0 ? normalTwoSided((effect.estimate ?? 0) / error) : 1;
  });
  const adjusted = holm(p);
  return known
    .filter((_, i) => adjusted[i]! < level)
    .sort((a, b) => (b.effect.estimate ?? 0) - (a.effect.estimate ?? 0));
}

export const titleOf = (section: UpliftSection, id: string, locale: Locale): string =>
  section.arms.find((arm) => arm.id === id)?.title[locale] ?? id;

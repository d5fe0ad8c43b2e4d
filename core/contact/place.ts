import type { RuleSet } from './rule-set.ts';
import { countryOf } from './rule-set.ts';
import { isZone } from './zone-offsets.ts';

/** How a person's clock was found, in the order tried; `none` blocks. */
export const zoneSources = ['explicit', 'region', 'country', 'assumed', 'intersection', 'none'] as const;
export type ZoneSource = (typeof zoneSources)[number];

export interface ZoneChoice {
  zones: readonly string[];
  source: ZoneSource;
}

/**
 * The clocks a planned message is read on. The person's own zone; else the region's, else the country's when it is one;
 * else the zone a named person stated for such gaps; else every zone of the region or country together; else none.
 * A zone that is not known is a gap.
 */
export function zonesOf(
  sets: readonly RuleSet[],
  person: { jurisdiction: string | null; timeZone: string | null },
  assumedZone: string | null,
): ZoneChoice {
  if (person.timeZone && isZone(person.timeZone)) return { zones: [person.timeZone], source: 'explicit' };
  const { jurisdiction } = person;
  const here = jurisdiction ? sets.filter((set) => set.jurisdiction === countryOf(jurisdiction)) : [];
  const region = here.flatMap((set) => set.regions[jurisdiction ?? ''] ?? []);
  const country = here.flatMap((set) => set.zones);
  if (region.length === 1) return { zones: region, source: 'region' };
  if (!region.length && country.length === 1) return { zones: country, source: 'country' };
  if (assumedZone && isZone(assumedZone)) return { zones: [assumedZone], source: 'assumed' };
  const several = [...new Set(region.length ? region : country)];
  return several.length ? { zones: several, source: 'intersection' } : { zones: [], source: 'none' };
}

import type { RuleSet } from './rule-set.ts';
import { countryOf } from './rule-set.ts';
import { isZone } from './time/zone-offsets.ts';

/** How a person's clock was found, in the order tried; `none` blocks. */
export const zoneSources = ['explicit', 'region', 'country', 'assumed', 'intersection', 'none'] as const;
export type ZoneSource = (typeof zoneSources)[number];

/** Stands between the zone of the address and that of the telephone. */
export const phoneMark = '|';

export interface ZoneChoice {
  zones: readonly string[];
  source: ZoneSource;
}

/**
 * The clocks a planned message is read on. The person's own zone; else the region's, else the country's when it is one;
 * else the zone a named person stated for such gaps; else every zone of the region or country together; else none.
 * A zone that is not known is a gap; of two zones written, with a comma or semicolon between, both hold. After `phoneMark` may
 * stand the zone of the area code of the person's telephone, which then holds besides.
 */
export function zonesOf(
  sets: readonly RuleSet[],
  person: { jurisdiction: string | null; timeZone: string | null },
  assumedZone: string | null,
): ZoneChoice {
  const [written = '', phone = ''] = (person.timeZone ?? '').split(phoneMark);
  const home = zonesOfAddress(sets, person.jurisdiction, written, assumedZone);
  if (!home.zones.length || !isZone(phone) || home.zones.includes(phone)) return home;
  return { zones: [...home.zones, phone], source: 'intersection' };
}

function zonesOfAddress(
  sets: readonly RuleSet[],
  jurisdiction: string | null,
  written: string,
  assumedZone: string | null,
): ZoneChoice {
  const named = written.split(/[,;]/).map((zone) => zone.trim());
  const known = [...new Set(named.filter((zone) => zone && isZone(zone)))];
  if (known.length === named.length)
    return { zones: known, source: known.length === 1 ? 'explicit' : 'intersection' };
  const here = jurisdiction ? sets.filter((set) => set.jurisdiction === countryOf(jurisdiction)) : [];
  const region = [...new Set(here.flatMap((set) => set.regions[jurisdiction ?? ''] ?? []))];
  const country = [...new Set(here.flatMap((set) => set.zones))];
  if (region.length === 1) return { zones: region, source: 'region' };
  if (!region.length && country.length === 1) return { zones: country, source: 'country' };
  if (assumedZone && isZone(assumedZone)) return { zones: [assumedZone], source: 'assumed' };
  const several = region.length ? region : country;
  return several.length ? { zones: several, source: 'intersection' } : { zones: [], source: 'none' };
}

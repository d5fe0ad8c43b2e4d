import { chooseRules, type PlanGround } from '../plan.ts';
import { keyOf } from '../rule-set.ts';
import { lawfulDates } from './next-window.ts';
import { addDays, dateMs, dayMs } from './wall-clock.ts';
import { zoneOffsets } from './zone-offsets.ts';

export interface EntryDays {
  from: string;
  time: string;
  count: number;
}

/**
 * The days on which people may enter an experiment, one wave a day: the first `count` from `from` on when a message of their first
 * touches could lawfully leave in every place, so that Sundays and holidays are left out beforehand for all arms alike. Where no
 * day is lawful, or nobody gets anything on the first day, days follow one another.
 */
export function entryDays(ground: PlanGround, { from, time, count }: EntryDays): string[] {
  const inARow = (start: string, n: number) => Array.from({ length: n }, (_, i) => addDays(start, i));
  const { located, clauses } = chooseRules(ground, from);
  const span = 2 * count + 31;
  const base = dateMs(from);
  const offsets = [...new Set(located.flatMap(({ choice }) => choice.zones))].flatMap((zone) =>
    zoneOffsets(zone, base - 3 * dayMs, base + (span + 3) * dayMs),
  );
  const spots = located.flatMap(({ place, group, choice }) =>
    group.length && choice.zones.length
      ? [{ ruleSet: keyOf(group), channel: place.channel, zones: choice.zones }]
      : [],
  );
  const distinct = [...new Map(spots.map((spot) => [JSON.stringify(spot), spot])).values()];
  const lawful = lawfulDates(distinct, from, time, { clauses, kinds: ground.kinds, offsets }, span);
  const days = lawful.slice(0, count);
  const last = days.at(-1);
  return [...days, ...inARow(last === undefined ? from : addDays(last, 1), count - days.length)];
}

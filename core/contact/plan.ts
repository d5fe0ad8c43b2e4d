import type { Assumptions } from '../experiment/define.ts';
import type { Channel } from '../portfolio/tables/people.ts';
import type { Text } from '../text/text.ts';
import type { PlanPlace } from './check.ts';
import { type ZoneChoice, zonesOf } from './place.ts';
import type { RuleKind } from './rule.ts';
import {
  type KnownClause,
  keyOf,
  numberClauses,
  type RuleSet,
  ruleSetsFor,
  standingOn,
  versionOf,
} from './rule-set.ts';
import { datesAllowedTo, planSend, type Spot } from './time/next-window.ts';
import { dateMs, dayMs } from './time/wall-clock.ts';
import { localOf, type ZoneOffset, zoneOffsets } from './time/zone-offsets.ts';

const blocking = ['forgotten', 'held-out', 'jurisdiction', 'time-zone'] as const;

/** What blocks a person before any rule set can: they were forgotten, or nobody knows where or on which clock they live. */
export const placeRules: Record<(typeof blocking)[number], Text> = {
  forgotten: { es: 'Pidió que se le olvidara', en: 'Asked to be forgotten' },
  'held-out': { es: 'En el grupo sin contacto', en: 'Held out of contact' },
  jurisdiction: {
    es: 'País desconocido o sin reglas aquí',
    en: 'Country unknown or without rules here',
  },
  'time-zone': { es: 'Zona horaria desconocida', en: 'Time zone unknown' },
};

/** Number of the clause of something that blocks before the rules. */
export const clauseOf = (block: (typeof blocking)[number]): number => blocking.indexOf(block) + 1;
const blocks = blocking.map(
  (rule, i): KnownClause => ({
    clause: i + 1,
    ruleSet: '',
    parameters: {},
    rule,
    setId: 'HOUSE',
    version: '1',
    status: 'house',
    source: 'Ensayo',
  }),
);
export const searchDays = 31;

export interface Whereabouts {
  jurisdiction: string;
  timeZone: string;
  channel: Channel;
  /** Hours of a touch, "09:00-12:00"; without, it goes out at the batch's time. */
  window?: string;
}

export interface BatchPlan {
  sendOn: string;
  places: PlanPlace[];
  /** Everything that can exclude, in the stated order. */
  clauses: KnownClause[];
  /** Rule sets in force, as they hold together. */
  groups: RuleSet[][];
  offsets: ZoneOffset[];
  /** Days before and after the planned instants within which contacts matter. */
  horizonDays: number;
}

export interface PlanGround {
  places: readonly Whereabouts[];
  sets: readonly RuleSet[];
  kinds: ReadonlyMap<string, RuleKind>;
  assume: Assumptions | null;
}

interface Given extends PlanGround {
  /** The day asked for; null takes the first lawful one from `from` on. */
  sendOn: string | null;
  from: string;
  time: string;
}

/**
 * The rules in force for each place on a date, the clocks it is read on, and every clause numbered. Where the date is another in one
 * place than in the next, two versions of the same rules are told apart by `nameOf`.
 */
export function chooseRules(
  { places, sets, kinds, assume }: PlanGround,
  dateIn: string | ((choice: ZoneChoice) => string),
) {
  const found = new Map<string, RuleSet[]>();
  const located = places.map((place) => {
    const choice = zonesOf(sets, place, assume?.timeZone ?? null);
    const date = typeof dateIn === 'string' ? dateIn : dateIn(choice);
    const group = ruleSetsFor(sets, place.jurisdiction, date, assume?.ruleSet === 'house');
    const key = `${keyOf(group)} ${versionOf(group)}`;
    if (group.length && !found.has(key)) found.set(key, group);
    return { place, group: found.get(key) ?? group, choice };
  });
  const groups = [...found.entries()].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group);
  const nameOf = (group: readonly RuleSet[]): string => {
    const isTwofold = groups.filter((one) => keyOf(one) === keyOf(group)).length > 1;
    return isTwofold ? `${keyOf(group)} ${versionOf(group)}` : keyOf(group);
  };
  return { located, groups, nameOf, clauses: numberClauses(groups, kinds, blocks.length + 1, nameOf) };
}

/** Days around a message whose contacts any of the clauses looks at. */
export const horizonOf = (clauses: readonly KnownClause[], kinds: ReadonlyMap<string, RuleKind>): number =>
  Math.max(1, ...clauses.map((use) => kinds.get(use.rule)?.horizonDays(use.parameters) ?? 0));

export const withBlocks = (clauses: readonly KnownClause[]): KnownClause[] => [...blocks, ...clauses];

/**
 * Settles, for each distinct place and channel of a batch, the rules in force, the clocks and the planned instant. The work is per
 * place, never per person. Without a day asked for, the batch goes on the first day from `from` on which its
 * local time is lawful in every place that allows that time at all; if there is none in a month, on `from`. Each day is judged by
 * the rules in force on it.
 */
export function planBatch(given: Given): BatchPlan {
  const { kinds, from, sets } = given;
  const chosen = new Map<string, ReturnType<typeof chooseRules>>();
  const choose = (date: string) => {
    const key = standingOn(sets, date);
    const known = chosen.get(key) ?? chooseRules(given, date);
    chosen.set(key, known);
    return known;
  };

  const first = choose(given.sendOn ?? from);
  const base = dateMs(given.sendOn ?? from);
  const furthest = horizonOf(first.clauses, kinds) + searchDays + 3;
  const offsets = [...new Set(first.located.flatMap(({ choice }) => choice.zones))].flatMap((zone) =>
    zoneOffsets(zone, base - furthest * dayMs, base + (searchDays + furthest) * dayMs),
  );
  const spotOf = ({ place, group, choice }: (typeof first.located)[number]): Spot | null =>
    group.length && choice.zones.length
      ? { ruleSet: keyOf(group), channel: place.channel, zones: choice.zones, ...hoursOf(place) }
      : null;
  const lawfulOn = (index: number, date: string): boolean => {
    const { located, clauses } = choose(date);
    const spot = located[index] ? spotOf(located[index]) : null;
    return spot !== null && (planSend(spot, date, given.time, { clauses, kinds, offsets })?.lawful ?? false);
  };
  const distinct = new Map(
    first.located.map((one, index) => [JSON.stringify([one.place.jurisdiction, spotOf(one)]), index]),
  );
  const sendOn =
    given.sendOn ?? datesAllowedTo([...distinct.values()], lawfulOn, from, searchDays)[0] ?? from;

  const { located, groups, clauses } = choose(sendOn);
  const horizonDays = horizonOf(clauses, kinds);
  const places = located.map(({ place, group, choice }): PlanPlace => {
    const zones = withoutTwins(choice.zones, offsets);
    const ruleSet = keyOf(group);
    const send =
      group.length && zones.length
        ? planSend({ ruleSet, channel: place.channel, zones, ...hoursOf(place) }, sendOn, given.time, {
            clauses,
            kinds,
            offsets,
          })
        : null;
    const known = {
      ...place,
      window: place.window ?? '',
      ruleSet,
      version: versionOf(group),
      zones,
      zoneSource: choice.source,
    };
    if (!send) {
      const blockedBy = clauseOf(group.length ? 'time-zone' : 'jurisdiction');
      const none = { zone: '', instants: [], plannedLocal: 0, sendBefore: 0, sendBeforeLocal: 0 };
      return { ...known, ...none, blockedBy };
    }
    const local = (utc: number) => localOf(offsets, send.zone, utc) ?? utc;
    return {
      ...known,
      zone: send.zone,
      instants: send.instants,
      plannedLocal: local(send.instants[0] ?? 0),
      sendBefore: send.sendBefore,
      sendBeforeLocal: local(send.sendBefore),
      blockedBy: null,
    };
  });
  return { sendOn, places, clauses: withBlocks(clauses), groups, offsets, horizonDays };
}

const hoursOf = ({ window }: Whereabouts): Pick<Spot, 'time' | 'until'> => {
  const [time, until] = (window ?? '').split('-');
  return time && until ? { time, until } : {};
};

/** Zones whose clocks agree over the whole span are one. */
export function withoutTwins(zones: readonly string[], offsets: readonly ZoneOffset[]): string[] {
  const byClock = new Map<string, string>();
  for (const zone of zones) {
    const rows = offsets.filter((row) => row.zone === zone);
    const clock = JSON.stringify(rows.map((row) => [row.fromUtc, row.seconds]));
    if (!byClock.has(clock)) byClock.set(clock, zone);
  }
  return [...byClock.values()];
}

import type { PlanPlace } from './check.ts';
import {
  type BatchPlan,
  chooseRules,
  clauseOf,
  horizonOf,
  type PlanGround,
  searchDays,
  withBlocks,
  withoutTwins,
} from './plan.ts';
import { versionOf } from './rule-set.ts';
import { dayMs, localDate } from './time/wall-clock.ts';
import { localOf, offsetAt, zoneOffsets } from './time/zone-offsets.ts';

/** The date at an instant on the first clock of a place; in UTC where no clock is known. */
const dateAt = (at: number, zone: string | undefined): string =>
  localDate(zone === undefined ? at : at + offsetAt(zone, at) * 1000);

/**
 * What the rules say of each place at one instant: the plan of a batch that would leave right then, each place by the rules in force
 * on the date it has there.
 */
export function planInstant(ground: PlanGround, at: number): BatchPlan {
  const date = localDate(at);
  const { located, groups, nameOf, clauses } = chooseRules(ground, ({ zones }) => dateAt(at, zones[0]));
  const horizonDays = horizonOf(clauses, ground.kinds);
  const offsets = [...new Set(located.flatMap(({ choice }) => choice.zones))].flatMap((zone) =>
    zoneOffsets(zone, at - (horizonDays + 3) * dayMs, at + (searchDays + horizonDays + 3) * dayMs),
  );
  const places = located.map(({ place, group, choice }): PlanPlace => {
    const zones = withoutTwins(choice.zones, offsets);
    const [zone = ''] = zones;
    const local = localOf(offsets, zone, at) ?? at;
    const blocked = !group.length ? 'jurisdiction' : zones.length ? null : 'time-zone';
    return {
      ...place,
      window: '',
      ruleSet: nameOf(group),
      version: versionOf(group),
      zones,
      zone,
      zoneSource: choice.source,
      instants: [at],
      plannedLocal: local,
      sendBefore: at,
      sendBeforeLocal: local,
      blockedBy: blocked === null ? null : clauseOf(blocked),
    };
  });
  return { sendOn: date, places, clauses: withBlocks(clauses), groups, offsets, horizonDays };
}

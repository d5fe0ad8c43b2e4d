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
import { keyOf, versionOf } from './rule-set.ts';
import { dayMs } from './wall-clock.ts';
import { localOf, zoneOffsets } from './zone-offsets.ts';

/** What the rules say of each place at one instant: the plan of a batch that would leave right then. */
export function planInstant(ground: PlanGround, at: number): BatchPlan {
  const date = new Date(at).toISOString().slice(0, 10);
  const { located, groups, clauses } = chooseRules(ground, date);
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
      ruleSet: keyOf(group),
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

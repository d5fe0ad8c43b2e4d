import type { Facts, RuleKind } from '../rule.ts';
import type { KnownClause } from '../rule-set.ts';
import type { Spot } from './next-window.ts';
import { addDays, dayMs, localDate } from './wall-clock.ts';
import { instantsOf, localOf } from './zone-offsets.ts';

/** Windows are looked for on a grid of quarters of an hour and at every minute at which a rule opens or closes besides. */
const stepMs = 15 * 60_000;

export interface Search {
  spot: Spot;
  facts: Facts;
  /** The clauses that judge, of any rule set. */
  clauses: readonly KnownClause[];
  kinds: ReadonlyMap<string, RuleKind>;
  from: number;
  days: number;
}

const rank: Record<RuleKind['judges'], number> = { person: 0, hours: 1, history: 2 };

/** Instants off the grid at which a rule opens or closes on one of the clocks, in order. */
function edgesOf(minutes: readonly number[], { spot, facts, from }: Search, until: number): number[] {
  const times = [...new Set(minutes)]
    .filter((minute) => minute % 15 !== 0)
    .map((minute) => [Math.floor(minute / 60), minute % 60].map((n) => String(n).padStart(2, '0')).join(':'));
  const found = new Set<number>();
  for (const time of times)
    for (const zone of spot.zones)
      for (let date = localDate(from - dayMs); date <= localDate(until + dayMs); date = addDays(date, 1))
        for (const at of instantsOf(facts.offsets, zone, date, time))
          if (at > from && at < until) found.add(at);
  return [...found].toSorted((a, b) => a - b);
}

/** The first instant after `low` that is as the one at `high` is, which `low` is not. */
function turnBetween(low: number, high: number, isSo: (at: number) => boolean): number {
  let [before, then] = [low, high];
  while (then - before > 1) {
    const middle = Math.floor((before + then) / 2);
    if (isSo(middle)) then = middle;
    else before = middle;
  }
  return then;
}

/**
 * The window in which every rule allows a message to one person: the one open at `from`, or the next, as far as is
 * known then. Half-open, in milliseconds of UTC; null when none opens within `days`. A person who may be in
 * several zones must be allowed in all.
 */
export function nextAllowed(search: Search): { from: number; to: number } | null {
  const { spot, facts, clauses, kinds, from, days } = search;
  const applying = clauses
    .filter((clause) => clause.ruleSet === spot.ruleSet)
    .flatMap((clause) => {
      const kind = kinds.get(clause.rule);
      return kind ? [{ kind, parameters: clause.parameters }] : [];
    })
    .toSorted((a, b) => rank[a.kind.judges] - rank[b.kind.judges]);
  const allows = (plannedAt: number): boolean => {
    const readings = spot.zones.map((zone) => ({
      assignmentId: '',
      customerId: '',
      channel: spot.channel,
      ruleSet: spot.ruleSet,
      zone,
      plannedAt,
      localAt: localOf(facts.offsets, zone, plannedAt) ?? Number.NaN,
    }));
    return applying.every(({ kind, parameters }) =>
      readings.every((reading) => !kind.excludes(reading, facts, parameters)),
    );
  };
  const until = from + days * dayMs;
  const minutes = applying.flatMap(({ kind, parameters }) => kind.edges?.(parameters) ?? []);
  const edges = edgesOf(minutes, search, until);
  let edge = 0;
  const later = (at: number): number => {
    while ((edges[edge] ?? until) <= at && edge < edges.length) edge++;
    return Math.min((Math.floor(at / stepMs) + 1) * stepMs, edges[edge] ?? Number.POSITIVE_INFINITY);
  };
  let before = from;
  let opens = from;
  while (!allows(opens)) {
    before = opens;
    opens = later(opens);
    if (opens >= until) return null;
  }
  if (opens > from) opens = turnBetween(before, opens, allows);
  const furthest = Math.min(opens + dayMs, until);
  let last = opens;
  let closes = later(opens);
  while (closes < furthest && allows(closes)) {
    last = closes;
    closes = later(closes);
  }
  if (!allows(closes)) closes = turnBetween(last, closes, (at) => !allows(at));
  return { from: opens, to: Math.min(closes, until) };
}

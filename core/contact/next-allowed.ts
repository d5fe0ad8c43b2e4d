import type { Spot } from './next-window.ts';
import type { Facts, RuleKind } from './rule.ts';
import type { KnownClause } from './rule-set.ts';
import { dayMs } from './wall-clock.ts';
import { localOf } from './zone-offsets.ts';

/** Windows are looked for on a grid of quarters of an hour, which all rules in use open and close on. */
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

/**
 * The window in which every rule allows a message to one person: the one open at `from`, or the next, as far as is
 * known then. Half-open, in milliseconds of UTC; null when none opens within `days`. A person who may be in
 * several zones must be allowed in all.
 */
export function nextAllowed({ spot, facts, clauses, kinds, from, days }: Search): {
  from: number;
  to: number;
} | null {
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
  const later = (at: number) => (Math.floor(at / stepMs) + 1) * stepMs;
  let opens = from;
  while (!allows(opens)) {
    opens = later(opens);
    if (opens >= until) return null;
  }
  let closes = later(opens);
  while (closes < opens + dayMs && allows(closes)) closes = later(closes);
  return { from: opens, to: closes };
}

import type { Facts, Reading, RuleKind } from '../rule.ts';
import type { KnownClause } from '../rule-set.ts';
import { addDays } from './wall-clock.ts';
import { instantsOf, localOf, type ZoneOffset } from './zone-offsets.ts';

const nobody: Facts = {
  addressable: true,
  daysPastDue: null,
  permissions: [],
  points: [],
  flags: [],
  touches: [],
  offsets: [],
};

interface Spot {
  ruleSet: string;
  channel: Reading['channel'];
  zones: readonly string[];
}

/**
 * The hours of some days, on the clock of the first zone, at whose beginning hours and calendar let a message leave in every zone
 * the person may be in. An hour that a change of clock skips is left out; one that occurs twice must be lawful both times.
 */
export function lawfulHours(
  spot: Spot,
  from: string,
  rules: {
    clauses: readonly KnownClause[];
    kinds: ReadonlyMap<string, RuleKind>;
    offsets: readonly ZoneOffset[];
  },
  days = 7,
): { date: string; hour: number; at: number }[] {
  const [zone] = spot.zones;
  if (!zone) return [];
  const applying = rules.clauses.flatMap((clause) => {
    const kind = rules.kinds.get(clause.rule);
    return clause.ruleSet === spot.ruleSet && kind?.judges === 'hours' ? [{ kind, clause }] : [];
  });
  const lawfulAt = (plannedAt: number): boolean =>
    spot.zones.every((one) => {
      const reading: Reading = {
        assignmentId: '',
        customerId: '',
        channel: spot.channel,
        ruleSet: spot.ruleSet,
        zone: one,
        plannedAt,
        localAt: localOf(rules.offsets, one, plannedAt) ?? Number.NaN,
      };
      return applying.every(({ kind, clause }) => !kind.excludes(reading, nobody, clause.parameters));
    });
  const hours: { date: string; hour: number; at: number }[] = [];
  for (let day = 0; day < days; day++) {
    const date = addDays(from, day);
    for (let hour = 0; hour < 24; hour++) {
      const instants = instantsOf(rules.offsets, zone, date, `${String(hour).padStart(2, '0')}:00`);
      const [at] = instants;
      if (at === undefined) continue;
      const shown = new Date(localOf(rules.offsets, zone, at) ?? at).getUTCHours();
      if (shown === hour && instants.every(lawfulAt)) hours.push({ date, hour, at });
    }
  }
  return hours;
}

import type { Facts, Reading, RuleKind } from '../rule.ts';
import type { KnownClause } from '../rule-set.ts';
import { addDays, minuteOfDay, minutesOf } from './wall-clock.ts';
import { instantsOf, localOf, type ZoneOffset } from './zone-offsets.ts';

/** A place to send from: the rules that hold there and the clocks they are read on. */
export interface Spot {
  ruleSet: string;
  channel: Reading['channel'];
  zones: readonly string[];
  /** Local time, and the time before which it must leave, where the message has hours of its own. */
  time?: string;
  until?: string;
}

/** When a message is planned, and until when it may still leave. */
export interface PlannedSend {
  /** Every instant the local time may mean; the first is the one planned. */
  instants: readonly number[];
  zone: string;
  sendBefore: number;
  /** Whether the hours and the calendar allow it. */
  lawful: boolean;
}

interface Rules {
  clauses: readonly KnownClause[];
  kinds: ReadonlyMap<string, RuleKind>;
  offsets: readonly ZoneOffset[];
}

const nobody: Facts = {
  addressable: true,
  daysPastDue: null,
  permissions: [],
  points: [],
  flags: [],
  touches: [],
  offsets: [],
};
const dayMinutes = 1440;

function readingsOf(spot: Spot, instants: readonly number[], offsets: readonly ZoneOffset[]): Reading[] {
  return instants.flatMap((plannedAt) =>
    spot.zones.map((zone) => ({
      assignmentId: '',
      customerId: '',
      channel: spot.channel,
      ruleSet: spot.ruleSet,
      zone,
      plannedAt,
      localAt: localOf(offsets, zone, plannedAt) ?? Number.NaN,
    })),
  );
}

/**
 * The local date and time as instants. Where a person may be in several zones, the first zone (by the rule set's
 * order) on whose clock that time is lawful in all of them is meant; if none is, the first.
 */
export function planSend(spot: Spot, date: string, time: string, rules: Rules): PlannedSend | null {
  let first: PlannedSend | null = null;
  for (const zone of spot.zones) {
    const instants = instantsOf(rules.offsets, zone, date, spot.time ?? time);
    if (!instants.length) continue;
    const readings = readingsOf(spot, instants, rules.offsets);
    const applying = rules.clauses.filter(
      (clause) => clause.ruleSet === spot.ruleSet && rules.kinds.get(clause.rule)?.judges === 'hours',
    );
    const lawful = readings.every((reading) =>
      applying.every((clause) => !rules.kinds.get(clause.rule)?.excludes(reading, nobody, clause.parameters)),
    );
    const sendBefore = Math.min(
      ...readings.map((reading) => closing(reading, applying, rules.kinds, spot.until)),
    );
    const planned = { instants, zone, sendBefore, lawful };
    if (lawful) return planned;
    first ??= planned;
  }
  return first;
}

/** The instant at which the reading's window, or its day, ends; on the clock as it runs at the planned instant. */
function closing(
  reading: Reading,
  clauses: readonly KnownClause[],
  kinds: ReadonlyMap<string, RuleKind>,
  until: string | undefined,
): number {
  const minutes = clauses.map(
    (clause) => kinds.get(clause.rule)?.closesAt?.(reading, clause.parameters) ?? dayMinutes,
  );
  const left =
    Math.min(dayMinutes, until === undefined ? dayMinutes : minutesOf(until), ...minutes) -
    minuteOfDay(reading.localAt);
  return Math.floor(reading.plannedAt / 60_000) * 60_000 + left * 60_000;
}

/**
 * The dates from `from` on, within `days`, on which a local time is lawful, by hours and calendar, at every spot. Spots that allow
 * that time on no such day (a time outside every window) are not waited for; where none allows it, there is no such date.
 */
export function lawfulDates(
  spots: readonly Spot[],
  from: string,
  time: string,
  rules: Rules,
  days = 31,
): string[] {
  return datesAllowedTo(
    spots,
    (spot, date) => planSend(spot, date, time, rules)?.lawful ?? false,
    from,
    days,
  );
}

/** The dates from `from` on that are allowed to everything that is allowed any of them. */
export function datesAllowedTo<T>(
  things: readonly T[],
  allowed: (thing: T, date: string) => boolean,
  from: string,
  days: number,
): string[] {
  const dates = Array.from({ length: days }, (_, i) => addDays(from, i));
  const open = things.map((thing) => dates.map((date) => allowed(thing, date)));
  const waited = open.filter((row) => row.includes(true));
  if (!waited.length) return [];
  return dates.filter((_, i) => waited.every((row) => row[i]));
}

/** The first of `lawfulDates`, or null. */
export const firstLawfulDate = (
  spots: readonly Spot[],
  from: string,
  time: string,
  rules: Rules,
  days = 31,
): string | null => lawfulDates(spots, from, time, rules, days)[0] ?? null;

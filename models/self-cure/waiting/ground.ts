import type { Effect } from './decision.ts';
import type { ContactDay, CureDay } from './past.ts';

/** Share cured by the end of a day, and of how many; null where the day of a cure is mostly not known. */
export interface CureCurve {
  n: number;
  by(day: number): number;
  end: number;
}

const leastDated = 0.9;
const leastRows = 100;

export function curveOf(days: readonly CureDay[], held: 0 | 1): CureCurve | null {
  const own = days.filter((day) => day.held === held);
  const sum = (name: 'n' | 'cured' | 'dated', until = Number.POSITIVE_INFINITY) =>
    own.reduce((all, day) => (day.day <= until ? all + day[name] : all), 0);
  const n = sum('n');
  const cured = sum('cured');
  if (n < leastRows || cured === 0 || sum('dated') / cured < leastDated) return null;
  return { n, by: (day) => sum('cured', day) / n, end: cured / n };
}

/** Part of a horizon's cures that come within the days of the wait. */
export const timingOf = (curve: CureCurve | null, waitDays: number): number | null =>
  curve && curve.end > 0 ? curve.by(waitDays) / curve.end : null;

/** Cures by the end of the wait under the policy, less those without contact: two independent shares. */
export function effectOf(policy: CureCurve | null, held: CureCurve | null, waitDays: number): Effect | null {
  if (!policy || !held) return null;
  const [p, q] = [policy.by(waitDays), held.by(waitDays)];
  return { estimate: p - q, error: Math.sqrt((p * (1 - p)) / policy.n + (q * (1 - q)) / held.n) };
}

/** Contacts an account under the policy gets in the days of the wait; null without contacts on record. */
export function contactsPerAccount(
  days: readonly CureDay[],
  contacts: readonly ContactDay[],
  waitDays: number,
): number | null {
  const n = days.reduce((sum, day) => (day.held === 0 ? sum + day.n : sum), 0);
  if (n === 0 || contacts.length === 0) return null;
  return contacts.reduce((sum, { day, contacts: made }) => (day <= waitDays ? sum + made : sum), 0) / n;
}

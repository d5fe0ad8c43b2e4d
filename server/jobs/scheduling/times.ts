import { Cron } from 'croner';
import { DomainError } from '#core/errors/domain-error.ts';

/** @throws schedule_unreadable */
function cronOf(cron: string, timeZone: string): Cron {
  try {
    return new Cron(cron, { timezone: timeZone, mode: '5-part', paused: true });
  } catch (error) {
    throw new DomainError('schedule_unreadable', {
      cron,
      timeZone,
      reason: error instanceof Error ? error.message : String(error),
    });
  }
}

/** The next times of a schedule after an instant. @throws schedule_unreadable, also when it never comes */
export function nextTimes(given: { cron: string; timeZone: string }, after: Date, count: number): Date[] {
  const cron = cronOf(given.cron, given.timeZone);
  let times: Date[];
  try {
    times = cron.nextRuns(count, after);
  } catch {
    throw new DomainError('schedule_unreadable', {
      ...given,
      reason: `unknown time zone "${given.timeZone}"`,
    });
  }
  if (!times.length) throw new DomainError('schedule_unreadable', { ...given, reason: 'it never comes' });
  return times;
}

/** What is to be done about a schedule now. */
export type Due = { kind: 'wait' } | { kind: 'run'; due: Date } | { kind: 'missed'; due: Date };

const lateMs = 10 * 60_000;

/**
 * Whether a schedule is due. Of times that have passed the latest counts; when that is over ten minutes ago, they were missed:
 * they are left out, or made up for once, as the schedule has it.
 */
export function dueNow(
  given: { cron: string; timeZone: string; missed: 'skip' | 'once' },
  lastDue: Date,
  now: Date,
): Due {
  // The reference itself is not among what comes before it.
  const [due] = cronOf(given.cron, given.timeZone).previousRuns(1, new Date(now.getTime() + 1));
  if (!due || due <= lastDue) return { kind: 'wait' };
  return now.getTime() - due.getTime() > lateMs && given.missed === 'skip'
    ? { kind: 'missed', due }
    : { kind: 'run', due };
}

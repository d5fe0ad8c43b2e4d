import type { Dialect } from '#core/sql/dialects/dialect.ts';
import type { Sql } from '#core/sql/sql.ts';
import { type Day, daysAfter } from '../calendar.ts';
import type { PlanStep } from '../plan.ts';
import type { Scope } from '../scope.ts';
import { contactsOf, letWork, openMonth, planFirstContacts } from './contacts.ts';
import { moveAccounts, settleDay } from './day.ts';
import { closeMonth } from './month-end.ts';

/** What the clock's move needs to know of the sample it moves on. */
export interface Forward {
  dialect: Dialect;
  scratch: string;
  seed: number;
  /** Months of the sample. */
  months: number;
  /** Date reached. */
  today: string;
  days: number;
}

export const forwardScope = ({ dialect, seed, scratch }: Forward): Scope => ({
  dialect,
  seed,
  scratch,
  months: [],
});

/**
 * The days to come as statements. The scratch database holds the opened state, and the tables `sends` (messages an export
 * handed over) and `trial` (people whom the past policy leaves alone meanwhile). A day goes: contacts, then due dates and
 * payments with the hazard of the day, then messages begin to work, from tomorrow on. Same state, same days: same rows.
 */
export function planDays(forward: Forward): { day: Day; step: PlanStep }[] {
  const scope = forwardScope(forward);
  return daysAfter(forward.today, forward.days, forward.months).map((day) => {
    const statements: Sql[] = [
      ...(day.of === 1 ? openMonth(scope, day) : []),
      ...contactsOf(scope, day),
      moveAccounts(scope, day),
      ...settleDay(scope, day),
      planFirstContacts(scope, day),
      ...letWork(scope, day),
      ...(day.date === day.month.end ? closeMonth(scope, day) : []),
    ];
    return { day, step: { note: day.date, statements } };
  });
}

import { raw, sql } from '#core/sql/sql.ts';
import type { DecisionDate } from '#models/question.ts';
import { decisionDates } from '#models/self-cure/dates.ts';
import { atRisk, type Scope } from '#models/self-cure/identify/courses.ts';
import type { SelfCureParameters } from '#models/self-cure/parameters.ts';
import {
  type ContactDay,
  type CureDay,
  contactCosts,
  contactDays,
  cureDays,
  type RateSums,
  rateSums,
} from '#models/self-cure/waiting/past.ts';
import { lastYear } from '#models/self-cure/waiting/span.ts';
import type { Engine } from '../../engine/engine.ts';
import { readCalendar } from '../portfolio/calendar.ts';
import { remembered } from '../remembered.ts';

/** Rows of the past counted at most; of more, whole people are drawn by a hash. Everybody held out counts. */
const countedRows = 200_000;

async function scopeOf(engine: Engine, parameters: SelfCureParameters): Promise<Scope | null> {
  const dates: DecisionDate[] = lastYear(decisionDates(parameters, await readCalendar(engine)));
  return dates.length ? { dialect: engine.dialect, parameters, dates } : null;
}

async function shareOf(engine: Engine, scope: Scope): Promise<number> {
  const counted = await engine.first<{ n: number }>(
    sql`SELECT ${scope.dialect.countIf(raw('true'))} AS n FROM ${atRisk(scope)} p`,
  );
  return Math.min(1, countedRows / Math.max(1, counted?.n ?? 0));
}

export interface WaitPast {
  cures: CureDay[];
  contacts: ContactDay[];
  costs: { currency: string; cost: number; n: number }[];
}

/** What the last year of the portfolio tells of waiting, worked out once for each version of the data. */
export const readWaitPast = (engine: Engine, parameters: SelfCureParameters): Promise<WaitPast> =>
  remembered(engine, `waiting past ${JSON.stringify(parameters)}`, async () => {
    const scope = await scopeOf(engine, parameters);
    const costs = await engine.rows<WaitPast['costs'][number]>(contactCosts(engine.dialect));
    if (!scope) return { cures: [], contacts: [], costs };
    const share = await shareOf(engine, scope);
    const cures = await engine.rows<CureDay>(cureDays(scope, share));
    const contacts = await engine.rows<ContactDay>(contactDays(scope, share));
    return { cures, contacts, costs };
  });

export interface RatePast {
  sums: RateSums[];
  from: string;
  to: string;
}

/** Cures of the last year, of people held out and of the others; null without a date whose outcome is known. */
export const readRatePast = (engine: Engine, parameters: SelfCureParameters): Promise<RatePast | null> =>
  remembered(engine, `cure rate ${JSON.stringify(parameters)}`, async () => {
    const scope = await scopeOf(engine, parameters);
    if (!scope) return null;
    const sums = await engine.rows<RateSums>(rateSums(scope, await shareOf(engine, scope)));
    return { sums, from: scope.dates[0]!.asOf, to: scope.dates.at(-1)!.asOf };
  });

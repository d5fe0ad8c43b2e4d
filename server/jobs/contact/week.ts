import type { PlanPlace } from '#core/contact/check.ts';
import * as check from '#core/contact/check.ts';
import type { BatchPlan } from '#core/contact/plan.ts';
import type { RuleKind } from '#core/contact/rule.ts';
import { type RuleSet, standingOn } from '#core/contact/rule-set.ts';
import { addDays } from '#core/contact/time/wall-clock.ts';
import { lawfulHours } from '#core/contact/time/week.ts';
import type { WhatIf } from '#core/contract/contact/what-if.ts';
import type { Assumptions } from '#core/experiment/define.ts';
import { raw, sql } from '#core/sql/sql.ts';
import type { Context } from '../../context.ts';
import type { Session } from '../../engine/engine.ts';
import { judgePlan } from '../judging.ts';

type Hour = WhatIf['week']['hours'][number];

const keyOf = (place: { jurisdiction: string; timeZone: string }, date: string): string =>
  `${place.jurisdiction} ${place.timeZone} ${date}`;

/** The seven days cut where other rules come into force. */
function stretches(sets: readonly RuleSet[], from: string): { from: string; days: number }[] {
  const found: { from: string; days: number }[] = [];
  for (let day = 0; day < 7; day++) {
    const date = addDays(from, day);
    const last = found.at(-1);
    if (last && standingOn(sets, last.from) === standingOn(sets, date)) last.days += 1;
    else found.push({ from: date, days: 1 });
  }
  return found;
}

interface Given {
  sets: readonly RuleSet[];
  /** The plan of a send on a day, by the rules in force on it. */
  planOn: (date: string) => BatchPlan;
  kinds: ReadonlyMap<string, RuleKind>;
  assume: Assumptions | null;
  from: string;
}

/**
 * How many of the people of `what_if_people` could lawfully be sent a message, by hour of seven days on their own clocks, each day by
 * the rules in force on it. Hours and calendars are read hour by hour and place by place; whatever depends on the person is judged in
 * the engine at the first lawful hour of each day, by the statements that clear batches.
 */
export async function weekAhead(context: Context, session: Session, given: Given): Promise<WhatIf['week']> {
  const found = new Map<string, Hour>();
  for (const stretch of stretches(given.sets, given.from))
    for (const one of await hoursOf(context, session, given, stretch)) {
      const key = `${one.date} ${String(one.hour).padStart(2, '0')}`;
      found.set(key, { ...one, people: one.people + (found.get(key)?.people ?? 0) });
    }
  const hours = [...found.entries()]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, one]) => one)
    .filter(({ people }) => people > 0);
  const most = Math.max(0, ...hours.map(({ people }) => people));
  return {
    from: given.from,
    hours,
    first: hours[0] ?? null,
    best: hours.find(({ people }) => people === most) ?? null,
  };
}

/** The lawful hours of days under the same rules, place by place. */
async function hoursOf(
  context: Context,
  session: Session,
  { planOn, kinds, assume }: Given,
  stretch: { from: string; days: number },
): Promise<Hour[]> {
  const plan = planOn(stretch.from);
  const rules = { clauses: plan.clauses, kinds, offsets: plan.offsets };
  const open = plan.places
    .filter((place) => place.blockedBy === null)
    .map((place) => ({ place, hours: lawfulHours(place, stretch.from, rules, stretch.days) }));
  const days = open.flatMap(({ place, hours }) =>
    [...new Map(hours.toReversed().map((one) => [one.date, one])).values()].map(
      ({ date, at }): PlanPlace => ({ ...place, window: date, instants: [at], sendBefore: at }),
    ),
  );
  const lawful = new Map<string, number>();
  if (days.length) {
    for (const drop of check.dropPlan) await session.run(drop);
    await session.run(sql`CREATE TEMPORARY TABLE plan_people AS
      SELECT p.assignment_id || ' ' || d.send_window AS assignment_id, p.customer_id, p.arm, p.channel, d.send_window, p.jurisdiction, p.time_zone
      FROM what_if_people p JOIN ${context.engine.dialect.inline(
        [
          ['jurisdiction', 'text'],
          ['time_zone', 'text'],
          ['send_window', 'text'],
        ],
        days.map((day) => [day.jurisdiction, day.timeZone, day.window]),
      )} d ON d.jurisdiction = p.jurisdiction AND d.time_zone = p.time_zone`);
    await judgePlan(
      context,
      session,
      { ...plan, places: days },
      {
        assume,
        experimentId: '',
        touch: 0,
        aheadDays: 0,
      },
    );
    const rows = await session.rows<{ jurisdiction: string; time_zone: string; day: string; n: number }>(
      raw(`SELECT m.jurisdiction, m.time_zone, m.send_window AS day, CAST(count(*) AS BIGINT) AS n FROM plan_people m
        LEFT JOIN (SELECT DISTINCT assignment_id FROM plan_failures) f ON f.assignment_id = m.assignment_id
        WHERE f.assignment_id IS NULL GROUP BY ALL ORDER BY ALL`),
    );
    for (const row of rows)
      lawful.set(keyOf({ jurisdiction: row.jurisdiction, timeZone: row.time_zone }, row.day), row.n);
  }
  return open.flatMap(({ place, hours }) =>
    hours.map(({ date, hour }) => ({ date, hour, people: lawful.get(keyOf(place, date)) ?? 0 })),
  );
}

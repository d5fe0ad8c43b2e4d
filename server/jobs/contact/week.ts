import type { PlanPlace } from '#core/contact/check.ts';
import * as check from '#core/contact/check.ts';
import type { BatchPlan } from '#core/contact/plan.ts';
import type { RuleKind } from '#core/contact/rule.ts';
import { lawfulHours } from '#core/contact/week.ts';
import type { WhatIf } from '#core/contract/what-if.ts';
import type { Assumptions } from '#core/experiment/define.ts';
import { raw, sql } from '#core/sql/sql.ts';
import type { Context } from '../../context.ts';
import type { Session } from '../../engine/engine.ts';
import { judgePlan } from '../judging.ts';

type Hour = WhatIf['week']['hours'][number];

const keyOf = (place: { jurisdiction: string; timeZone: string }, date: string): string =>
  `${place.jurisdiction} ${place.timeZone} ${date}`;

/**
 * How many of the people of `what_if_people` could lawfully be sent a message, by hour of seven days on their own clocks. Hours and
 * calendars are read hour by hour and place by place; whatever depends on the person is judged in the engine at the first lawful
 * hour of each day, by the statements that clear batches.
 */
export async function weekAhead(
  context: Context,
  session: Session,
  given: { plan: BatchPlan; kinds: ReadonlyMap<string, RuleKind>; assume: Assumptions | null; from: string },
): Promise<WhatIf['week']> {
  const { plan, kinds, from } = given;
  const open = plan.places
    .filter((place) => place.blockedBy === null)
    .map((place) => ({
      place,
      hours: lawfulHours(place, from, { clauses: plan.clauses, kinds, offsets: plan.offsets }),
    }));
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
        assume: given.assume,
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
  const found = new Map<string, Hour>();
  for (const { place, hours } of open)
    for (const { date, hour } of hours) {
      const people = lawful.get(keyOf(place, date)) ?? 0;
      const key = `${date} ${String(hour).padStart(2, '0')}`;
      const known = found.get(key);
      found.set(key, { date, hour, people: people + (known?.people ?? 0) });
    }
  const hours = [...found.entries()]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, one]) => one)
    .filter(({ people }) => people > 0);
  const most = Math.max(0, ...hours.map(({ people }) => people));
  return {
    from,
    hours,
    first: hours[0] ?? null,
    best: hours.find(({ people }) => people === most) ?? null,
  };
}

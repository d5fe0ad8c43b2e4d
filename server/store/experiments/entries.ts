import type { Whereabouts } from '#core/contact/plan.ts';
import type { RuleKind } from '#core/contact/rule.ts';
import { entryDays } from '#core/contact/time/entry-days.ts';
import { addDays } from '#core/contact/time/wall-clock.ts';
import type { Design } from '#core/experiment/define.ts';
import { current } from '#core/sql/dialects/duckdb.ts';
import { join, type Sql, sql } from '#core/sql/sql.ts';
import type { Context } from '../../context.ts';
import type { Session } from '../../engine/engine.ts';
import { ruleSetsOf } from '../contact/contact-rules.ts';
import { workspaceToday } from '../workspace.ts';
import type { DesignRecord } from './designs.ts';

/**
 * Days on which `count` waves may enter, from a day on: see `entryDays`. `people` is a relation with customer_id, read for where
 * they are.
 */
export async function daysToEnter(
  context: Context,
  session: Session,
  design: Design,
  given: { people: Sql; from: string; count: number },
): Promise<string[]> {
  const assume = design.assume ?? null;
  const channels = [
    ...new Set(
      design.arms.flatMap(({ touches }) =>
        touches.filter(({ day }) => day === 0).map(({ channel }) => channel),
      ),
    ),
  ];
  const found = await session.rows<{ jurisdiction: string; time_zone: string }>(sql`
    SELECT DISTINCT coalesce(nullif(c.jurisdiction, ''), ${assume?.jurisdiction ?? null}, '') AS jurisdiction, coalesce(c.time_zone, '') AS time_zone
    FROM (${given.people}) p LEFT JOIN ${current('customers')} c ON c.customer_id = p.customer_id ORDER BY 1, 2`);
  const places = found.flatMap((row) =>
    channels.map(
      (channel): Whereabouts => ({ jurisdiction: row.jurisdiction, timeZone: row.time_zone, channel }),
    ),
  );
  return entryDays(
    {
      places,
      sets: await ruleSetsOf(context, session),
      kinds: context.registry.rules as unknown as ReadonlyMap<string, RuleKind>,
      assume,
    },
    { from: given.from, time: design.sendAt, count: given.count },
  );
}

/**
 * Waves that had not entered when an experiment was paused enter from tomorrow on, in their order and all arms alike. A wave of
 * whom somebody has been sent a message has entered.
 */
export async function shiftEntries(
  context: Context,
  session: Session,
  held: DesignRecord,
  since: string,
): Promise<void> {
  const waiting = await session.rows<{ entered_on: string }>(sql`
    SELECT DISTINCT a.entered_on FROM assignments a
    WHERE a.experiment_id = ${held.id} AND a.entered_on >= CAST(${since} AS DATE) AND a.entered_on NOT IN (
      SELECT b.entered_on FROM contact_checks c JOIN assignments b ON b.assignment_id = c.assignment_id AND b.experiment_id = c.experiment_id
      WHERE c.experiment_id = ${held.id} AND c.state = 'sent' AND b.entered_on IS NOT NULL)
    ORDER BY 1`);
  if (waiting.length === 0) return;
  const days = await daysToEnter(context, session, held.design, {
    people: sql`SELECT DISTINCT customer_id FROM assignments WHERE experiment_id = ${held.id}`,
    from: addDays(await workspaceToday(context, held.design.assume?.today), 1),
    count: waiting.length,
  });
  const moved = waiting.map(
    ({ entered_on }, i) => sql`WHEN CAST(${entered_on} AS DATE) THEN CAST(${days[i] as string} AS DATE)`,
  );
  await session.run(sql`UPDATE assignments SET entered_on = CASE entered_on ${join(moved, ' ')} ELSE entered_on END
    WHERE experiment_id = ${held.id}`);
}

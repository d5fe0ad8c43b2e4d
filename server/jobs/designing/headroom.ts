import { offsetRows, planClocksRows, readingsOf, ruleTables, touchesOf } from '#core/contact/check.ts';
import { planBatch } from '#core/contact/plan.ts';
import { distinctPlacesOf, wherePeopleAre } from '#core/contact/plan-people.ts';
import type { RuleKind } from '#core/contact/rule.ts';
import { addDays, dayMs } from '#core/contact/time/wall-clock.ts';
import type { Design } from '#core/experiment/define.ts';
import type { Channel } from '#core/portfolio/tables/people.ts';
import { join, type Sql, sql } from '#core/sql/sql.ts';
import type { Context } from '../../context.ts';
import { workspaceNow } from '../../store/contact/contact-ledger.ts';
import { ruleSetsOf } from '../../store/contact/contact-rules.ts';
import { daysToEnter } from '../../store/experiments/entries.ts';

interface FirstTouch {
  channel: Channel;
  day: number;
}

const firstTouches = ({ arms }: Design): FirstTouch[] => {
  const all = arms.flatMap(({ touches }) =>
    touches.slice(0, 1).map(({ channel, day }) => ({ channel, day })),
  );
  return [...new Map(all.map((one) => [`${one.day} ${one.channel}`, one])).values()];
};

/**
 * Customers, as a relation with customer_id, for whom the caps leave no room for the first touch of some arm, as far as is known
 * today: contacts made and places reserved are counted as the contact rules will count them. null where no cap applies.
 */
export async function atTheirCap(
  context: Context,
  design: Design,
  members: Sql,
  today: string,
): Promise<Sql | null> {
  const { engine, registry } = context;
  const { dialect } = engine;
  const assume = design.assume ?? null;
  const kinds = registry.rules as unknown as ReadonlyMap<string, RuleKind>;
  const people = sql`(SELECT DISTINCT customer_id FROM (${members}) m)`;
  const tomorrow = addDays(today, 1);
  const asked = design.sendOn !== undefined && design.sendOn > tomorrow ? design.sendOn : tomorrow;
  const [enters = asked] = await daysToEnter(context, engine, design, {
    people: sql`SELECT customer_id FROM ${people} x`,
    from: asked,
    count: 1,
  });
  const now = (await workspaceNow(context, engine, assume?.today)).replace('Z', '');
  const sets = await ruleSetsOf(context, engine);
  const failing: Sql[] = [];
  for (const { channel, day } of firstTouches(design)) {
    const standing = wherePeopleAre(people, channel, assume);
    const found = await engine.rows<{ jurisdiction: string; time_zone: string }>(distinctPlacesOf(standing));
    const plan = planBatch({
      places: found.map((row) => ({ jurisdiction: row.jurisdiction, timeZone: row.time_zone, channel })),
      sets,
      kinds,
      assume,
      sendOn: addDays(enters, day),
      from: enters,
      time: design.sendAt,
    });
    const instants = plan.places.flatMap((place) => place.instants);
    if (instants.length === 0) continue;
    const offsets = offsetRows(dialect, plan.offsets);
    const planned = sql`(SELECT p.customer_id AS assignment_id, p.customer_id, k.channel, k.rule_set, k.zone, k.planned_at FROM ${standing} p
      JOIN ${planClocksRows(dialect, plan.places)} k ON k.jurisdiction = p.jurisdiction AND k.time_zone = p.time_zone)`;
    const span = {
      from: Math.min(...instants) - (plan.horizonDays + 1) * dayMs,
      to: Math.max(...instants) + (plan.horizonDays + 1) * dayMs,
      now,
      experimentId: '',
      touch: 0,
    };
    const tables = {
      ...ruleTables(dialect, assume, offsets),
      readings: sql`(${readingsOf(dialect, planned, offsets)})`,
      touches: sql`(${touchesOf(dialect, people, span)})`,
    };
    for (const [rule, kind] of kinds) {
      const clauses = plan.clauses.filter((clause) => clause.rule === rule);
      if (kind.judges === 'history' && clauses.length > 0)
        failing.push(
          sql`SELECT assignment_id AS customer_id FROM (${kind.exclude(dialect, tables, clauses)}) f`,
        );
    }
  }
  return failing.length === 0 ? null : join(failing, ' UNION ');
}

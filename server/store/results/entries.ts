import { addDays } from '#core/contact/time/wall-clock.ts';
import { assignedAsPlanned } from '#core/experiment/monitoring/assigned-as-planned.ts';
import { looksDone } from '#core/experiment/results/plan.ts';
import { sql } from '#core/sql/sql.ts';
import type { Context } from '../../context.ts';
import type { Session } from '../../engine/engine.ts';
import type { DesignRecord } from '../experiments/designs.ts';
import { readDraws } from '../experiments/draws.ts';

/** People planned and entered, by day, and whether assignment kept to the plan. */
export async function readEntries(session: Session, record: DesignRecord, asOf: string) {
  const id = record.id;
  const rows = await session.rows<{ day: string; arm: string; people: number }>(sql`
    SELECT CAST(entered_on AS VARCHAR) AS day, arm, CAST(count(*) AS BIGINT) AS people FROM assignments
    WHERE experiment_id = ${id} AND entered_on IS NOT NULL GROUP BY entered_on, arm ORDER BY entered_on, arm`);
  const draws = await readDraws(session, id);
  const first = draws.slice(0, 1).flatMap(({ waves }) => waves);
  const days = [...new Set(rows.map(({ day }) => day))];
  const peopleOn = (day: string) =>
    rows.filter((row) => row.day === day).reduce((sum, { people }) => sum + people, 0);
  const planned = first.length
    ? first.map(({ entersOn, people }) => ({ entersOn, people }))
    : days.map((day) => ({ entersOn: day, people: peopleOn(day) }));
  const sum = (of: readonly { arm: string; n: number }[]) => {
    const counts = new Map<string, number>();
    for (const { arm, n } of of) counts.set(arm, (counts.get(arm) ?? 0) + n);
    return counts;
  };
  const assigned = sum(rows.map(({ arm, people }) => ({ arm, n: people })));
  const mayArrive =
    record.status === 'running' || record.status === 'paused' || record.status === 'draft'
      ? addDays(record.startsOn ?? asOf, record.design.arrivalDays)
      : '';
  const lastEntry = [
    ...days,
    ...planned.map(({ entersOn }) => entersOn),
    record.design.arrivalDays ? mayArrive : '',
  ]
    .sort()
    .at(-1);
  return {
    schedule: {
      planned: planned.sort((a, b) => (a.entersOn < b.entersOn ? -1 : 1)),
      lastEntry: lastEntry || asOf,
    },
    entered: rows.filter(({ day }) => day <= asOf).map(({ day, arm, people }) => ({ on: day, arm, people })),
    notAsPlanned: draws.length ? assignedAsPlanned(sum(draws.flatMap(({ arms }) => arms)), assigned) : [],
  };
}

/** How many planned looks have had their day by the last known one. */
export async function dueLooks({ engine }: Context, record: DesignRecord, asOf: string): Promise<number> {
  const { schedule } = await readEntries(engine, record, asOf);
  return looksDone(record.design, schedule, asOf).length;
}

import { addDays } from '#core/contact/time/wall-clock.ts';
import type { Lifecycle } from '#core/contract/experiments/lifecycle.ts';
import { changeable } from '#core/experiment/change-plan.ts';
import { spellsOf } from '#core/experiment/spells.ts';
import { sql } from '#core/sql/sql.ts';
import type { Context } from '../../context.ts';
import { workspaceToday } from '../workspace.ts';
import { readDesign } from './designs.ts';
import { readDraws } from './draws.ts';
import { readEvents } from './events.ts';
import { readVersions } from './versions.ts';

/** Where an experiment stands and how it came there. @throws not_found */
export async function describeLifecycle(context: Context, id: string): Promise<Lifecycle> {
  const { engine } = context;
  const record = await readDesign(engine, id);
  const { design, startsOn, status } = record;
  const today = await workspaceToday(context, design.assume?.today);
  const counted = await engine.rows<{
    arm: string;
    assigned: number;
    entered: number;
    last: string | null;
  }>(sql`
    SELECT arm, CAST(count(*) AS BIGINT) AS assigned, CAST(count(*) FILTER (WHERE entered_on <= CAST(${today} AS DATE)) AS BIGINT) AS entered,
      max(entered_on) AS last FROM assignments WHERE experiment_id = ${id} GROUP BY arm ORDER BY arm`);
  const events = await readEvents(engine, id);
  const spells = spellsOf(
    design.arms.map(({ name }) => name),
    startsOn,
    events,
  );
  const last = counted.reduce<string | null>(
    (latest, row) => (row.last !== null && (latest === null || row.last > latest) ? row.last : latest),
    null,
  );
  const arrivals = startsOn && design.arrivalDays > 0 ? addDays(startsOn, design.arrivalDays) : null;
  const over = status === 'stopped' || status === 'ended';
  const until = !over && arrivals !== null && (last === null || arrivals > last) ? arrivals : last;
  return {
    experimentId: id,
    status,
    planVersion: record.planVersion,
    startsOn,
    entersUntil: until,
    endsOn: until === null ? null : addDays(until, design.metric.horizonDays),
    arms: spells.map((arm) => {
      const row = counted.find((one) => one.arm === arm.arm);
      return { ...arm, assigned: row?.assigned ?? 0, entered: row?.entered ?? 0 };
    }),
    events,
    versions: (await readVersions(engine, id)).map(({ design: _, ...version }) => version),
    draws: (await readDraws(engine, id)).map(({ balance: _, acceptedSalts: __, ...draw }) => draw),
    changeable:
      status === 'running' || status === 'paused'
        ? Object.entries(changeable).map(([field, title]) => ({ field, title }))
        : [],
  };
}

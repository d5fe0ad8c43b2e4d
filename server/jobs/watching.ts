import { addDays } from '#core/contact/time/wall-clock.ts';
import type { HarmCount } from '#core/experiment/monitoring/harm/harm-counts.ts';
import { harmCountsSql } from '#core/experiment/monitoring/harm/harm-sql.ts';
import { spellsOf } from '#core/experiment/spells.ts';
import { sql } from '#core/sql/sql.ts';
import { format } from '#core/text/text.ts';
import type { Context } from '../context.ts';
import type { Session } from '../engine/engine.ts';
import { isDayOpen } from '../store/events/days.ts';
import { type DesignRecord, readDesigns } from '../store/experiments/designs.ts';
import { readEvents } from '../store/experiments/events.ts';
import {
  type HarmLine,
  insertHarmCounts,
  insertHarmStop,
  plannedLastEntry,
  readHarm,
  readHarmCounts,
  readHarmStops,
  type WatchedHarm,
  watchedHarms,
} from '../store/experiments/harm.ts';
import { pauseArm } from '../store/experiments/lifecycle.ts';
import { withDueLooks } from '../store/results/due.ts';
import { lastKnownDay } from '../store/results/known.ts';
import { enteredPeople } from '../store/results/units.ts';
import { instant, workspaceToday } from '../store/workspace.ts';

/** Named in the record of what it pauses. */
export const harmWatch = 'harm-watch';

export interface Counted {
  record: DesignRecord;
  counts: { harm: WatchedHarm; counts: HarmCount[] }[];
}

export interface Stopped {
  experimentId: string;
  name: string;
  arm: string;
  metric: string;
  crossedOn: string;
  paused: boolean;
}

/** Experiments in which somebody may be harmed and counted: under way or paused, with a first day. */
export const underWatch = async (session: Session): Promise<DesignRecord[]> =>
  (await readDesigns(session)).filter(
    ({ status, startsOn }) => startsOn !== null && (status === 'running' || status === 'paused'),
  );

/** Last day of which harm may be known: complaints often come before balances and payments do. */
async function lastDayOf(context: Context, record: DesignRecord): Promise<string> {
  const stated = record.design.assume?.today;
  const [known, today] = [await lastKnownDay(context, stated), await workspaceToday(context, stated)];
  const row = await context.engine.first<{ last: string | null }>(
    sql`SELECT CAST(CAST(max(occurred_at) AS DATE) AS VARCHAR) AS last FROM current_complaints WHERE occurred_at < CAST(${addDays(today, 1)} AS DATE)`,
  );
  return row?.last && row.last > known ? row.last : known;
}

/** Counts the days that have not been counted yet, each by what was known at its end; the day on which events still come in, anew. */
export async function countHarm(
  context: Context,
  record: DesignRecord,
  eachDay: () => void,
): Promise<Counted> {
  const { engine } = context;
  const { startsOn, id } = record;
  const asOf = await lastDayOf(context, record);
  const lastEntry = await plannedLastEntry(engine, record);
  const counts: Counted['counts'] = [];
  if (startsOn === null || lastEntry === null) return { record, counts };
  for (const harm of watchedHarms(context, record)) {
    const end = [asOf, addDays(lastEntry, harm.horizonDays)].sort()[0] as string;
    const known = (await readHarmCounts(engine, id, harm)).at(-1)?.day;
    const again = known === end && (await isDayOpen(engine, end));
    const found: HarmCount[] = [];
    for (
      let day = known ? (again ? known : addDays(known, 1)) : startsOn;
      day <= end;
      day = addDays(day, 1)
    ) {
      eachDay();
      const { metric, horizonDays } = harm;
      const people = enteredPeople({ experimentId: id, asOf: day });
      const statement = harmCountsSql(engine.dialect, { people, metric, horizonDays, day });
      const rows = await engine.rows<Omit<HarmCount, 'day'> & Record<string, unknown>>(statement);
      found.push(
        ...rows.map(({ arm, cohort, people: n, events }) => ({
          day,
          cohort: String(cohort),
          arm,
          people: n,
          events,
        })),
      );
    }
    counts.push({ harm, counts: found });
  }
  return { record, counts };
}

const why = {
  es: '{metric}: más casos que en el control de lo que permite el límite de daño ({events} de {n} contra {controlEvents} de {controlN})',
  en: '{metric}: more cases than in control, beyond the limit for harm ({events} of {n} against {controlEvents} of {controlN})',
};

/**
 * Writes down what was counted and, of each boundary crossed for the first time, pauses the arm from tomorrow on and
 * leaves a notice. An arm that is no longer open is only noticed. In the caller's transaction.
 */
export async function publishHarm(
  context: Context,
  session: Session,
  { record, counts }: Counted,
): Promise<Stopped[]> {
  for (const one of counts) await insertHarmCounts(session, record.id, one.harm, one.counts);
  const known = new Set(
    (await readHarmStops(session, record.id)).map(({ line }) => `${line.metric} ${line.arm}`),
  );
  const crossed = (await readHarm(context, session, record)).filter(
    (line) => line.crossed && !known.has(`${line.metric} ${line.arm}`),
  );
  const stopped: Stopped[] = [];
  for (const line of crossed) {
    const paused = await pauseFor(context, session, record, line);
    await insertHarmStop(session, {
      experimentId: record.id,
      line,
      paused,
      noticedAt: instant(context.now()),
    });
    const { arm, metric, checkedOn } = line;
    stopped.push({
      experimentId: record.id,
      name: record.design.name,
      arm,
      metric,
      crossedOn: checkedOn,
      paused,
    });
  }
  return stopped;
}

async function pauseFor(
  context: Context,
  session: Session,
  record: DesignRecord,
  line: HarmLine,
): Promise<boolean> {
  const spells = spellsOf([line.arm], record.startsOn, await readEvents(session, record.id));
  if (spells[0]?.status !== 'open') return false;
  const { language } = context.config;
  const { events, n, controlEvents, controlN } = line;
  const reason = format(why, language, { metric: line.title[language], events, n, controlEvents, controlN });
  await pauseArm(context, session, { experimentId: record.id, arm: line.arm, reason, by: harmWatch });
  return true;
}

/** What new data call for: the watch for harm while somebody is in an experiment, and looks whose day has come. */
export async function watchNewData(context: Context): Promise<{ kind: string; input: unknown }[]> {
  const kinds = [
    ...((await underWatch(context.engine)).length > 0 ? ['watch-harm'] : []),
    ...((await withDueLooks(context)).length > 0 ? ['record-looks'] : []),
  ];
  return kinds.map((kind) => ({ kind, input: {} }));
}

import { addDays } from '#core/contact/wall-clock.ts';
import { histogramSql, readHistograms } from '#core/experiment/evidence/histogram.ts';
import type { EvidenceRow } from '#core/experiment/evidence/moments.ts';
import { assignedAsPlanned } from '#core/experiment/monitoring/assigned-as-planned.ts';
import { judgeGathered } from '#core/experiment/results/assemble.ts';
import type { Gathered, GatheredColumn } from '#core/experiment/results/gathered.ts';
import { lookDays } from '#core/experiment/results/plan.ts';
import { jointSpells, spellsOf } from '#core/experiment/spells.ts';
import { segmentColumns } from '#core/experiment/units/baseline.ts';
import { unitMetric } from '#core/experiment/units/columns.ts';
import { whatDiffers } from '#core/experiment/what-differs.ts';
import { showSql } from '#core/sql/show.ts';
import { raw, sql } from '#core/sql/sql.ts';
import type { Context } from '../../context.ts';
import type { Session } from '../../engine/engine.ts';
import type { DesignRecord } from '../designs.ts';
import { readDraws } from '../experiments/draws.ts';
import { readEvents } from '../experiments/events.ts';
import { readHarm } from '../experiments/harm.ts';
import { readVersions } from '../experiments/versions.ts';
import { scoreSources } from '../facts.ts';
import { armTitles } from './arm-titles.ts';
import { type WantedColumn, wantedColumns } from './columns.ts';
import { readLooks } from './looks.ts';
import { readMoney } from './money.ts';
import { readLeftOut, readStages } from './stages.ts';
import {
  dropUnits,
  makeBaseline,
  makeUnits,
  maturedUnits,
  readCaps,
  readCells,
  type UnitsInput,
  unitTable,
} from './units.ts';

const clearingModel = 'self-cure';

/** People planned and entered, by day, and whether assignment kept to the plan. */
async function readEntries(session: Session, record: DesignRecord, asOf: string) {
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

async function readContaminated(session: Session, id: string): Promise<number> {
  const row = await session.first<{ n: number }>(sql`SELECT CAST(count(*) AS BIGINT) AS n FROM (
    SELECT customer_id FROM assignments WHERE experiment_id = ${id} GROUP BY customer_id HAVING count(DISTINCT arm) > 1) c`);
  return row?.n ?? 0;
}

const describeColumns = (
  context: Context,
  columns: readonly WantedColumn[],
  caps: Awaited<ReturnType<typeof readCaps>>,
  asOf: string,
): GatheredColumn[] =>
  columns.flatMap(({ role, ...column }) => {
    if (role === 'money') return [];
    const capped = caps.get(column.id);
    const statement = column.metric.outcomes(context.engine.dialect, {
      people: raw('SELECT customer_id, entered_on FROM assignments'),
      horizonDays: column.horizonDays,
      asOf,
    });
    return {
      ...column,
      role,
      cap: capped?.cap ?? null,
      cappedShare: capped?.share ?? {},
      sql: showSql(statement),
    };
  });

/** How many planned looks have had their day by the last known one. */
export async function dueLooks({ engine }: Context, record: DesignRecord, asOf: string): Promise<number> {
  const { schedule } = await readEntries(engine, record, asOf);
  return lookDays(record.design, schedule).filter(({ on }) => on <= asOf).length;
}

/** Everything of an experiment that its results are made of, read in the engine on one connection. */
export async function gather(
  context: Context,
  record: DesignRecord,
  given: { asOf: string; dataVersion: string },
): Promise<Gathered> {
  const { engine, registry } = context;
  const { dialect } = engine;
  const { design, id } = record;
  const { asOf } = given;
  const [entries, events, versions] = [
    await readEntries(engine, record, asOf),
    await readEvents(engine, id),
    await readVersions(engine, id),
  ];
  const score =
    (await scoreSources(engine, record.asOf)).find(({ model }) => model === clearingModel) ?? null;
  const input: UnitsInput = { experimentId: id, design, asOf, score };
  const spells = spellsOf(
    design.arms.map(({ name }) => name),
    record.startsOn,
    events,
  );
  const base = {
    experimentId: id,
    name: design.name,
    design,
    asOf,
    dataVersion: given.dataVersion,
    computedAt: context.now().toISOString(),
    startsOn: record.startsOn,
    ...entries,
    spells,
    stopped: record.status === 'stopped',
    contaminated: await readContaminated(engine, id),
    stages: await readStages(engine, { experimentId: id, design, asOf }),
    leftOut: await readLeftOut(engine, registry.rules, {
      experimentId: id,
      asOf,
      arms: design.arms.map(({ name }) => name),
    }),
    harm: await readHarm(context, engine, record),
    recorded: await readLooks(engine, id),
    changes: versions.slice(1).map(({ version, at, by, changes, reason }) => ({
      version,
      at,
      by,
      what: changesInWords(changes, reason),
    })),
    armTitles: armTitles(design, registry.styles),
    differs: whatDiffers(design.arms, () => undefined).sentence,
  };
  return engine.connected(async (session) => {
    try {
      const currencies = await makeBaseline(session, dialect, input);
      const columns = wantedColumns(design, registry.metrics, currencies);
      await makeUnits(session, dialect, input, columns);
      const caps = await readCaps(session, dialect, columns);
      const table = unitTable(columns, caps);
      const first: Gathered = {
        ...base,
        cells: await readCells(session, dialect, table),
        columns: describeColumns(context, columns, caps, asOf),
        histograms: new Map(),
        segments: [],
        money: [],
      };
      const { judgement, primary } = judgeGathered(first);
      const on = judgement.looks.findLast(({ state }) => state === 'done')?.on;
      if (on === undefined) return first;
      const open = spells.map((one) => one.spells).reduce(jointSpells);
      const histograms: Gathered['histograms'] = new Map(
        await Promise.all(
          columns
            .filter(({ metric }) => metric.kind === 'quantile')
            .map(async (column) => {
              const relation = maturedUnits(dialect, {
                horizonDays: column.horizonDays,
                on: judgement.ended ? asOf : on,
                open,
              });
              const statement = histogramSql(dialect, { ...table, relation }, unitMetric(column), 0.5);
              return [column.id, readHistograms(await session.rows<EvidenceRow>(statement))] as const;
            }),
        ),
      );
      const segments: Gathered['segments'][number][] = [];
      for (const column of judgement.ended ? segmentColumns : [])
        segments.push({
          column,
          declared: design.segments.includes(column),
          cells: await readCells(session, dialect, {
            ...table,
            metrics: table.metrics.filter((metric) => metric.id === primary.id),
            covariates: [],
            stratum: column,
          }),
        });
      const money = await readMoney(session, dialect, { design, columns, caps, on, open, salt: id });
      return { ...first, histograms, segments, money };
    } finally {
      await dropUnits(session);
    }
  });
}

const changesInWords = (
  changes: readonly { title: { es: string; en: string }; before: string; after: string }[],
  reason: string,
) => ({
  es: `${changes.map(({ title, before, after }) => `${title.es}: ${before} → ${after}`).join('; ')} (${reason})`,
  en: `${changes.map(({ title, before, after }) => `${title.en}: ${before} → ${after}`).join('; ')} (${reason})`,
});

import type { PackedGathered } from '#core/experiment/results/packed.ts';
import { lookDays, looksDone } from '#core/experiment/results/plan.ts';
import { jointSpells, spellsOf } from '#core/experiment/spells.ts';
import { whatDiffers } from '#core/experiment/what-differs.ts';
import { sql } from '#core/sql/sql.ts';
import type { Context } from '../../context.ts';
import type { Session } from '../../engine/engine.ts';
import type { DesignRecord } from '../experiments/designs.ts';
import { readEvents } from '../experiments/events.ts';
import { readHarm } from '../experiments/harm.ts';
import { readVersions } from '../experiments/versions.ts';
import { scoreSources } from '../portfolio/facts.ts';
import { remembered } from '../remembered.ts';
import { armTitles } from './arm-titles.ts';
import { readEntries } from './entries.ts';
import { readLooks } from './looks.ts';
import { readMoments } from './moments/moments.ts';
import { readLeftOut, readStages } from './stages.ts';

const clearingModel = 'self-cure';

/** What, besides the loaded data, results depend on: people drawn, messages sent and judged, events, looks written down. */
export interface ExperimentState {
  people: number;
  events: number;
  looks: number;
  batches: number;
  exports: number;
}

export interface GatherInput {
  asOf: string;
  dataVersion: string;
  state: ExperimentState;
}

async function readContaminated(session: Session, id: string): Promise<number> {
  const row = await session.first<{ n: number }>(sql`SELECT CAST(count(*) AS BIGINT) AS n FROM (
    SELECT customer_id FROM assignments WHERE experiment_id = ${id} GROUP BY customer_id HAVING count(DISTINCT arm) > 1) c`);
  return row?.n ?? 0;
}

/** People counted at each stage: once for each state of the data and of what was sent. */
const countPeople = (
  { engine, registry }: Context,
  { id, design }: DesignRecord,
  { asOf, state: { people, batches, exports } }: GatherInput,
) =>
  remembered(engine, `stages ${id} ${asOf} ${people} ${batches} ${exports}`, async () => ({
    contaminated: await readContaminated(engine, id),
    stages: await readStages(engine, { experimentId: id, design, asOf }),
    leftOut: await readLeftOut(engine, registry.rules, {
      experimentId: id,
      asOf,
      arms: design.arms.map(({ name }) => name),
    }),
  }));

/**
 * Everything of an experiment that its results are made of. What is counted over people is worked out once for each
 * state of the data, of the people and of the plan: a look written down or a pause that leaves them alike reads it again.
 */
export async function gather(
  context: Context,
  record: DesignRecord,
  given: GatherInput,
): Promise<PackedGathered> {
  const { engine, registry } = context;
  const { design, id, planVersion, planHash, startsOn } = record;
  const { asOf, dataVersion, state } = given;
  const entries = await readEntries(engine, record, asOf);
  const events = await readEvents(engine, id);
  const versions = await readVersions(engine, id);
  const score =
    (await scoreSources(engine, record.asOf)).find(({ model }) => model === clearingModel) ?? null;
  const spells = spellsOf(
    design.arms.map(({ name }) => name),
    startsOn,
    events,
  );
  const stopped = record.status === 'stopped';
  const looks = looksDone(design, entries.schedule, asOf);
  const input = {
    experimentId: id,
    design,
    asOf,
    score,
    lookOn: looks.at(-1)?.on ?? null,
    ended: stopped || looks.length >= lookDays(design, entries.schedule).length,
    open: spells.map((one) => one.spells).reduce(jointSpells),
  };
  const { design: _, ...asked } = input;
  const question = `moments ${JSON.stringify([asked, planVersion, planHash, state.people])}`;
  return {
    experimentId: id,
    name: design.name,
    design,
    asOf,
    dataVersion,
    computedAt: context.now().toISOString(),
    startsOn,
    ...entries,
    spells,
    stopped,
    ...(await countPeople(context, record, given)),
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
    ...(await remembered(engine, question, () => readMoments(context, input))),
  };
}

const changesInWords = (
  changes: readonly { title: { es: string; en: string }; before: string; after: string }[],
  reason: string,
) => ({
  es: `${changes.map(({ title, before, after }) => `${title.es}: ${before} → ${after}`).join('; ')} (${reason})`,
  en: `${changes.map(({ title, before, after }) => `${title.en}: ${before} → ${after}`).join('; ')} (${reason})`,
});

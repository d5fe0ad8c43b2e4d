import { featuresOf, type Vocabulary } from '#core/segment/describe/vocabulary.ts';
import type { FactSources } from '#core/segment/parts.ts';
import type { NamedFamily } from '#core/sql/features.ts';
import { sql } from '#core/sql/sql.ts';
import type { Context } from '../../context.ts';
import type { Session } from '../../engine/engine.ts';
import type { Registry } from '../../registry.ts';
import { missingTables } from '../people/missing.ts';
import { scoreSources } from '../portfolio/facts.ts';
import { remembered } from '../remembered.ts';

/** All families of features. */
export const familiesOf = ({ features }: Registry): NamedFamily[] =>
  [...features].map(([id, family]) => ({ id, family: family as unknown as NamedFamily['family'] }));

/** What facts of a past date can be read from: nothing a model chose then is known. */
export const sourcesThen = (registry: Registry, date: string): FactSources => ({
  families: familiesOf(registry),
  channels: null,
  readOn: date,
});

/** The scoring whose choice of channel counts on a date: the champion's, else the newest of a version not retired. */
async function channelRun(session: Session, asOf: string): Promise<FactSources['channels']> {
  const row = await session.first<{ version_id: string; as_of: string }>(sql`
    SELECT r.version_id, r.as_of FROM channel_runs r JOIN model_versions v ON v.version_id = r.version_id
    LEFT JOIN models m ON m.model = v.model
    WHERE r.as_of <= CAST(${asOf} AS DATE) AND v.state <> 'retired'
    ORDER BY CASE WHEN m.champion = r.version_id THEN 0 ELSE 1 END, r.as_of DESC, r.scored_at DESC, r.version_id LIMIT 1`);
  return row ? { versionId: row.version_id, asOf: row.as_of } : null;
}

/** Balances older than this say nothing about today: days since something are then counted to their date. */
const freshDays = 62;
const dayMs = 86_400_000;

/** The day that days since something are counted to: today where the balances are fresh, else their own date. */
export const readingDay = (asOf: string, today: string): string => {
  const days = (Date.parse(today) - Date.parse(asOf)) / dayMs;
  return days >= 0 && days <= freshDays ? today : asOf;
};

export async function readSources(context: Context, asOf: string, today: string): Promise<FactSources> {
  return {
    families: familiesOf(context.registry),
    channels: await channelRun(context.engine, asOf),
    readOn: readingDay(asOf, today),
  };
}

async function drawnExperiments(session: Session): Promise<Vocabulary['experiments']> {
  const rows = await session.rows<{ experiment_id: string; title: string; arm: string }>(sql`
    SELECT DISTINCT a.experiment_id, d.design ->> '$.name' AS title, a.arm
    FROM assignments a JOIN designs d ON d.experiment_id = a.experiment_id ORDER BY title, a.experiment_id, a.arm`);
  const found = new Map<string, { title: string; arms: string[] }>();
  for (const { experiment_id, title, arm } of rows) {
    const one = found.get(experiment_id) ?? { title, arms: [] };
    one.arms.push(arm);
    found.set(experiment_id, one);
  }
  return found;
}

async function chosenChannels(session: Session, run: FactSources['channels']): Promise<string[]> {
  if (!run) return [];
  const rows = await session.rows<{ channel: string }>(sql`SELECT DISTINCT channel FROM channel_scores
    WHERE version_id = ${run.versionId} AND as_of = CAST(${run.asOf} AS DATE) AND leads ORDER BY channel`);
  return rows.map(({ channel }) => channel);
}

/** What a condition may name here; families whose tables are empty are left out. */
export async function readVocabulary(
  { engine, registry }: Context,
  asOf: string,
  sources: FactSources,
): Promise<Vocabulary> {
  const models = (await scoreSources(engine, asOf)).map(({ model }) => model);
  const needed = [...new Set(sources.families.flatMap(({ family }) => family.needs))];
  const empty = await remembered(engine, 'segment empty tables', () => missingTables(engine, needed));
  const families = sources.families.filter(
    ({ family }) => !family.needs.some((table) => empty.includes(table)),
  );
  return {
    models,
    features: featuresOf(families),
    experiments: await drawnExperiments(engine),
    styles: new Map([...registry.styles].map(([id, style]) => [id, style.text.title])),
    channels: await chosenChannels(engine, sources.channels),
  };
}

import type { Identification } from '#core/contract/models/card.ts';
import { list, sql } from '#core/sql/sql.ts';
import type { Text } from '#core/text/text.ts';
import type { Question } from '#models/question.ts';
import type { Session } from '../../engine/engine.ts';
import type { Registry } from '../../registry.ts';

/** What the answer of a model may be called under an identification. */
export const named = (registry: Registry, model: string, identification: Identification | null): Text => {
  const question = registry.models.get(model) as unknown as Question | undefined;
  if (!question) return { es: model, en: model };
  return (identification && question.titles?.[identification]) || question.text.title;
};

const identified = sql`v.card ->> '$.identification'`;

/** What the answer of each version may be called, by what identified it. */
export async function versionTitles(
  session: Session,
  registry: Registry,
  versionIds: readonly string[],
): Promise<Map<string, Text>> {
  const rows = await session.rows<{
    version_id: string;
    model: string;
    identification: Identification | null;
  }>(
    sql`SELECT v.version_id, v.model, ${identified} AS identification FROM model_versions v WHERE v.version_id IN ${list(versionIds)} ORDER BY v.version_id`,
  );
  return new Map(
    rows.map(({ version_id, model, identification }) => [version_id, named(registry, model, identification)]),
  );
}

/** What each model is called now: as its champion was identified, else its newest version that is not retired. */
export async function modelTitles(session: Session, registry: Registry): Promise<Map<string, Text>> {
  const rows = await session.rows<{ model: string; identification: Identification | null }>(
    sql`SELECT model, identification FROM (SELECT v.model, ${identified} AS identification,
      row_number() OVER (PARTITION BY v.model ORDER BY CASE WHEN m.champion = v.version_id THEN 0 ELSE 1 END, v.created_at DESC, v.version_id) AS place
      FROM model_versions v LEFT JOIN models m ON m.model = v.model WHERE v.state <> 'retired') x WHERE place = 1 ORDER BY model`,
  );
  const found = new Map(rows.map(({ model, identification }) => [model, identification]));
  return new Map(
    [...registry.models.keys()].map((model) => [model, named(registry, model, found.get(model) ?? null)]),
  );
}

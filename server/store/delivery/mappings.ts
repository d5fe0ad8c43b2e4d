import type { TemplateMapping } from '#core/contract/delivery/destinations.ts';
import { sql } from '#core/sql/sql.ts';
import type { Session } from '../../engine/engine.ts';

interface Row {
  template: string;
  language: string;
  mapping: string;
  state: TemplateMapping['state'];
  approved_by: string | null;
  changed_at: string;
  by_principal: string;
}

export async function readMappings(session: Session, destinationId: string): Promise<TemplateMapping[]> {
  const rows =
    await session.rows<Row>(sql`SELECT template, language, mapping, state, approved_by, changed_at, by_principal
    FROM template_mappings WHERE destination_id = ${destinationId} ORDER BY template, language`);
  return rows.map((row) => ({
    template: row.template,
    language: row.language,
    mapping: JSON.parse(row.mapping) as Record<string, unknown>,
    state: row.state,
    approvedBy: row.approved_by,
    changedAt: row.changed_at,
    by: row.by_principal,
  }));
}

export async function writeMapping(
  session: Session,
  destinationId: string,
  given: TemplateMapping,
): Promise<void> {
  await session.run(sql`INSERT OR REPLACE INTO template_mappings VALUES (${destinationId}, ${given.template}, ${given.language},
    ${JSON.stringify(given.mapping)}, ${given.state}, ${given.approvedBy}, ${given.changedAt.replace('Z', '')}, ${given.by})`);
}

/** Keeps the approved names of a destination's texts with a run, so that every try of it sends the same. */
export const keepMappings = (session: Session, exportId: string, destinationId: string): Promise<number> =>
  session.run(sql`INSERT INTO export_mappings SELECT ${exportId}, template, language, mapping FROM template_mappings
    WHERE destination_id = ${destinationId} AND state = 'approved' ORDER BY template, language`);

/** The names kept with a run, by `template language`. */
export async function readKeptMappings(
  session: Session,
  exportId: string,
): Promise<Map<string, Readonly<Record<string, unknown>>>> {
  const rows = await session.rows<Pick<Row, 'template' | 'language' | 'mapping'>>(
    sql`SELECT template, language, mapping FROM export_mappings WHERE export_id = ${exportId} ORDER BY template, language`,
  );
  return new Map(
    rows.map(({ template, language, mapping }) => [
      `${template} ${language}`,
      JSON.parse(mapping) as Record<string, unknown>,
    ]),
  );
}

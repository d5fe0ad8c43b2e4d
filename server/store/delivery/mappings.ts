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

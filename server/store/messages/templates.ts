import type { MessageContent, MessageVersion } from '#core/contract/messages/messages.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import type { Template } from '#core/message/style.ts';
import { sql } from '#core/sql/sql.ts';
import type { Session } from '../../engine/engine.ts';

/** A template of the workspace with its versions, newest first. */
export interface OwnTemplate {
  id: string;
  style: string;
  channel: MessageContent['channel'];
  versions: MessageVersion[];
}

interface VersionRow {
  template_id: string;
  style: string;
  channel: MessageContent['channel'];
  version: number;
  state: MessageVersion['state'];
  content: string;
  hash: string;
  degree: number;
  author: string;
  created_at: string;
  by_principal: string;
}
interface StateRow {
  template_id: string;
  version: number;
  state: string;
  changed_at: string;
  by_principal: string;
  name: string;
  note: string;
}

/** Every template of the workspace, by name. */
export async function readTemplates(session: Session): Promise<OwnTemplate[]> {
  const rows = await session.rows<VersionRow>(sql`
    SELECT t.template_id, t.style, t.channel, v.version, v.state, v.content, v.hash, v.degree, v.author, v.created_at, v.by_principal
    FROM message_templates t JOIN message_versions v ON v.template_id = t.template_id
    ORDER BY t.template_id, v.version DESC`);
  const states = await session.rows<StateRow>(
    sql`SELECT * FROM message_states ORDER BY template_id, version, changed_at, state`,
  );
  const found = new Map<string, OwnTemplate>();
  for (const row of rows) {
    const { template_id: id, style, channel } = row;
    const template = found.get(id) ?? { id, style, channel, versions: [] };
    found.set(id, template);
    template.versions.push({
      version: row.version,
      state: row.state,
      content: JSON.parse(row.content) as MessageContent,
      hash: row.hash,
      degree: row.degree,
      author: row.author,
      createdAt: row.created_at,
      by: row.by_principal,
      history: states
        .filter((one) => one.template_id === id && one.version === row.version)
        .map(({ state, changed_at: at, by_principal: by, name, note }) => ({ state, at, by, name, note })),
    });
  }
  return [...found.values()];
}

/** @throws not_found */
export async function readTemplate(session: Session, style: string, id: string): Promise<OwnTemplate> {
  const found = (await readTemplates(session)).find((one) => one.id === id && one.style === style);
  if (!found) throw new DomainError('not_found', { kind: 'template', id: `${style}/${id}` });
  return found;
}

/** A version as designs and exports use it. */
export const asTemplate = (id: string, { content, version, hash }: MessageVersion): Template => ({
  id,
  channel: content.channel,
  subject: content.subject,
  body: content.body,
  claim: content.claim,
  consequence: content.consequence,
  version,
  hash,
});

export interface Written {
  id: string;
  version: number;
  content: MessageContent;
  hash: string;
  degree: number;
  author: string;
  at: string;
  by: string;
}

export async function insertTemplate(session: Session, { id, content, at, by }: Written): Promise<void> {
  await session.run(
    sql`INSERT INTO message_templates VALUES (${id}, ${content.style}, ${content.channel}, ${at}, ${by})`,
  );
}

export async function insertVersion(session: Session, given: Written): Promise<void> {
  const { id, version, content, hash, degree, author, at, by } = given;
  await session.run(sql`INSERT INTO message_versions VALUES (${id}, ${version}, 'draft', ${JSON.stringify(content)}, ${hash},
    ${degree}, ${author}, ${at}, ${by})`);
}

export interface Decided {
  at: string;
  by: string;
  name: string;
  note: string;
}

export async function moveVersion(
  session: Session,
  id: string,
  version: number,
  state: 'approved' | 'retired',
  { at, by, name, note }: Decided,
): Promise<void> {
  await session.run(
    sql`UPDATE message_versions SET state = ${state} WHERE template_id = ${id} AND version = ${version}`,
  );
  await session.run(
    sql`INSERT INTO message_states VALUES (${id}, ${version}, ${state}, ${at}, ${by}, ${name}, ${note})`,
  );
}

import type { Message, MessageContent } from '#core/contract/messages/messages.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import type { MessageStyle } from '#core/message/style.ts';
import { personalisation } from '#core/message/text/placeholder.ts';
import type { Context } from '../../context.ts';
import { writeAudit } from '../../store/audit.ts';
import { readCosts } from '../../store/messages/statements.ts';
import { shippedStyles } from '../../store/messages/styles.ts';
import {
  insertTemplate,
  insertVersion,
  moveVersion,
  type OwnTemplate,
  readTemplate,
  readTemplates,
} from '../../store/messages/templates.ts';
import { instant } from '../../store/workspace.ts';
import { backOf, claimKind, consequenceKind } from './back.ts';
import { describeOwn, hashOf, versionInUse } from './describe.ts';
import { requireWhole, wholeText } from './judge.ts';

/** @throws unknown_style */
export function styleNamed(context: Context, id: string): MessageStyle {
  const styles = shippedStyles(context);
  const found = styles.get(id);
  if (!found) throw new DomainError('unknown_style', { style: id, known: [...styles.keys()].join(', ') });
  return found;
}

/** @throws unknown_style, unknown_claim, unknown_consequence, and what `requireWhole` throws */
export function requireSound(context: Context, id: string, content: MessageContent): void {
  styleNamed(context, content.style);
  if (content.claim) claimKind(context, content.claim.kind);
  if (content.consequence) consequenceKind(context, content.consequence);
  requireWhole(id, content);
}

const everybody = { people: null, country: null };

/** A template as the workspace holds it now. @throws not_found */
export async function readOwn(
  context: Context,
  style: string,
  id: string,
  version?: number,
): Promise<Message> {
  const template = await readTemplate(context.engine, style, id);
  const shown = version ? template.versions.find((one) => one.version === version) : versionInUse(template);
  if (!shown) throw new DomainError('not_found', { kind: 'version', id: `${id} ${version}` });
  const back = await backOf(context, everybody);
  return describeOwn(back, styleNamed(context, style), template, shown, await readCosts(context.engine));
}

/** A person and the principal they act as. */
export interface Acting {
  by: string;
  name: string;
}

const isShipped = (context: Context, id: string): boolean =>
  [...shippedStyles(context).values()].some(({ templates }) => templates.some((one) => one.id === id));

/**
 * Writes version 1 of a new template, as a draft.
 *
 * @throws template_taken, template_shipped and what a text that is not whole raises
 */
export async function createTemplate(
  context: Context,
  id: string,
  content: MessageContent,
  { by, name }: Acting,
): Promise<Message> {
  requireSound(context, id, content);
  if (isShipped(context, id)) throw new DomainError('template_shipped', { template: id });
  const at = instant(context.now());
  await context.engine.transaction(async (session) => {
    if ((await readTemplates(session)).some((one) => one.id === id))
      throw new DomainError('template_taken', { template: id });
    const written = {
      id,
      version: 1,
      content,
      hash: hashOf(content),
      degree: degreeOf(content),
      author: name,
      at,
      by,
    };
    await insertTemplate(session, written);
    await insertVersion(session, written);
    const details = { style: content.style, version: 1, hash: written.hash, author: name };
    await writeAudit(session, { at, by, action: 'message.written', subject: id, details });
  });
  return readOwn(context, content.style, id);
}

const degreeOf = (content: MessageContent): number => personalisation(wholeText(content));

/** Writes the next version, as a draft; drafts before it are retired. @throws not_found, template_moved */
export async function reviseTemplate(
  context: Context,
  style: string,
  id: string,
  given: Omit<MessageContent, 'style'>,
  { by, name }: Acting,
): Promise<Message> {
  const content = { ...given, style };
  requireSound(context, id, content);
  if (isShipped(context, id)) throw new DomainError('template_shipped', { template: id });
  const at = instant(context.now());
  const version = await context.engine.transaction(async (session) => {
    const template = await readTemplate(session, style, id);
    if (template.channel !== content.channel)
      throw new DomainError('template_moved', {
        template: id,
        channel: template.channel,
        asked: content.channel,
      });
    const next = Math.max(...template.versions.map((one) => one.version)) + 1;
    const decided = { at, by, name, note: `v${next}` };
    for (const draft of template.versions.filter(({ state }) => state === 'draft'))
      await moveVersion(session, id, draft.version, 'retired', decided);
    const hash = hashOf(content);
    await insertVersion(session, {
      id,
      version: next,
      content,
      hash,
      degree: degreeOf(content),
      author: name,
      at,
      by,
    });
    const details = { style, version: next, hash, author: name };
    await writeAudit(session, { at, by, action: 'message.written', subject: id, details });
    return next;
  });
  return readOwn(context, style, id, version);
}

const sameName = (a: string, b: string): boolean => plainName(a) === plainName(b);
const plainName = (name: string): string =>
  name.normalize('NFD').replaceAll(/\p{M}/gu, '').trim().replaceAll(/\s+/gu, ' ').toLowerCase();

/** Nobody approves what they wrote: by name, and by principal where several people have their own. */
function requireOther(
  template: OwnTemplate,
  version: OwnTemplate['versions'][number],
  { by, name }: Acting,
): void {
  const shared = by === 'owner';
  if (sameName(version.author, name) || (!shared && version.by === by))
    throw new DomainError('template_by_author', { name, template: template.id });
}

/**
 * Approves a draft by name; the version approved before is retired.
 *
 * @throws not_found, template_state, template_by_author, template_blocked with the first reason
 */
export async function approveTemplate(
  context: Context,
  style: string,
  id: string,
  asked: { version: number; note: string },
  acting: Acting,
): Promise<Message> {
  const template = await readTemplate(context.engine, style, id);
  const version = template.versions.find((one) => one.version === asked.version);
  if (!version) throw new DomainError('not_found', { kind: 'version', id: `${id} ${asked.version}` });
  if (version.state !== 'draft')
    throw new DomainError('template_state', { template: id, version: version.version, state: version.state });
  requireOther(template, version, acting);
  const judged = await readOwn(context, style, id, asked.version);
  const failing = judged.reasons.find(({ code }) => code !== 'not_approved');
  if (failing) {
    const { es, en } = failing.text;
    throw new DomainError('template_blocked', { template: id, reason_es: es, reason_en: en });
  }
  const at = instant(context.now());
  await context.engine.transaction(async (session) => {
    const now = await readTemplate(session, style, id);
    const decided = { at, by: acting.by, name: acting.name, note: asked.note };
    const still = now.versions.find((one) => one.version === asked.version);
    if (still?.state !== 'draft')
      throw new DomainError('template_state', { template: id, version: asked.version, state: still?.state });
    for (const one of now.versions.filter(({ state }) => state === 'approved'))
      await moveVersion(session, id, one.version, 'retired', { ...decided, note: `v${asked.version}` });
    await moveVersion(session, id, asked.version, 'approved', decided);
    const details = { style, version: asked.version, hash: version.hash, name: acting.name };
    await writeAudit(session, { at, by: acting.by, action: 'message.approved', subject: id, details });
  });
  return readOwn(context, style, id, asked.version);
}

/** Takes the approved version, or else the newest draft, out of use. @throws not_found, template_state */
export async function retireTemplate(
  context: Context,
  style: string,
  id: string,
  note: string,
  { by, name }: Acting,
): Promise<Message> {
  const at = instant(context.now());
  const version = await context.engine.transaction(async (session) => {
    const used = versionInUse(await readTemplate(session, style, id));
    if (used.state === 'retired')
      throw new DomainError('template_state', { template: id, version: used.version, state: used.state });
    await moveVersion(session, id, used.version, 'retired', { at, by, name, note });
    const details = { style, version: used.version, hash: used.hash, name };
    await writeAudit(session, { at, by, action: 'message.retired', subject: id, details });
    return used.version;
  });
  return readOwn(context, style, id, version);
}

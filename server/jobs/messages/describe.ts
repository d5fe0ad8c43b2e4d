import type {
  ChannelCost,
  Message,
  MessageStyleAnswer,
  MessageVersion,
} from '#core/contract/messages/messages.ts';
import { hashPlan } from '#core/experiment/plan.ts';
import { reasonOf } from '#core/message/reasons.ts';
import type { MessageStyle, Template } from '#core/message/style.ts';
import type { OwnTemplate } from '../../store/messages/templates.ts';
import type { Back } from './back.ts';
import { judgeText } from './judge.ts';

export const describeStyle = (id: string, style: MessageStyle): MessageStyleAnswer => ({
  id,
  title: style.text.title,
  summary: style.text.summary,
  claims: style.claims,
  evidence: [...style.evidence],
  avoid: [...style.avoid],
  needs: style.needs,
});

export const hashOf = ({ channel, subject, body, claim, consequence }: Omit<Template, 'id'>): string =>
  hashPlan({ channel, subject: subject ?? {}, body, claim, consequence });

const bindingOf = ({ claim, consequence }: Template): Message['binding'] => ({
  claim: claim ? { ...claim } : null,
  consequence,
});

/** A template as it is shipped. */
export async function describeShipped(
  back: Back,
  styleId: string,
  style: MessageStyle,
  template: Template,
  costs: readonly ChannelCost[],
): Promise<Message> {
  return {
    ...(await judgeText(back, style, template, costs)),
    style: styleId,
    id: template.id,
    channel: template.channel,
    owner: 'shipped',
    state: 'shipped',
    version: null,
    hash: hashOf(template),
    author: null,
    approval: null,
    binding: bindingOf(template),
  };
}

/** The version that counts: the approved one, else the newest. */
export const versionInUse = ({ versions }: OwnTemplate): MessageVersion =>
  versions.find(({ state }) => state === 'approved') ?? (versions[0] as MessageVersion);

/** A version of a template that the workspace owns. */
export async function describeOwn(
  back: Back,
  style: Pick<MessageStyle, 'needs'>,
  template: OwnTemplate,
  { version, state, content, hash, author, history }: MessageVersion,
  costs: readonly ChannelCost[],
): Promise<Message> {
  const judged = await judgeText(back, style, content, costs);
  const approved = history.find((one) => one.state === 'approved');
  const reasons = [
    ...(state === 'draft' ? [reasonOf('not_approved')] : []),
    ...(state === 'retired' ? [reasonOf('retired')] : []),
    ...judged.reasons,
  ];
  return {
    ...judged,
    reasons,
    status: reasons.length ? 'blocked' : 'usable',
    style: template.style,
    id: template.id,
    channel: template.channel,
    owner: 'workspace',
    state,
    version,
    hash,
    author,
    approval: approved ? { name: approved.name, note: approved.note, at: approved.at } : null,
    binding: bindingOf({ id: template.id, ...content }),
  };
}

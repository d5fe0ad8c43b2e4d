import type { Message, MessageContent } from '#core/contract/messages/messages.ts';

export type Channel = MessageContent['channel'];

/** A text while it is written. */
export interface MessageDraft {
  id: string;
  author: string;
  style: string;
  channel: Channel;
  subject: { es: string; en: string };
  body: { es: string; en: string };
  claim: string;
  country: string;
  product: string;
  validUntil: string;
  consequence: string;
}

export const emptyDraft = (): MessageDraft => ({
  id: '',
  author: '',
  style: 'neutral',
  channel: 'sms',
  subject: { es: '', en: '' },
  body: { es: '', en: '' },
  claim: '',
  country: '',
  product: '',
  validUntil: '',
  consequence: '',
});

const spoken = (message: Message, part: 'subject' | 'body') => {
  const of = (language: 'es' | 'en') =>
    message.texts.find((text) => text.language === language)?.[part] ?? '';
  return { es: of('es'), en: of('en') };
};

/** What is written starts from: the workspace's own under its name, one that is shipped under a name to be chosen. */
export const draftFrom = (message: Message): MessageDraft => ({
  ...emptyDraft(),
  id: message.owner === 'workspace' ? message.id : '',
  style: message.style,
  channel: message.channel,
  subject: spoken(message, 'subject'),
  body: spoken(message, 'body'),
  claim: message.binding.claim?.kind ?? '',
  country: message.binding.claim?.scope?.country ?? '',
  product: message.binding.claim?.scope?.product ?? '',
  validUntil: message.binding.claim?.validUntil ?? '',
  consequence: message.binding.consequence ?? '',
});

const filled = ({ es, en }: MessageDraft['body']) => ({
  ...(es.trim() && { es: es.trim() }),
  ...(en.trim() && { en: en.trim() }),
});

/** As the server takes it; null while nothing is written. */
export function contentOf(draft: MessageDraft): MessageContent | null {
  const body = filled(draft.body);
  if (!Object.keys(body).length) return null;
  const scope = {
    ...(draft.country && { country: draft.country }),
    ...(draft.product && { product: draft.product }),
  };
  return {
    style: draft.style,
    channel: draft.channel,
    subject: hasSubject(draft.channel) ? filled(draft.subject) : {},
    body,
    claim: draft.claim
      ? {
          kind: draft.claim,
          ...(Object.keys(scope).length && { scope }),
          ...(draft.validUntil && { validUntil: draft.validUntil }),
        }
      : null,
    consequence: draft.consequence || null,
  };
}

export const hasSubject = (channel: Channel): boolean => channel === 'email' || channel === 'letter';

import type { Channel } from '../../portfolio/tables/people.ts';
import type { Locale } from '../../text/text.ts';
import type { Template } from '../style.ts';
import { fillWithExamples } from './placeholder.ts';
import { smsLength } from './sms.ts';

/** House setting: SMS that one message may be charged as. */
const mostSms = 6;
/** Characters of the body of a WhatsApp template (Meta, message templates). */
const mostWhatsapp = 1024;
/** Characters of a subject: a line of a message header (RFC 5322, 2.1.1). */
const mostSubject = 998;

export interface Overlong {
  of: 'sms' | 'characters' | 'subject';
  length: number;
  most: number;
  language: Locale;
}

const overBody = (text: string, channel: Channel): Pick<Overlong, 'of' | 'length' | 'most'> | null => {
  const filled = fillWithExamples(text);
  if (channel === 'sms') {
    const { segments } = smsLength(filled);
    return segments > mostSms ? { of: 'sms', length: segments, most: mostSms } : null;
  }
  const { length } = [...filled];
  return channel === 'whatsapp' && length > mostWhatsapp
    ? { of: 'characters', length, most: mostWhatsapp }
    : null;
};

/** The first language in which a text, as long as a person would get it, is longer than its channel takes; null: none is. */
export function overlong({
  channel,
  subject,
  body,
}: Pick<Template, 'channel' | 'subject' | 'body'>): Overlong | null {
  for (const language of ['es', 'en'] as const) {
    const found = overBody(body[language] ?? '', channel);
    if (found) return { ...found, language };
    const length = [...fillWithExamples(subject?.[language] ?? '')].length;
    if (length > mostSubject) return { of: 'subject', length, most: mostSubject, language };
  }
  return null;
}

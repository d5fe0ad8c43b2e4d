import type { MessageClaim } from '#core/contract/messages/messages.ts';
import type { Touch } from '#core/experiment/define.ts';
import type { Claim } from '#core/message/claim.ts';
import { statedShares, writtenShare } from '#core/message/numbers.ts';
import { type MessageStyle, type Template, templateOf } from '#core/message/style.ts';
import { writeTemplate } from '#core/message/text/arm-text.ts';
import { locales, type Text } from '#core/text/text.ts';
import type { Back } from '../messages/back.ts';
import { hashOf } from '../messages/describe.ts';
import { judgeText } from '../messages/judge.ts';

/** One text of a touch in one language, as it would leave. */
export interface TouchText {
  template: string;
  version: number | null;
  hash: string;
  language: string;
  text: string;
  claim: MessageClaim | null;
}

export interface TouchTexts {
  texts: TouchText[];
  /** Templates that may not be sent to these people, each with its first reason. */
  refused: { template: string; reason: Text; claim: Claim | null }[];
}

const written = ({ body }: Template): number | null =>
  writtenShare(locales.flatMap((language) => statedShares(body[language] ?? '', language)));

/**
 * The texts of one touch, of every template it names, for the people addressed: with the figures put in that hold for
 * them, and with what may not be said to them.
 */
export async function textsFor(
  back: Back,
  styles: ReadonlyMap<string, MessageStyle>,
  touch: Pick<Touch, 'style' | 'templates'>,
): Promise<TouchTexts> {
  const style = styles.get(touch.style);
  const made: TouchTexts = { texts: [], refused: [] };
  if (!style) return made;
  for (const id of touch.templates) {
    const template = templateOf(style, id);
    if (!template) continue;
    const claim = template.claim ? await back.claim(template.claim, written(template)) : null;
    const { reasons } = await judgeText(back, style, template);
    const [first] = reasons;
    if (first) made.refused.push({ template: id, reason: first.text, claim: claim?.judged ?? null });
    made.texts.push(
      ...writeTemplate(template, claim?.judged ?? null).map((text) => ({
        template: id,
        version: template.version ?? null,
        hash: template.hash ?? hashOf(template),
        ...text,
        claim: claim?.shown ?? null,
      })),
    );
  }
  return made;
}

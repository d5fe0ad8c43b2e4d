import type { Message } from '#core/contract/messages/messages.ts';
import type { Words } from '#core/message/style.ts';
import type { Channel } from '#core/portfolio/tables/people.ts';
import { styles } from './abilities.ts';
import type { TextsOf } from './draft.ts';

export interface ArmTextChoice {
  id: string;
  body: Words;
}

/** Texts that an arm may use, by style and channel. */
export interface Texts {
  of(style: string, channel: Channel): readonly ArmTextChoice[];
  ids: TextsOf;
  /** Characters of one of them in one language. */
  length(style: string, channel: Channel, id: string): number | undefined;
}

/** The texts that styles are shipped with. */
export const shippedTexts: Texts = textsFrom((style, channel) =>
  (styles.get(style)?.templates ?? []).filter((one) => one.channel === channel),
);

/**
 * The texts that may be sent: shipped ones that hold in this portfolio and approved ones of the workspace. Where a style
 * has none in a channel, those that are blocked, so that their reason is told.
 */
export const usableTexts = (messages: readonly Message[]): Texts =>
  textsFrom((style, channel) => {
    const own = messages.filter(
      (one) =>
        one.style === style &&
        one.channel === channel &&
        (one.owner === 'shipped' || one.state === 'approved'),
    );
    const usable = own.filter(({ status }) => status === 'usable');
    return (usable.length ? usable : own).map(({ id, texts }) => ({
      id,
      body: Object.fromEntries(texts.map((text) => [text.language, text.body])),
    }));
  });

export function textsFrom(of: Texts['of']): Texts {
  return {
    of,
    ids: (style, channel) => of(style, channel).map(({ id }) => id),
    length(style, channel, id) {
      const body = of(style, channel).find((one) => one.id === id)?.body;
      return (body?.es ?? body?.en)?.length;
    },
  };
}

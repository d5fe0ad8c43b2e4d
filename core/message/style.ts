import type { Channel } from '../portfolio/tables/people.ts';
import type { Text } from '../text/text.ts';

/** One message of a style: what a person reads in one channel, in each language. */
export interface Template {
  /** Unique within its style. */
  id: string;
  channel: Channel;
  /** Email only. */
  subject?: Text;
  body: Text;
}

/**
 * A way of asking. One file of `styles/` is one style; its id is its file name, and its templates live in it.
 */
export interface MessageStyle {
  text: { title: Text; summary: Text };
  /** What the style counts on. */
  claims: Text;
  /** What is known about it, each with where it comes from in one line. */
  evidence: readonly { finding: Text; source: string }[];
  /** Where it must not be used. */
  avoid: readonly Text[];
  /** A number in its texts that must be true in the portfolio before it can be sent. */
  claim: 'customers_up_to_date' | null;
  /** A consequence its texts name, which must be lawful and really happen. */
  consequence: Text | null;
  templates: readonly Template[];
}

export const templateOf = (style: MessageStyle, id: string): Template | undefined =>
  style.templates.find((template) => template.id === id);

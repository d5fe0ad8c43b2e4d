import type { Channel } from '../portfolio/tables/people.ts';
import type { Locale, Text } from '../text/text.ts';
import type { GroupColumn } from './claim.ts';

/** Words in one language or both. */
export type Words = Readonly<Partial<Record<Locale, string>>>;

/** The saved query behind a number in a text. */
export interface TemplateClaim {
  /** A kind of `claims/`. */
  kind: string;
  windowDays?: number | undefined;
  /** Only people of one product, bucket or country. Left out: each group of those addressed, judged apart. */
  scope?: Partial<Record<GroupColumn, string | null>> | undefined;
  /** Last day on which it may be said; left out: 90 days after the balances it was counted on. */
  validUntil?: string | null | undefined;
}

/** One message of a style: what a person reads in one channel. */
export interface Template {
  /** Unique within its style. */
  id: string;
  channel: Channel;
  /** Email and letter only. */
  subject?: Words | undefined;
  body: Words;
  claim: TemplateClaim | null;
  /** A kind of `consequences/`, where the text says what not paying costs. */
  consequence: string | null;
  /** Of a template that the workspace owns. */
  version?: number;
  hash?: string;
}

/** A finding of others, with what it does not show. */
export interface Evidence {
  finding: Text;
  /** Authors, year, where it was published: enough to find it. */
  source: string;
  /** Where the finding stops, or who found otherwise. */
  limit: Text;
}

/**
 * A way of asking. One file of `styles/` is one style; its id is its file name, and the templates shipped live in it.
 */
export interface MessageStyle {
  text: { title: Text; summary: Text };
  /** What the style counts on. */
  claims: Text;
  evidence: readonly Evidence[];
  /** Where it must not be used. */
  avoid: readonly Text[];
  /** What every text of the style must be bound to before it can be sent. */
  needs: 'claim' | 'consequence' | null;
  templates: readonly Template[];
}

export const templateOf = (style: MessageStyle, id: string): Template | undefined =>
  style.templates.find((template) => template.id === id);

import type { Text } from '../text/text.ts';
import type { RuleStatus } from './rule.ts';

export const normKinds = [
  'window',
  'cap',
  'consent',
  'third-parties',
  'content',
  'sub-rule',
  'overlay',
  'exception',
  'conflict',
  'requirement',
  'retention',
  'penalty',
  'implication',
] as const;
export type NormKind = (typeof normKinds)[number];

/**
 * A statement of law or guidance that no rule here decides by itself: it is shown with its source beside the rules of its
 * jurisdiction. Limits on channels this product does not have (visits, the workplace) stand here with their numbers.
 */
export interface Norm {
  kind: NormKind;
  /** Unique within its rule set: content.false_misleading. */
  code: string;
  text: Text;
  source: string;
  status: RuleStatus;
  hours?: Readonly<Record<string, readonly (readonly [string, string])[]>>;
  cap?: { max: number; period: 'day' | 'week' | 'month' };
}

export const norm = (
  kind: NormKind,
  code: string,
  status: RuleStatus,
  source: string,
  es: string,
  en: string,
): Norm => ({ kind, code: code ? `${kind}.${code}` : kind, text: { es, en }, source, status });

import { bases, type channels, flagKinds } from '../portfolio/tables/people.ts';
import type { RuleStatus } from './rule.ts';
import type { RuleUse } from './rule-set.ts';

type Channel = (typeof channels)[number];
type Basis = (typeof bases)[number];
type Window = [opens: string, closes: string];

export const everyChannel: Channel[] = ['sms', 'email', 'whatsapp', 'call', 'letter'];
export const anyBasis: Basis[] = [...bases];
const house = 'Ensayo';

/** What the house asks everywhere, whatever the law: respect for opt-outs, for flags and for dead addresses. */
export const protections: RuleUse[] = [
  { rule: 'opt-out', parameters: {}, status: 'house', source: house },
  { rule: 'flag-block', parameters: { kinds: [...flagKinds] }, status: 'house', source: house },
  { rule: 'valid-address', parameters: {}, status: 'house', source: house },
];

/** Our own limits where the law sets a standard but no number. */
export const restraint: RuleUse[] = [
  {
    rule: 'frequency-cap',
    parameters: { channels: everyChannel, max: 1, period: 'day', counts: 'attempt' },
    status: 'house',
    source: house,
  },
  {
    rule: 'frequency-cap',
    parameters: { channels: everyChannel, max: 3, period: 'rolling', days: 7, counts: 'attempt' },
    status: 'house',
    source: house,
  },
];

/** Whom the law or guidance allows to be addressed at all. */
export const thirdParties = (status: RuleStatus, source: string): RuleUse => ({
  rule: 'account-party',
  parameters: {},
  status,
  source,
});

export const permission = (
  status: RuleStatus,
  source: string,
  given: Partial<Record<Channel, Basis[]>> = {},
): RuleUse => ({
  rule: 'permission',
  parameters: {
    suffices: Object.fromEntries(everyChannel.map((channel) => [channel, given[channel] ?? anyBasis])),
  },
  status,
  source,
});

/** The same window from Monday to Friday, and what holds on Saturday and Sunday. */
export const week = (weekday: Window, saturday: Window | null, sunday: Window | null = null) => ({
  mon: [weekday],
  tue: [weekday],
  wed: [weekday],
  thu: [weekday],
  fri: [weekday],
  sat: saturday ? [saturday] : [],
  sun: sunday ? [sunday] : [],
});

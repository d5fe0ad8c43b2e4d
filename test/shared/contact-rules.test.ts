import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Norm } from '#core/contact/norm.ts';
import type { RuleSet, RuleUse } from '#core/contact/rule-set.ts';
import { type Channel, channels } from '#core/portfolio/tables/people.ts';
import { discover } from '#server/registry.ts';
import { hasShared, shared } from '../support/shared.ts';

type Hours = Record<string, [string, string][]>;
interface Entry {
  id: string;
  jurisdiction: string;
  contact_windows: { channels: string[]; hours: Hours; holidays: string; kind: string; status: string }[];
  frequency_caps: {
    channels: string[];
    max?: number | null;
    max_distinct_channels?: number;
    cooldown_after?: string;
    days?: number;
    min_gap_days?: number;
    period?: { n: number; unit: 'day' | 'week' | 'month'; type: string } | null;
    counts?: string;
    status: string;
  }[];
  consent: Record<string, unknown>;
  third_parties?: { rule: string; status: string };
  [member: string]: unknown;
}

const { jurisdictions } = hasShared
  ? (JSON.parse(readFileSync(shared('reference/contact-rules.json'), 'utf8')) as { jurisdictions: Entry[] })
  : { jurisdictions: [] };
const sets = [...(await discover<RuleSet>('core/contact/jurisdictions')).values()];

const named: Record<string, Channel> = {
  phone_call: 'call',
  sms: 'sms',
  email: 'email',
  whatsapp: 'whatsapp',
  letter: 'letter',
};
const ours = (given: readonly string[]): Channel[] =>
  given.includes('*') ? [...channels] : given.flatMap((name) => (named[name] ? [named[name]] : []));
const elsewhere = (given: readonly string[]) => given.filter((name) => name !== '*' && !named[name]);

const usesOf = <P>(set: RuleSet, rule: string) =>
  set.uses.filter((use) => use.rule === rule) as (RuleUse & { parameters: P })[];

describe.skipIf(!hasShared).each(jurisdictions.map((entry) => [entry.id, entry] as const))(
  '%s',
  (_id, entry) => {
    const set = sets.find(({ jurisdiction }) => jurisdiction === entry.jurisdiction) as RuleSet;
    const norm = (code: string): Norm | undefined => set.norms?.find((one) => one.code === code);

    it('has its set', () => {
      expect(set).toBeDefined();
      expect(set.id.split('-')[0]).toBe(entry.id.split('-')[0]);
    });

    it.each(entry.contact_windows.map((window, i) => [i, window] as const))('window %i', (_i, window) => {
      const law = window.kind.startsWith('legal') || window.kind === 'guidance';
      for (const channel of ours(window.channels)) {
        const found = usesOf<{ channels: Channel[]; hours: Hours }>(set, 'contact-hours').filter(
          ({ parameters }) => parameters.channels.includes(channel),
        );
        expect(found.map(({ parameters }) => parameters.hours)).toEqual([window.hours]);
        if (law) expect(found[0]?.status).toBe(window.status);
        else expect(found[0]?.status).not.toBe('primary');
      }
      // Visits follow no rule here: nobody is visited. Where they have hours of their own, those stand with their numbers.
      const own = elsewhere(window.channels);
      if (own.length === window.channels.length)
        for (const channel of own) {
          const stated = norm(`window.${channel}`);
          expect([stated?.hours, stated?.status]).toEqual([window.hours, window.status]);
        }
      const kept = /no contact|avoid/.test(window.holidays);
      expect([set.calendar?.blocks, usesOf(set, 'holiday').length]).toEqual([kept, kept ? 1 : 0]);
      expect(set.calendar?.days.filter(({ date }) => date.startsWith('2026')).length).toBeGreaterThanOrEqual(
        7,
      );
    });

    it.each(entry.frequency_caps.map((cap, i) => [i, cap] as const))('cap %i', (_i, cap) => {
      const wanted = ours(cap.channels);
      if (cap.cooldown_after) {
        const found = usesOf(set, 'cooldown').find(({ status }) => status === cap.status);
        expect(found?.parameters).toEqual({ channels: wanted, after: 'conversation', days: cap.days });
      } else if (cap.max_distinct_channels) {
        expect(usesOf(set, 'one-channel-per-week').map(({ status }) => status)).toEqual([cap.status]);
      } else if (typeof cap.max !== 'number') {
        expect(norm('cap.none')?.status).toBe(cap.status);
        expect(usesOf<{ max: number }>(set, 'frequency-cap').some(({ status }) => status === 'house')).toBe(
          true,
        );
      } else if (wanted.length === 0) {
        expect(norm('cap.visit')).toMatchObject({
          status: cap.status,
          cap: { max: cap.max, period: cap.period?.unit },
        });
      } else {
        const rolling = cap.period?.type.startsWith('rolling');
        const length = { day: 1, week: 7, month: 31 }[cap.period?.unit ?? 'day'] * (cap.period?.n ?? 1);
        const found = usesOf<Record<string, unknown> & { channels: Channel[] }>(set, 'frequency-cap').find(
          ({ parameters, status }) =>
            status === cap.status &&
            parameters.max === cap.max &&
            wanted.every((channel) => parameters.channels.includes(channel)) &&
            (rolling ? parameters.days === length : parameters.period === cap.period?.unit),
        );
        expect(found?.parameters.counts).toBe(cap.counts?.startsWith('attempt') ? 'attempt' : 'contact');
        if (cap.min_gap_days)
          expect(usesOf<{ days: number }>(set, 'cooldown').map(({ parameters }) => parameters.days)).toEqual([
            cap.min_gap_days,
          ]);
      }
    });

    it('keeps third parties out with the status given', () => {
      if (!entry.third_parties) return expect(set.overlay).toBe(true);
      expect(usesOf(set, 'account-party').map(({ status }) => status)).toEqual([entry.third_parties.status]);
      expect(norm('third-parties')?.status).toBe(entry.third_parties.status);
    });

    it('says of consent what is said, each with its status', () => {
      const { status } = entry.consent;
      expect(norm('consent')?.status ?? set.uses.find(({ rule }) => rule === 'permission')?.status).toBe(
        status,
      );
      for (const [member, value] of Object.entries(entry.consent)) {
        if (['required', 'status', 'source'].includes(member) || value === 'n/a') continue;
        expect([member, norm(`consent.${member}`)]).toEqual([member, expect.anything()]);
      }
    });

    it('holds every other statement, by its code', () => {
      const list = (member: string) => (entry[member] ?? []) as { code?: string; status?: string }[];
      const wanted: [string, string | undefined][] = [
        ...list('prohibited_content').map((one): [string, string | undefined] => [
          `content.${one.code}`,
          one.status,
        ]),
        ...list('rules').map((one): [string, string | undefined] => [`requirement.${one.code}`, one.status]),
        ...list('product_requirements').map((_, i): [string, undefined] => [
          `requirement.${i + 1}`,
          undefined,
        ]),
        ...list('sub_rules').map((_, i): [string, string] => [
          `sub-rule.${i + 1}`,
          String(entry.sub_rules_status),
        ]),
        ...list('overlays').map((_, i): [string, undefined] => [`overlay.${i + 1}`, undefined]),
        ...list('exceptions').map((_, i): [string, undefined] => [`exception.${i + 1}`, undefined]),
        ...(['loss_aversion', 'social_proof', 'experiment'] as const).flatMap((one): [string, undefined][] =>
          `${one}_implication` in entry ? [[`implication.${one}`, undefined]] : [],
        ),
        ...('penalties' in entry ? ([['penalty', undefined]] as [string, undefined][]) : []),
        ...('extra' in entry ? ([['penalty.extra', undefined]] as [string, undefined][]) : []),
        ...('conflict' in entry || entry.contact_windows.some((window) => 'conflict' in window)
          ? ([['conflict', undefined]] as [string, undefined][])
          : []),
      ];
      for (const [code, status] of wanted)
        expect([code, norm(code)?.status]).toEqual([code, status ?? expect.any(String)]);
      const retention = entry.data_retention as { years: number; status: string } | undefined;
      if (retention) {
        expect(norm('retention')?.status).toBe(retention.status);
        expect(norm('retention')?.text.es).toContain(`${retention.years} años`);
      }
    });
  },
);

it.skipIf(!hasShared)('covers the eleven', () => {
  expect(jurisdictions).toHaveLength(11);
});

import { describe, expect, it } from 'vitest';
import type { Facts, RuleKind } from '#core/contact/rule.ts';
import { numberClauses, type RuleSet } from '#core/contact/rule-set.ts';
import { nextAllowed } from '#core/contact/time/next-allowed.ts';
import { zoneOffsets } from '#core/contact/time/zone-offsets.ts';
import { discover } from '#server/registry.ts';

const kinds = await discover<RuleKind>('core/contact/rules');
const sets = await discover<RuleSet>('core/contact/jurisdictions');
const set = sets.get('co-2300') as RuleSet;
const clauses = numberClauses([[set]], kinds, 1);
const from = Date.parse('2026-03-01T15:00:00Z');
const facts = (more: Partial<Facts> = {}): Facts => ({
  permissions: [{ channel: 'sms', basis: 'consent', grantedAt: 0, revokedAt: null }],
  points: [{ channel: 'sms', valid: true }],
  flags: [],
  touches: [],
  addressable: true,
  daysPastDue: null,
  offsets: zoneOffsets('America/Bogota', from - 40 * 86_400_000, from + 80 * 86_400_000),
  ...more,
});
const next = (at: string, more: Partial<Facts> = {}, days = 31, by = clauses) => {
  const found = nextAllowed({
    spot: { ruleSet: 'CO-2300', channel: 'sms', zones: ['America/Bogota'] },
    facts: facts(more),
    clauses: by,
    kinds,
    from: Date.parse(at),
    days,
  });
  return found && [new Date(found.from).toISOString(), new Date(found.to).toISOString()];
};

describe('the next window in Bogotá', () => {
  it('is the one open now, until it closes', () => {
    expect(next('2026-03-02T15:07:30Z')).toEqual(['2026-03-02T15:07:30.000Z', '2026-03-03T00:00:00.000Z']);
  });

  it('from a Sunday is Monday at seven', () => {
    expect(next('2026-03-01T15:00:00Z')).toEqual(['2026-03-02T12:00:00.000Z', '2026-03-03T00:00:00.000Z']);
  });

  it('passes over a holiday that is moved to Monday', () => {
    expect(next('2026-03-22T15:00:00Z')?.[0]).toBe('2026-03-24T12:00:00.000Z');
  });

  it('after a contact waits for the next week, when the law lets one be made', () => {
    const touches = [
      {
        channel: 'sms' as const,
        happenedAt: Date.parse('2026-03-02T15:00:00Z'),
        reached: true,
        conversation: false,
      },
    ];
    expect(next('2026-03-02T16:00:00Z', { touches })?.[0]).toBe('2026-03-09T12:00:00.000Z');
  });

  it('opens when a flag ends', () => {
    const flags = [{ kind: 'dispute', startedOn: '2026-02-01', endedOn: '2026-03-04' }];
    expect(next('2026-03-02T16:00:00Z', { flags })?.[0]).toBe('2026-03-05T12:00:00.000Z');
  });

  it('opens and closes to the minute, however short it is', () => {
    const within = (opens: string, closes: string) => {
      const day = [[opens, closes]];
      const hours = { mon: day, tue: day, wed: day, thu: day, fri: day, sat: day, sun: day };
      const use = { rule: 'contact-hours', parameters: { channels: ['sms'], hours } };
      const house = { ...set, uses: [...set.uses, { ...use, status: 'house' as const, source: 'house' }] };
      return next('2026-03-01T15:00:00Z', {}, 31, numberClauses([[house]], kinds, 1));
    };
    expect(within('09:05', '12:10')).toEqual(['2026-03-02T14:05:00.000Z', '2026-03-02T17:10:00.000Z']);
    expect(within('12:01', '12:14')).toEqual(['2026-03-02T17:01:00.000Z', '2026-03-02T17:14:00.000Z']);
    expect(within('18:59', '23:00')).toEqual(['2026-03-02T23:59:00.000Z', '2026-03-03T00:00:00.000Z']);
  });

  it('is none without a permission', () => {
    expect(next('2026-03-02T16:00:00Z', { permissions: [] })).toBeNull();
  });

  it('is judged within a moment, also when none opens', () => {
    const began = performance.now();
    for (let i = 0; i < 5; i++) next('2026-03-02T16:00:00Z', { permissions: [] });
    expect(performance.now() - began).toBeLessThan(2_000);
  });
});

import { describe, expect, it } from 'vitest';
import { zoneOfAreaCode } from '#core/contact/area-codes.ts';
import { composeSets } from '#core/contact/house/compose.ts';
import { phoneMark, zonesOf } from '#core/contact/place.ts';
import type { Facts, Reading, RuleKind } from '#core/contact/rule.ts';
import { keyOf, numberClauses, type RuleSet, ruleSetsFor } from '#core/contact/rule-set.ts';
import { dateMs, dayMs } from '#core/contact/time/wall-clock.ts';
import { instantsOf, localOf, zoneOffsets } from '#core/contact/time/zone-offsets.ts';
import type { Channel } from '#core/portfolio/tables/people.ts';
import { discover } from '#server/registry.ts';

const kinds = await discover<RuleKind>('core/contact/rules');
const sets = composeSets([...(await discover<RuleSet>('core/contact/jurisdictions')).values()], []);

interface Walk {
  place: string;
  zone?: string;
  date: string;
  time: string;
  /** Whose clock the time is on; default: the first zone of the person. */
  on?: string;
  channel?: Channel;
  facts?: Partial<Facts>;
}

/** The rules that hold a message back, each once, in the stated order; empty when it may leave. */
function heldBy({ place, zone = '', date, time, on, channel = 'sms', facts = {} }: Walk): string[] {
  const group = ruleSetsFor(sets, place, date, false);
  const { zones } = zonesOf(sets, { jurisdiction: place, timeZone: zone }, null);
  if (!group.length) return ['jurisdiction'];
  if (!zones.length) return ['time-zone'];
  const clock = on ?? (zones[0] as string);
  const base = dateMs(date);
  const offsets = [...new Set([...zones, clock])].flatMap((one) =>
    zoneOffsets(one, base - 70 * dayMs, base + 70 * dayMs),
  );
  const permission = { channel, basis: 'consent', grantedAt: 0, revokedAt: null };
  const known: Facts = {
    addressable: true,
    daysPastDue: 40,
    permissions: [permission],
    points: [{ channel, valid: true }],
    flags: [],
    touches: [],
    offsets,
    ...facts,
  };
  const readings = instantsOf(offsets, clock, date, time).flatMap((plannedAt) =>
    zones.map(
      (one): Reading => ({
        assignmentId: 'a',
        customerId: 'c',
        channel,
        ruleSet: keyOf(group),
        zone: one,
        plannedAt,
        localAt: localOf(offsets, one, plannedAt) ?? Number.NaN,
      }),
    ),
  );
  const failed = numberClauses([group], kinds, 1)
    .filter(({ rule, parameters }) =>
      readings.some((reading) => kinds.get(rule)?.excludes(reading, known, parameters)),
    )
    .map(({ rule }) => rule);
  return [...new Set(failed)];
}

const touch = (at: string, channel: Channel, conversation = false) => ({
  channel,
  happenedAt: Date.parse(at),
  reached: true,
  conversation,
});

describe('Colombia, Law 2300', () => {
  const co = (date: string, time: string, more: Partial<Walk> = {}) =>
    heldBy({ place: 'CO', date, time, ...more });
  it.each([
    ['a Sunday at 8 in Bogotá', '2026-03-08', '08:00', ['contact-hours']],
    ['a Saturday at 7.59', '2026-03-07', '07:59', ['contact-hours']],
    ['a Saturday at 8', '2026-03-07', '08:00', []],
    ['a Saturday at 14.59', '2026-03-07', '14:59', []],
    ['a Saturday at 15.00', '2026-03-07', '15:00', ['contact-hours']],
    ['a Tuesday at 6.59', '2026-03-10', '06:59', ['contact-hours']],
    ['a Tuesday at 7', '2026-03-10', '07:00', []],
    ['a Tuesday at 18.59', '2026-03-10', '18:59', []],
    ['a Tuesday at 19', '2026-03-10', '19:00', ['contact-hours']],
    ['Saint Joseph, moved to Monday 23 March', '2026-03-23', '10:00', ['holiday']],
    ['19 March itself, a Thursday', '2026-03-19', '10:00', []],
    ['Maundy Thursday', '2026-04-02', '10:00', ['holiday']],
  ])('%s', (_, date, time, held) => {
    expect(co(date, time)).toEqual(held);
  });
  it('a second channel in the week, a second contact in the day, and none of it the week after', () => {
    const facts = { touches: [touch('2026-03-09T15:00:00Z', 'email')] };
    expect(co('2026-03-11', '10:00', { facts })).toEqual(['frequency-cap', 'one-channel-per-week']);
    expect(co('2026-03-16', '10:00', { facts })).toEqual([]);
  });
  it('only by consent, only the holder or a contactable party, never after an opt-out', () => {
    const basis = (one: string, revokedAt: number | null = null) => ({
      permissions: [{ channel: 'sms' as const, basis: one, grantedAt: 0, revokedAt }],
    });
    expect(co('2026-03-10', '10:00', { facts: basis('contract') })).toEqual(['permission']);
    expect(co('2026-03-10', '10:00', { facts: { addressable: false } })).toEqual(['account-party']);
    expect(co('2026-03-10', '10:00', { facts: basis('consent', 1) })).toEqual(['opt-out']);
  });
});

describe('Mexico, CONDUSEF', () => {
  const mx = (date: string, time: string, zone = 'America/Mexico_City') =>
    heldBy({ place: 'MX', zone, date, time });
  it.each([
    ['a Wednesday at 21.59', '2026-03-11', '21:59', []],
    ['a Wednesday at 22.00', '2026-03-11', '22:00', ['contact-hours']],
    ['a Wednesday at 7', '2026-03-11', '07:00', []],
    ['a Saturday at noon', '2026-03-14', '12:00', ['contact-hours']],
    ['Benito Juárez, third Monday of March', '2026-03-16', '12:00', ['holiday']],
  ])('%s', (_, date, time, held) => {
    expect(mx(date, time)).toEqual(held);
  });
  it('without a zone must be lawful on every clock of the country; with its region, on that one', () => {
    const at = { date: '2026-03-11', time: '21:30', on: 'America/Mexico_City' };
    expect(heldBy({ place: 'MX', ...at })).toEqual(['contact-hours']);
    expect(heldBy({ place: 'MX-JAL', ...at })).toEqual([]);
    expect(heldBy({ place: 'MX-ROO', ...at })).toEqual(['contact-hours']);
  });
});

describe('Spain and the Canary Islands', () => {
  it.each([
    ['Madrid at 9', 'ES-MD', '09:00', []],
    ['Madrid at 20.59', 'ES-MD', '20:59', []],
    ['Madrid at 21', 'ES-MD', '21:00', ['contact-hours']],
    ['the Canaries when it is 9 in Madrid and 8 there', 'ES-CN', '09:00', ['contact-hours']],
    ['the Canaries when it is 10 in Madrid', 'ES-CN', '10:00', []],
    ['the Canaries when it is 21.30 in Madrid', 'ES-CN', '21:30', []],
    ['a Spaniard of no known region at 9.30 in Madrid', 'ES', '09:30', ['contact-hours']],
  ])('%s', (_, place, time, held) => {
    expect(heldBy({ place, date: '2026-03-11', time, on: 'Europe/Madrid' })).toEqual(held);
  });
  it('keeps the day of each community, and the European overlay beside its own rules', () => {
    expect(heldBy({ place: 'ES-CN', date: '2025-05-30', time: '12:00' })).toEqual(['holiday']);
    expect(heldBy({ place: 'ES-MD', date: '2025-05-30', time: '12:00' })).toEqual([]);
    expect(keyOf(ruleSetsFor(sets, 'ES-CN', '2026-03-11', false))).toBe('ES-LCD@CN+EU-GDPR22');
    expect(ruleSetsFor(sets, 'FR', '2026-03-11', false)).toEqual([]);
  });
});

describe('United States, Regulation F', () => {
  it.each([
    ['New York at 8', 'US-NY', '', '08:00', 'America/New_York', []],
    ['New York at 20.59', 'US-NY', '', '20:59', 'America/New_York', []],
    ['New York at 21', 'US-NY', '', '21:00', 'America/New_York', ['contact-hours']],
    ['California when it is 10 in New York', 'US-CA', '', '10:00', 'America/New_York', ['contact-hours']],
    [
      'New York with a Californian telephone, at 10',
      'US-NY',
      `${phoneMark}America/Los_Angeles`,
      '10:00',
      'America/New_York',
      ['contact-hours'],
    ],
    [
      'New York with a Californian telephone, at 11',
      'US-NY',
      `${phoneMark}America/Los_Angeles`,
      '11:00',
      'America/New_York',
      [],
    ],
    [
      'New York with a Californian telephone, at 21',
      'US-NY',
      `${phoneMark}America/Los_Angeles`,
      '21:00',
      'America/New_York',
      ['contact-hours'],
    ],
  ])('%s', (_, place, zone, time, on, held) => {
    expect(heldBy({ place, zone, date: '2026-03-11', time, on })).toEqual(held);
  });
  it('may write on a federal holiday and on a Sunday', () => {
    expect(heldBy({ place: 'US-NY', date: '2026-07-04', time: '10:00' })).toEqual([]);
    expect(heldBy({ place: 'US-NY', date: '2026-03-15', time: '10:00' })).toEqual([]);
  });
  it('waits seven days after talking, and calls at most seven times in seven days', () => {
    const call = (facts: Partial<Facts>, date = '2026-03-17') =>
      heldBy({ place: 'US-NY', date, time: '10:00', channel: 'call', facts });
    const talked = { touches: [touch('2026-03-10T15:00:00Z', 'call', true)] };
    expect(call(talked, '2026-03-16')).toContain('cooldown');
    expect(call(talked, '2026-03-17')).toEqual([]);
    const seven = Array.from({ length: 7 }, (_, i) => touch(`2026-03-${11 + (i % 6)}T1${i}:00:00Z`, 'call'));
    expect(call({ touches: seven })).toContain('frequency-cap');
  });
});

describe('clocks that change', () => {
  it('a local 2.30 that does not exist moves forward; one that occurs twice must be lawful both times', () => {
    const offsets = zoneOffsets('Europe/Madrid', dateMs('2026-03-01'), dateMs('2026-11-30'));
    expect(instantsOf(offsets, 'Europe/Madrid', '2026-03-29', '02:30')).toEqual([
      Date.parse('2026-03-29T01:30:00Z'),
    ]);
    expect(instantsOf(offsets, 'Europe/Madrid', '2026-10-25', '02:30')).toEqual([
      Date.parse('2026-10-25T00:30:00Z'),
      Date.parse('2026-10-25T01:30:00Z'),
    ]);
  });
  it('of two zones written for one person both must allow; an unknown place blocks', () => {
    const zone = 'America/Bogota, Europe/Madrid';
    expect(zonesOf(sets, { jurisdiction: 'CO', timeZone: zone }, null)).toEqual({
      zones: ['America/Bogota', 'Europe/Madrid'],
      source: 'intersection',
    });
    expect(heldBy({ place: 'CO', zone, date: '2026-03-10', time: '10:00' })).toEqual([]);
    expect(heldBy({ place: 'CO', zone, date: '2026-03-10', time: '14:00' })).toEqual(['contact-hours']);
    expect(heldBy({ place: 'XX', date: '2026-03-10', time: '10:00' })).toEqual(['jurisdiction']);
  });
});

it('reads a zone out of an area code, where it tells one', () => {
  expect(['212', '312', '303', '602', '415', '907', '808'].map(zoneOfAreaCode)).toEqual([
    'America/New_York',
    'America/Chicago',
    'America/Denver',
    'America/Phoenix',
    'America/Los_Angeles',
    'America/Anchorage',
    'Pacific/Honolulu',
  ]);
  expect(['850', '208', '800', '57'].map(zoneOfAreaCode)).toEqual([null, null, null, null]);
});

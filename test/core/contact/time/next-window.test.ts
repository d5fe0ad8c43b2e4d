import { describe, expect, it } from 'vitest';
import { clauseOf, planBatch, type Whereabouts } from '#core/contact/plan.ts';
import type { RuleKind } from '#core/contact/rule.ts';
import type { RuleSet } from '#core/contact/rule-set.ts';
import type { Assumptions } from '#core/experiment/define.ts';
import { discover } from '#server/registry.ts';

const kinds = await discover<RuleKind>('core/contact/rules');
const sets = [...(await discover<RuleSet>('core/contact/jurisdictions')).values()];
const at = (jurisdiction: string, timeZone = '', channel: Whereabouts['channel'] = 'sms'): Whereabouts => ({
  jurisdiction,
  timeZone,
  channel,
});
const plan = (
  places: Whereabouts[],
  given: { from?: string; sendOn?: string; time?: string; assume?: Assumptions } = {},
) =>
  planBatch({
    places,
    sets,
    kinds,
    assume: given.assume ?? null,
    sendOn: given.sendOn ?? null,
    from: given.from ?? '2026-03-03',
    time: given.time ?? '10:00',
  });
const iso = (ms: number | undefined) => new Date(ms ?? 0).toISOString().slice(0, 16);

describe('the day of a send', () => {
  it.each([
    ['a weekday stays', [at('CO')], '2026-03-03', '10:00', '2026-03-03'],
    ['Sunday waits for Monday in Colombia', [at('CO')], '2026-03-08', '10:00', '2026-03-09'],
    ['Saturday afternoon waits too', [at('CO')], '2026-03-07', '16:00', '2026-03-09'],
    ['Saturday morning is lawful in Colombia', [at('CO')], '2026-03-07', '10:00', '2026-03-07'],
    ['but not in Mexico', [at('CO'), at('MX-CMX')], '2026-03-07', '10:00', '2026-03-09'],
    ['a Monday holiday waits for Tuesday', [at('CO')], '2026-11-01', '10:00', '2026-11-03'],
    ['Holy Thursday to Easter in Peru', [at('PE')], '2026-04-02', '10:00', '2026-04-06'],
    ['a Sunday is lawful in the United States', [at('US-NY')], '2026-03-08', '10:00', '2026-03-08'],
    ['an hour no place allows waits for nobody', [at('CO')], '2026-03-03', '23:00', '2026-03-03'],
    [
      'one place that never allows it is not waited for',
      [at('CO'), at('US-NY')],
      '2026-03-08',
      '20:00',
      '2026-03-08',
    ],
  ])('%s', (_, places, from, time, expected) => {
    expect(plan(places, { from, time }).sendOn).toBe(expected);
  });

  it('takes the day asked for, lawful or not', () => {
    expect(plan([at('CO')], { sendOn: '2026-03-08' }).sendOn).toBe('2026-03-08');
  });
});

describe('a place', () => {
  it.each([
    ['explicit zone', at('MX', 'America/Tijuana'), {}, 'explicit', ['America/Tijuana']],
    ['region', at('MX-BCN'), {}, 'region', ['America/Tijuana']],
    ['country of one zone', at('CO'), {}, 'country', ['America/Bogota']],
    ['region unknown in a country of one zone', at('CO-DC'), {}, 'country', ['America/Bogota']],
    ['zone nobody knows', at('CO', 'Bogotá'), {}, 'country', ['America/Bogota']],
    ['two islands of Spain', at('ES'), {}, 'intersection', ['Europe/Madrid', 'Atlantic/Canary']],
    ['stated for a gap', at('ES'), { timeZone: 'Europe/Madrid' }, 'assumed', ['Europe/Madrid']],
    ['never over what is known', at('CO'), { timeZone: 'Asia/Taipei' }, 'country', ['America/Bogota']],
    [
      'house rules with a stated zone',
      at('TW'),
      { timeZone: 'Asia/Taipei', ruleSet: 'house' },
      'assumed',
      ['Asia/Taipei'],
    ],
  ])('%s', (_, place, assume, source, zones) => {
    const [found] = plan([place], { assume: { statedBy: 'test', ...assume } as Assumptions }).places;
    expect([found?.zoneSource, found?.zones, found?.blockedBy]).toEqual([source, zones, null]);
  });

  it.each([
    ['unknown country', at('XX')],
    ['no country', at('')],
    ['house rules not accepted', at('TW', 'Asia/Taipei')],
    ['before the law was in force', at('CO'), '2023-10-09'],
  ])('%s blocks', (_, place, sendOn?: string) => {
    expect(plan([place], sendOn ? { sendOn } : {}).places[0]?.blockedBy).toBe(clauseOf('jurisdiction'));
  });

  it('house rules without any zone block on the clock', () => {
    const found = plan([at('TW')], { assume: { statedBy: 'test', ruleSet: 'house' } });
    expect(found.places[0]?.blockedBy).toBe(clauseOf('time-zone'));
  });

  it('closes with the window of the strictest clock', () => {
    const [spain] = plan([at('ES')], { sendOn: '2026-03-03' }).places;
    // 10:00 in Madrid is 09:00 in the Canaries: both open; Madrid closes first, at 21:00.
    expect([iso(spain?.instants[0]), iso(spain?.sendBefore), spain?.zone]).toEqual([
      '2026-03-03T09:00',
      '2026-03-03T20:00',
      'Europe/Madrid',
    ]);
    const [early] = plan([at('ES')], { sendOn: '2026-03-03', time: '09:00' }).places;
    // 09:00 in Madrid would be 08:00 in the Canaries: the later clock is meant.
    expect([iso(early?.instants[0]), early?.zone]).toEqual(['2026-03-03T09:00', 'Atlantic/Canary']);
  });

  it('reads a time that occurs twice at both instants', () => {
    const [found] = plan([at('ES', 'Europe/Madrid')], { sendOn: '2026-10-25', time: '02:30' }).places;
    expect(found?.instants.map(iso)).toEqual(['2026-10-25T00:30', '2026-10-25T01:30']);
  });
});

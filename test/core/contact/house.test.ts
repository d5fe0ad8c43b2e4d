import { expect, it } from 'vitest';
import type { RuleChange } from '#core/contact/house/changes.ts';
import { policyVersions } from '#core/contact/house/changes.ts';
import { composeSets } from '#core/contact/house/compose.ts';
import { effectOf } from '#core/contact/house/effect.ts';
import { policySchema, policyUses } from '#core/contact/house/policy.ts';
import { planInstant } from '#core/contact/plan-instant.ts';
import type { RuleKind } from '#core/contact/rule.ts';
import { keyOf, type RuleSet, ruleSetsFor, versionOf } from '#core/contact/rule-set.ts';
import { discover } from '#server/registry.ts';

const kinds = await discover<RuleKind>('core/contact/rules');
const sets = [...(await discover<RuleSet>('core/contact/jurisdictions')).values()];
const of = (id: string) => sets.find((set) => set.id === id) as RuleSet;
const made = { id: 'x', at: '2026-01-01', by: 'owner', name: 'Ana', why: 'porque sí' };
const policy = (given: object) => policySchema.parse(given);
const change = (
  effectiveFrom: string,
  effectiveTo: string | null = null,
  given: object = {},
): RuleChange => ({
  ...made,
  kind: 'policy',
  policy: policy(given),
  effectiveFrom,
  effectiveTo,
});

const cap = (max: number, period: string, days?: number) => ({
  caps: [{ channels: ['sms'], max, period, counts: 'attempt', ...(days ? { days } : {}) }],
});
const hours = (opens: string, closes: string) => {
  const day = [[opens, closes]];
  return {
    hours: [
      { channels: ['sms'], hours: { mon: day, tue: day, wed: day, thu: day, fri: day, sat: day, sun: day } },
    ],
  };
};

it.each([
  ['two a day is looser than one a day', cap(2, 'day'), 'CO-2300', 'none'],
  ['one in seven days is stricter than one a week', cap(1, 'rolling', 7), 'CO-2300', 'tightens'],
  ['three a day where there is no cap below it', cap(3, 'day'), 'US-REGF', 'none'],
  ['two in thirty days', cap(2, 'rolling', 30), 'AU-RG96', 'tightens'],
  ['every hour of every day opens nothing', hours('00:00', '24:00'), 'MX-CONDUSEF', 'none'],
  ['from eight is later than from seven', hours('08:00', '24:00'), 'MX-CONDUSEF', 'tightens'],
  [
    'any basis where consent is asked for',
    { permission: { sms: ['consent', 'contract'] } },
    'CO-2300',
    'none',
  ],
  ['consent where any basis does', { permission: { sms: ['consent'] } }, 'ES-LCD', 'tightens'],
  ['one channel a week where the law says so', { oneChannelAWeek: true }, 'CO-2300', 'none'],
  ['one channel a week where it does not', { oneChannelAWeek: true }, 'MX-CONDUSEF', 'tightens'],
])('%s', (_, given, id, effect) => {
  const [use] = policyUses(policy(given));
  expect(effectOf(use!, [of(id)])).toBe(effect);
});

it('a version without end takes over from those before it; one with an end is set between, and they hold again after it', () => {
  const spans = (...changes: RuleChange[]) =>
    policyVersions(changes).map((one) => [
      one.effectiveFrom,
      one.effectiveTo,
      one.spans.map(({ from, to }) => `${from} ${to}`),
    ]);
  expect(spans(change('2026-01-01'), change('2026-03-01', '2026-03-31'), change('2026-02-01'))).toEqual([
    ['2026-01-01', '2026-01-31', ['2026-01-01 2026-01-31']],
    ['2026-03-01', '2026-02-28', []],
    ['2026-02-01', null, ['2026-02-01 null']],
  ]);
  expect(spans(change('2026-01-01'), change('2026-12-01', '2026-12-31'))).toEqual([
    ['2026-01-01', null, ['2026-01-01 2026-11-30', '2027-01-01 null']],
    ['2026-12-01', '2026-12-31', ['2026-12-01 2026-12-31']],
  ]);
  const composed = composeSets(sets, [change('2026-01-01'), change('2026-12-01', '2026-12-31')]);
  const governing = (date: string) => versionOf(ruleSetsFor(composed, 'CO', date, false));
  expect(['2026-11-30', '2026-12-01', '2027-01-01'].map(governing)).toEqual(['1+1', '1+2', '1+1']);
});

it('at one instant each place is judged by the rules of the date it has there', () => {
  const composed = composeSets(sets, [change('2026-01-01'), change('2026-04-01', null, cap(1, 'day'))]);
  const place = (jurisdiction: string, timeZone: string) => ({
    jurisdiction,
    timeZone,
    channel: 'sms' as const,
  });
  const places = [
    place('CO', 'America/Bogota'),
    place('AU', 'Australia/Sydney'),
    place('AU', 'Australia/Perth'),
  ];
  const ground = { places, sets: composed, kinds, assume: null };
  const versions = (at: string) => {
    const plan = planInstant(ground, Date.parse(at));
    return plan.places.map(({ version, ruleSet }) => [
      version,
      plan.clauses.filter((one) => one.ruleSet === ruleSet && one.setId === 'POLICY').length,
    ]);
  };
  expect(versions('2026-04-01T01:00:00Z')).toEqual([
    ['1+1', 0],
    ['1+2', 1],
    ['1+2', 1],
  ]);
  expect(versions('2026-03-31T14:00:00Z')).toEqual([
    ['1+1', 0],
    ['1+2', 1],
    ['1+1', 0],
  ]);
});

it('keeps holidays where the law does not, and names each version in what governs', () => {
  const composed = composeSets(sets, [change('2026-01-01', null, { holidays: true })]);
  const us = ruleSetsFor(composed, 'US-NY', '2026-07-04', false);
  expect([keyOf(us), versionOf(us)]).toEqual(['POLICY@US+US-REGF', '1+1']);
  expect(us.flatMap(({ uses }) => uses).some(({ rule }) => rule === 'holiday')).toBe(true);
  expect(ruleSetsFor(composed, 'US-NY', '2025-07-04', false).map(({ id }) => id)).toEqual(['US-REGF']);
  expect(ruleSetsFor(composed, 'XX', '2026-07-04', false)).toEqual([]);
});

it.each([
  ['US: Thanksgiving', 'US-REGF', '2026-11-26'],
  ['US: 4 July 2026, a Saturday, kept on Friday', 'US-REGF', '2026-07-03'],
  ['US: last Monday of May', 'US-REGF', '2026-05-25'],
  ['GB: 26 December 2026, a Saturday, kept on Monday', 'UK-CONC7', '2026-12-28'],
  ['GB: spring bank holiday', 'UK-CONC7', '2026-05-25'],
  ['AU: 26 January 2025, a Sunday, kept on Monday', 'AU-RG96', '2025-01-27'],
  ['ES: Epiphany', 'ES-LCD', '2026-01-06'],
  ['MX: third Monday of November', 'MX-CONDUSEF', '2026-11-16'],
])('%s', (_, id, date) => {
  expect(of(id).calendar?.days.map((day) => day.date)).toContain(date);
});

import { it } from 'vitest';
import * as check from '#core/contact/check.ts';
import { messagesOf, neutralised } from '#core/contact/messages.ts';
import { planPeople } from '#core/contact/plan-people.ts';
import type { RuleKind } from '#core/contact/rule.ts';
import { numberClauses, type RuleSet } from '#core/contact/rule-set.ts';
import { dueTouches } from '#core/experiment/cadence/due.ts';
import { arm } from '#core/experiment/define.ts';
import { duckdb } from '#core/sql/dialects/duckdb.ts';
import { raw, sql } from '#core/sql/sql.ts';
import { discover } from '#server/registry.ts';
import { expectGolden } from '../../support/golden.ts';

const kinds = await discover<RuleKind>('core/contact/rules');
const sets = await discover<RuleSet>('core/contact/jurisdictions');
const colombia = { ...(sets.get('co-2300') as RuleSet) };
colombia.uses = colombia.uses.map((use) =>
  use.rule === 'holiday'
    ? { ...use, parameters: { first: '2026-01-01', last: '2026-12-31', dates: ['2026-01-01', '2026-12-25'] } }
    : use,
);
const chile = sets.get('cl-21320') as RuleSet;
const clauses = numberClauses(
  [[colombia], [{ ...chile, uses: chile.uses.filter((use) => use.rule === 'cooldown') }]],
  kinds,
  3,
);
const assume = {
  jurisdiction: 'TW',
  timeZone: 'Asia/Taipei',
  permission: { channel: 'sms' as const, basis: 'contract' as const },
  validAddress: true,
  ruleSet: 'house' as const,
  statedBy: 'test',
};
const arms = [
  arm.parse({
    name: 'neutral',
    weight: 1,
    touches: [{ style: 'neutral', channel: 'sms', templates: ['sms'] }],
  }),
];
const offsets = raw('zone_offsets');

it.each([...kinds])('the statement of %s', (rule, kind) =>
  expectGolden(
    check.ruleFailures(
      duckdb,
      kind,
      clauses.filter((clause) => clause.rule === rule),
      check.ruleTables(duckdb, null, offsets),
    ),
    `contact/rule-${rule}`,
  ),
);

it.each([
  [
    'people',
    planPeople(dueTouches(duckdb, { experimentId: 'exp', arms }, { touch: 1, by: '2026-03-03' }), assume),
  ],
  ['readings', check.planReadings(duckdb, offsets)],
  [
    'touches',
    check.planTouches(duckdb, {
      from: Date.UTC(2026, 0, 1),
      to: Date.UTC(2026, 3, 1),
      now: '2026-03-02T00:00:00',
      experimentId: 'exp',
      touch: 1,
    }),
  ],
  ['permissions-assumed', check.ruleTables(duckdb, assume, offsets).permissions],
  ['exclusions', check.insertExclusions(duckdb, { batchId: 'b', experimentId: 'exp', touch: 1 }, clauses)],
  ['checks', check.insertChecks({ batchId: 'b', experimentId: 'exp', touch: 1 })],
])('the statement of %s', (name, statement) => expectGolden(statement, `contact/${name}`));

it('the statement of the messages', () => {
  const messages = messagesOf(duckdb, {
    batchId: 'b',
    destination: 'file',
    experimentName: "L'essai",
    planHash: 'plan',
    segmentId: 'seg',
    asOf: '2026-02-28',
    arms,
    texts: [{ arm: 'neutral', language: 'es', text: 'Debe {{importe}} ({{dias_mora}}), {{nombre}}' }],
    withAddress: true,
  });
  return expectGolden(
    neutralised([{ name: 'customer_id', type: 'text' }], sql`(${messages})`),
    'contact/messages',
  );
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ruleFailures, ruleTables } from '#core/contact/check.ts';
import { policySchema, policySets } from '#core/contact/house/policy.ts';
import type { Facts, Reading, RuleKind } from '#core/contact/rule.ts';
import { numberClauses, type RuleSet } from '#core/contact/rule-set.ts';
import { tableNames } from '#core/portfolio/tables.ts';
import { duckdb } from '#core/sql/dialects/duckdb.ts';
import { raw } from '#core/sql/sql.ts';
import { discover } from '#server/registry.ts';
import { openTestWorkspace, type TestWorkspace } from '../support/workspace.ts';

const kinds = await discover<RuleKind>('core/contact/rules');
const house = policySets(
  {
    version: 1,
    policy: policySchema.parse({ byPerson: { overDays: 60, channels: ['call'] } }),
    effectiveFrom: '2026-01-01',
    effectiveTo: null,
  },
  [],
);
const sets = [...(await discover<RuleSet>('core/contact/jurisdictions')).values(), ...house];
const clauses = numberClauses(
  sets.map((set) => [set]),
  kinds,
  1,
);

it('finds rule kinds', () => {
  expect(kinds.size).toBeGreaterThanOrEqual(9);
  expect(new Set([...kinds.values()].map((kind) => kind.order)).size).toBe(kinds.size);
});

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await openTestWorkspace();
});
afterAll(() => workspace.close());

describe.each([...kinds])('rule %s', (id, kind) => {
  const own = clauses.filter((clause) => clause.rule === id);

  it('has a name, a title and a summary in both languages', () => {
    for (const text of [kind.text.name, kind.text.title, kind.text.summary])
      for (const words of [text.es, text.en]) expect(words.trim()).toMatch(/\S{2,}/);
    expect(kind.text.title.es).not.toBe(kind.text.title.en);
  });

  it('has parameters that draw a form and refuse what they do not know', () => {
    expect(z.toJSONSchema(kind.parameters, { io: 'input', unrepresentable: 'any' })).toMatchObject({
      type: 'object',
    });
    expect(kind.parameters.safeParse({ surprise: 1 }).success).toBe(false);
  });

  it('is used by some rule set or the house, needs only canonical tables and looks no further than 60 days', () => {
    expect(own.length).toBeGreaterThan(0);
    for (const table of kind.needs) expect(tableNames).toContain(table);
    for (const { parameters } of own) expect(kind.horizonDays(parameters)).toBeLessThanOrEqual(60);
  });

  it('binds in the engine, with clauses and without, and excludes nobody from nobody', async () => {
    await workspace.context.engine.transaction(async (session) => {
      await session.run(
        raw(`CREATE TEMPORARY TABLE plan_readings (assignment_id VARCHAR, customer_id VARCHAR, channel VARCHAR, rule_set VARCHAR,
          zone VARCHAR, planned_at TIMESTAMP, local_at TIMESTAMP, local_date DATE, weekday INTEGER, minute INTEGER)`),
      );
      await session.run(
        raw(
          'CREATE TEMPORARY TABLE plan_touches (customer_id VARCHAR, channel VARCHAR, happened_at TIMESTAMP, reached BOOLEAN, conversation BOOLEAN)',
        ),
      );
      await session.run(raw('CREATE TEMPORARY TABLE plan_failures (assignment_id VARCHAR, clause INTEGER)'));
      const offsets = duckdb.inline(
        [
          ['zone', 'text'],
          ['from_utc', 'timestamp'],
          ['to_utc', 'timestamp'],
          ['seconds', 'integer'],
        ],
        [],
      );
      for (const some of [own, []])
        await session.run(ruleFailures(duckdb, kind, some, ruleTables(duckdb, null, offsets)));
      expect(await session.rows(raw('SELECT * FROM plan_failures'))).toEqual([]);
    });
  });

  it('leaves its inputs as they were and decides the same twice', () => {
    const reading: Reading = Object.freeze({
      assignmentId: 'a',
      customerId: 'c',
      channel: 'sms',
      ruleSet: 'X',
      zone: 'America/Bogota',
      plannedAt: Date.UTC(2026, 2, 8, 15),
      localAt: Date.UTC(2026, 2, 8, 10),
    });
    const nobody: Facts = Object.freeze({
      addressable: true,
      daysPastDue: 90,
      permissions: [],
      points: [],
      flags: [],
      touches: [],
      offsets: [],
    });
    for (const { parameters } of own)
      expect(kind.excludes(reading, nobody, parameters)).toBe(kind.excludes(reading, nobody, parameters));
  });
});

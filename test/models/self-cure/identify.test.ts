import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { rung } from '#core/contract/models/card.ts';
import { duckdb } from '#core/sql/dialects/duckdb.ts';
import { raw, type Sql, sql } from '#core/sql/sql.ts';
import type { Identified } from '#models/question.ts';
import { identify } from '#models/self-cure/identify/identify.ts';
import { selfCureParameters } from '#models/self-cure/parameters.ts';
import { openTestWorkspace, type TestWorkspace } from '../../support/workspace.ts';

const people = 3_000;
const dates = [{ asOf: '2026-06-30', horizonEnd: '2026-07-31', labelEnd: '2026-07-31' }];

let workspace: TestWorkspace;
const run = (text: string) => workspace.context.engine.run(raw(text));
const ask = <Row extends object>(statement: Sql) => workspace.context.engine.rows<Row>(statement);
const found = (): Promise<Identified> => identify(ask, duckdb, selfCureParameters.parse({}), dates);
const figure = (identified: Identified, id: string, name: string) =>
  identified.ladder.find((step) => step.id === id)?.figures.find((one) => one.name === name)?.value;

/**
 * Everybody enters at the end of June. The worse half (odd) cures on a day up to 60, the better half up to 30; all who do
 * pay that day. One in fifty is held out. The others are called on day `call` if they still owe, the worse more often.
 */
async function fill(given: {
  worse: number;
  better: number;
  payments?: boolean;
  held?: string;
}): Promise<void> {
  const luck = (name: string) => `(md5_number_lower('${name} ' || i) % 10000 / 10000.0)`;
  await run(`CREATE OR REPLACE TABLE person AS SELECT i, 'c' || i AS customer_id, 'a' || i AS account_id, i % 2 = 1 AS worse,
    1 + floor(${luck('cure')} * CASE WHEN i % 2 = 1 THEN 60 ELSE 30 END)::INTEGER AS cure_day, i % 50 = 0 OR i % 50 = 25 AS held,
    1 + floor(${luck('call')} * 31)::INTEGER AS call_day, ${luck('called')} < CASE WHEN i % 2 = 1 THEN ${given.worse} ELSE ${given.better} END AS called FROM range(${people}) t(i)`);
  await run(`INSERT INTO loads (load_id, state, recipe, recipe_hash, files, tables, rejected, simulated, loaded_at, by_principal)
    VALUES (1, 'live', 'test', 'r', '[]', '[]', 0, true, TIMESTAMP '2026-09-01', 'owner')`);
  await run(`INSERT INTO accounts (account_id, customer_id, product_type, currency, load_id, source_row)
    SELECT account_id, customer_id, CASE WHEN worse THEN 'loan' ELSE 'card' END, 'MXN', 1, i FROM person`);
  await run(`INSERT INTO snapshots (account_id, as_of, days_past_due, arrears, load_id, source_row)
    SELECT account_id, DATE '2026-05-31', 0, 0, 1, i FROM person UNION ALL
    SELECT account_id, DATE '2026-06-30', 3, 100, 1, ${people} + i FROM person UNION ALL
    SELECT account_id, DATE '2026-07-31', CASE WHEN cure_day <= 31 THEN 0 ELSE 34 END, 100, 1, ${2 * people} + i FROM person`);
  if (given.payments ?? true)
    await run(`INSERT INTO payments (payment_id, account_id, paid_at, amount, load_id, source_row)
      SELECT 'p' || i, account_id, TIMESTAMP '2026-06-30 12:00:00' + to_days(cure_day), 100, 1, i FROM person WHERE cure_day <= 31`);
  await run(`INSERT INTO contacts (contact_id, customer_id, account_id, channel, sent_at, load_id, source_row)
    SELECT 'k' || i, customer_id, account_id, 'call', TIMESTAMP '2026-06-30 09:00:00' + to_days(call_day), 1, i
    FROM person WHERE called AND NOT (held AND ${given.held ? 'true' : 'false'}) AND call_day <= cure_day`);
  if (given.held)
    await run(`INSERT INTO holdouts (customer_id, started_on, share, kind, load_id, source_row)
      SELECT customer_id, DATE '2026-01-01', 0.04, 'no_contact', 1, i FROM person WHERE ${given.held}`);
}

beforeEach(async () => {
  workspace = await openTestWorkspace();
});
afterEach(() => workspace.close());

/** Half the people cure for sure within 31 days, the others 31 times in 60. */
const truth = (1 + 31 / 60) / 2;

describe('the ladder', () => {
  it('starts with the people held out, when they are many enough and were left alone', async () => {
    await fill({ worse: 0.9, better: 0.3, held: 'i % 5 = 0' });
    // Held out here: a fifth, of whom some outside `held` were called all the same.
    await run(
      `DELETE FROM contacts WHERE customer_id IN (SELECT customer_id FROM person WHERE i % 5 = 0 AND i % 60 <> 0)`,
    );
    const identified = await found();
    expect(identified.identification).toBe('holdout');
    expect(identified.ladder.map(({ id, state }) => `${id} ${state}`)).toEqual([
      'holdout used',
      'censoring_weights not_tried',
      'current_policy not_tried',
    ]);
    expect(figure(identified, 'holdout', 'rows')).toBe(600);
    expect(figure(identified, 'holdout', 'contacted')).toBeLessThan(0.05);
    expect(figure(identified, 'holdout', 'declaredShare')).toBe(0.04);
    const rows = await ask<{ n: number }>(
      sql`SELECT CAST(count(*) AS BIGINT) AS n FROM (${identified.restrict!}) r JOIN person USING (account_id) WHERE i % 5 = 0`,
    );
    expect(rows[0]!.n).toBe(600);
    for (const step of identified.ladder) expect(rung.parse(step)).toEqual(step);
  });

  it('refuses people held out who were contacted, and few of them, with the figures', async () => {
    await fill({ worse: 0.9, better: 0.3, held: 'i % 5 = 0' });
    const contacted = await found();
    expect(contacted.ladder[0]).toMatchObject({ id: 'holdout', state: 'refused' });
    expect(contacted.ladder[0]!.reason.en).toMatch(
      /^\d+(\.\d)?% of the rows held out were contacted .* up to 5% is/,
    );
    await run(`DELETE FROM holdouts WHERE source_row % 50 <> 0`);
    const few = await found();
    expect(few.ladder[0]!.reason.en).toMatch(/has 60 rows with a known outcome; 500 are needed/);
    await run(`DELETE FROM holdouts`);
    await run(`INSERT INTO holdouts (customer_id, started_on, kind, load_id, source_row)
      SELECT customer_id, DATE '2026-01-01', 'no_contact', 1, i FROM person WHERE cure_day <= 31 AND i % 4 = 0`);
    const alike = await found();
    expect(alike.ladder[0]!.reason.en).toMatch(
      /has 0 cases of the rarer outcome in \d+ rows; 100 are needed/,
    );
    await run(`DELETE FROM holdouts`);
    expect((await found()).ladder[0]!.reason.en).toMatch(/load the table holdouts/);
  });

  it('then weighs those not contacted, and comes near the truth that leaving out the contacted misses', async () => {
    await fill({ worse: 0.9, better: 0.3 });
    const identified = await found();
    expect(identified.identification).toBe('censoring_weights');
    expect(Math.abs(figure(identified, 'censoring_weights', 'plainCured')! - truth)).toBeGreaterThan(0.08);
    expect(Math.abs(figure(identified, 'censoring_weights', 'cured')! - truth)).toBeLessThan(0.03);
    expect(figure(identified, 'censoring_weights', 'effectiveSize')).toBeGreaterThan(500);
    const [weights] = await ask<{ n: number; mean: number; largest: number }>(
      sql`SELECT CAST(count(*) AS BIGINT) AS n, avg(row_weight) AS mean, max(row_weight) AS largest FROM (${identified.weights!}) w`,
    );
    expect(weights!.n).toBe(figure(identified, 'censoring_weights', 'uncontacted'));
    expect(weights!.mean).toBeCloseTo(1, 3);
    expect(weights!.largest).toBeLessThanOrEqual(20);
    const twice = await found();
    expect(twice.weights).toEqual(identified.weights);
  });

  it('refuses the weights by the name of the stratum where hardly anybody is left without contact', async () => {
    await fill({ worse: 1, better: 0.3 });
    await run(
      `UPDATE contacts SET sent_at = TIMESTAMP '2026-07-03 09:00:00' WHERE account_id IN (SELECT account_id FROM person WHERE worse)`,
    );
    await run(`INSERT INTO contacts (contact_id, customer_id, channel, sent_at, load_id, source_row)
      SELECT 'm' || i, customer_id, 'sms', TIMESTAMP '2026-07-03 09:00:00', 1, 90000 + i FROM person WHERE worse AND cure_day > 3`);
    const identified = await found();
    expect(identified.identification).toBe('current_policy');
    const { reason } = identified.ladder[1]!;
    expect(reason.en).toMatch(
      /^On day \d+, of the .* in the stratum “1–7 days past due, loan, never late.*” only 0% .* 2% is needed/,
    );
    expect(reason.es).toContain('«1–7 días de mora, loan, sin mora en los seis meses antes');
    expect(identified.ladder[2]).toMatchObject({ id: 'current_policy', state: 'used' });
    expect(identified.weights ?? identified.restrict).toBeUndefined();
  });

  it('refuses the weights where too few are left, where no day of a cure is known, and without contacts', async () => {
    await fill({ worse: 0.9, better: 0.3, payments: false });
    expect((await found()).ladder[1]!.reason.en).toMatch(
      /day of the cure is known in 0% of cases.*Load the payments/,
    );
    await run(`DELETE FROM contacts`);
    expect((await found()).ladder[1]!.reason.en).toMatch(/^No contacts are loaded/);
    await run(`INSERT INTO payments (payment_id, account_id, paid_at, amount, load_id, source_row)
      SELECT 'p' || i, account_id, TIMESTAMP '2026-06-30 12:00:00' + to_days(cure_day), 100, 1, i FROM person WHERE cure_day <= 31`);
    await run(`INSERT INTO contacts (contact_id, customer_id, channel, sent_at, load_id, source_row)
      SELECT 'k' || i, customer_id, 'sms', TIMESTAMP '2026-06-30 09:00:00' + to_days(call_day), 1, i FROM person WHERE call_day <= cure_day AND i % 3 = 0`);
    await run(`DELETE FROM accounts WHERE source_row % 5 <> 0`);
    expect((await found()).ladder[1]!.reason.en).toMatch(/worth \d+ rows; 500 are needed/);
  });
});

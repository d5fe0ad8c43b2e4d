import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tableNames } from '#core/portfolio/tables.ts';
import { model } from '#data/generator/model.ts';
import { type Generated, generate, number } from '../../support/files/generated.ts';

const input = { accounts: 5_000, seed: 42, months: 9 };
let sample: Generated;
const n = (statement: string) => number(sample.engine, statement);

beforeAll(async () => {
  sample = await generate(input);
});
afterAll(() => sample.close());

describe('the files', () => {
  it('hold every canonical table, the truth and the state', () => {
    expect(Object.keys(sample.hashes).sort()).toEqual(
      [...tableNames.filter((name) => name !== 'exchange_rates'), 'state', 'truth']
        .map((name) => `${name}.parquet`)
        .sort(),
    );
  });

  it('have the same bytes on two threads', async () => {
    const again = await generate(input, 2);
    expect(again.hashes).toEqual(sample.hashes);
    await again.close();
  });

  it('differ with another seed', async () => {
    const other = await generate({ ...input, seed: 43, months: 7 });
    expect(other.hashes['truth.parquet']).not.toBe(sample.hashes['truth.parquet']);
    await other.close();
  });
});

describe('a larger portfolio', () => {
  it('holds the smaller one', async () => {
    const larger = await generate({ ...input, accounts: 6_000 });
    const file = (which: Generated, table: string) =>
      number(
        which.engine,
        `SELECT CAST(bit_xor(hash(t)) % 1000000007 AS BIGINT) AS n FROM ${table} t WHERE account_id <= 'A00005000'`,
      );
    for (const table of ['accounts', 'snapshots', 'payments', 'contacts', 'truth'])
      expect(await file(larger, table), table).toBe(await file(sample, table));
    await larger.close();
  });
});

describe('the ledger', () => {
  it.each([
    [
      'days past due with nothing overdue',
      'SELECT count(*) AS n FROM snapshots WHERE (days_past_due > 0) <> (arrears > 0)',
    ],
    [
      'an account without its person',
      'SELECT count(*) AS n FROM accounts a ANTI JOIN customers c USING (customer_id)',
    ],
    [
      'a snapshot without its account',
      'SELECT count(*) AS n FROM snapshots s ANTI JOIN accounts a USING (account_id)',
    ],
    [
      'a payment without its account',
      'SELECT count(*) AS n FROM payments p ANTI JOIN accounts a USING (account_id)',
    ],
    [
      'a party without a person',
      'SELECT count(*) AS n FROM account_parties p ANTI JOIN customers c USING (customer_id)',
    ],
    ['a payment known before it was made', 'SELECT count(*) AS n FROM payments WHERE known_at < paid_at'],
    [
      'anything after the last date',
      `SELECT (SELECT count(*) FROM payments WHERE known_at >= DATE '${model.lastMonthEnd}' + 1) + (SELECT count(*) FROM complaints WHERE occurred_at >= DATE '${model.lastMonthEnd}' + 1) + (SELECT count(*) FROM placements WHERE placed_on > DATE '${model.lastMonthEnd}') AS n`,
    ],
    ['a negative balance', 'SELECT count(*) AS n FROM snapshots WHERE balance < 0'],
    [
      'a contact on a channel already withdrawn',
      'SELECT count(*) AS n FROM contacts k JOIN contact_permissions p USING (customer_id, channel) WHERE k.sent_at > p.revoked_at + INTERVAL 31 DAY',
    ],
    [
      'a contact without permission',
      'SELECT count(*) AS n FROM contacts k ANTI JOIN contact_permissions p USING (customer_id, channel)',
    ],
    [
      'a charge-off before 180 days',
      `SELECT count(*) AS n FROM snapshots WHERE status = 'charged_off' AND days_past_due < ${model.chargeOffDays}`,
    ],
    [
      'an active account past 180 days',
      `SELECT count(*) AS n FROM snapshots WHERE status = 'active' AND days_past_due >= ${model.chargeOffDays}`,
    ],
    [
      'a contact while nothing was overdue',
      `SELECT count(*) AS n FROM contacts k JOIN payments p USING (account_id) WHERE p.payment_id LIKE '%-1' AND date_trunc('month', p.paid_at) = date_trunc('month', k.sent_at) AND k.sent_at > p.paid_at`,
    ],
    [
      'an address that could exist',
      `SELECT count(*) AS n FROM contact_points WHERE address NOT LIKE '%@example.invalid' AND address NOT LIKE '+%000%;ficticio' AND address NOT LIKE 'Calle Ficticia %'`,
    ],
    ['a key held twice', `SELECT count(*) - count(DISTINCT payment_id) AS n FROM payments`],
  ])('never holds %s', async (_, statement) => {
    expect(await n(statement)).toBe(0);
  });

  it('ends with the month the model names', async () => {
    const last = await sample.engine.first<{ d: string }>({
      text: 'SELECT max(as_of) AS d FROM snapshots',
      values: [],
    });
    expect(last?.d).toBe(model.lastMonthEnd);
    expect(await n('SELECT count(DISTINCT as_of) AS n FROM snapshots')).toBe(input.months);
  });
});

describe('the portfolio', () => {
  const last = `s.as_of = DATE '${model.lastMonthEnd}' AND s.status = 'active'`;

  it('has several countries, currencies, zones and products', async () => {
    expect(await n('SELECT count(DISTINCT currency) AS n FROM accounts')).toBe(5);
    expect(await n('SELECT count(DISTINCT product_type) AS n FROM accounts')).toBe(3);
    expect(await n(`SELECT count(DISTINCT time_zone) AS n FROM customers WHERE jurisdiction = 'MX'`)).toBe(4);
  });

  it('has about one account in seven late by 1–29 days, and about half of them clear it within a month', async () => {
    const late = await n(
      `SELECT avg(CAST(days_past_due BETWEEN 1 AND 29 AS INTEGER)) AS n FROM snapshots s WHERE ${last}`,
    );
    expect(late).toBeGreaterThan(0.12);
    expect(late).toBeLessThan(0.19);
    const cured = await n(
      `SELECT avg(CAST(next = 0 AS INTEGER)) AS n FROM (SELECT *, lead(days_past_due) OVER (PARTITION BY account_id ORDER BY as_of) AS next FROM snapshots WHERE status = 'active') WHERE days_past_due BETWEEN 1 AND 29 AND next IS NOT NULL`,
    );
    expect(cured).toBeGreaterThan(0.4);
    expect(cured).toBeLessThan(0.55);
  });

  it('can reach most late people by a message', async () => {
    const reachable = await n(
      `SELECT avg(CAST(customer_id IN (SELECT customer_id FROM contact_permissions JOIN contact_points USING (customer_id, channel) WHERE revoked_at IS NULL AND valid AND channel = 'sms') AS INTEGER)) AS n FROM snapshots s JOIN accounts USING (account_id) WHERE ${last} AND days_past_due BETWEEN 1 AND 29`,
    );
    expect(reachable).toBeGreaterThan(0.75);
  });

  it('contacted the worse people first, so that raw effects are confounded', async () => {
    const gap = await n(
      `SELECT avg(ability + will) FILTER (WHERE contacted) - avg(ability + will) FILTER (WHERE NOT contacted) AS n FROM (SELECT t.*, EXISTS (SELECT 1 FROM contacts k WHERE k.account_id = s.account_id AND k.sent_at > s.as_of AND k.sent_at <= s.as_of + INTERVAL 31 DAY) AS contacted FROM snapshots s JOIN truth t USING (account_id) WHERE s.days_past_due BETWEEN 1 AND 29 AND s.as_of < DATE '${model.lastMonthEnd}')`,
    );
    expect(gap).toBeLessThan(-0.2);
  });

  it('wrote down the probability of the choice for part of the contacts', async () => {
    const recorded = await n('SELECT avg(CAST(propensity IS NOT NULL AS INTEGER)) AS n FROM contacts');
    expect(recorded).toBeGreaterThan(0.15);
    expect(recorded).toBeLessThan(0.4);
    expect(await n('SELECT count(*) AS n FROM contacts WHERE propensity <= 0 OR propensity >= 1')).toBe(0);
  });
});

describe('the truth', () => {
  it('is known for every account, and the chances for those late', async () => {
    expect(await n('SELECT count(*) AS n FROM truth WHERE simulated')).toBe(input.accounts);
    expect(await n('SELECT count(*) AS n FROM truth WHERE p_cure_30_no_contact NOT BETWEEN 0 AND 1')).toBe(0);
    expect(await n('SELECT count(p_cure_30_no_contact) AS n FROM truth')).toBe(
      await n(
        `SELECT count(*) AS n FROM snapshots WHERE as_of = DATE '${model.lastMonthEnd}' AND status = 'active' AND days_past_due > 0`,
      ),
    );
  });

  it.each([
    [
      'no style works where no message has any effect',
      `effect_social_proof_sms <> 0`,
      `reacts_to = 'nothing'`,
    ],
    [
      'styles are alike where only the message counts',
      `effect_social_proof_sms <> effect_neutral_sms`,
      `reacts_to = 'messages_alike'`,
    ],
    ['nothing moves those whom nothing moves', `effect_loss_aversion_call <> 0`, `responder = 'nobody'`],
    [
      'loss aversion hurts the averse',
      `effect_loss_aversion_sms >= 0`,
      `responder = 'averse' AND reacts_to = 'styles'`,
    ],
    [
      'social proof helps its responders',
      `effect_social_proof_sms <= 0`,
      `responder = 'social_proof' AND reacts_to = 'styles'`,
    ],
  ])('%s', async (_, against, where) => {
    const known = 'p_cure_30_no_contact IS NOT NULL';
    expect(await n(`SELECT count(*) AS n FROM truth WHERE ${known} AND ${where}`)).toBeGreaterThan(0);
    expect(await n(`SELECT count(*) AS n FROM truth WHERE ${known} AND ${where} AND ${against}`)).toBe(0);
  });

  it('names the groups without effect', async () => {
    const { country, product } = model.noEffect;
    expect(
      await n(
        `SELECT count(*) AS n FROM truth JOIN accounts USING (account_id) JOIN customers ON customers.customer_id = accounts.customer_id WHERE (reacts_to = 'nothing') <> (jurisdiction = '${country}' AND product_type = '${product}')`,
      ),
    ).toBe(0);
  });

  it('has social proof two points and loss aversion up to one point above neutral, on average', async () => {
    const above = (style: string) =>
      n(
        `SELECT 100 * avg(effect_${style}_sms - effect_neutral_sms) AS n FROM truth WHERE p_cure_30_no_contact IS NOT NULL`,
      );
    expect(await above('social_proof')).toBeGreaterThan(1.3);
    expect(await above('social_proof')).toBeLessThan(3);
    expect(await above('loss_aversion')).toBeGreaterThan(0);
    expect(await above('loss_aversion')).toBeLessThan(1.3);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RemoteError } from '#core/contract/client.ts';
import type { Job } from '#core/contract/jobs.ts';
import type { CurrencyRisk, RiskRun } from '#core/contract/models/risk.ts';
import { permissions } from '#core/contract/permissions.ts';
import { baselCorrelation } from '#core/risk/basel.ts';
import { vasicekQuantile } from '#core/risk/vasicek.ts';
import { raw } from '#core/sql/sql.ts';
import { insertRiskBook, insertRiskScores, riskDates } from '../../../support/books/risk-book.ts';
import { startTestServer, type TestServer } from '../../../support/servers/server.ts';

const asOf = riskDates.at(-1)!;
const fast = { years: 2000, level: 0.99 };
let server: TestServer;

const problemOf = async (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => (error instanceof RemoteError ? error.problem : undefined),
  );
const value = async (parameters: object = fast, body: object = {}): Promise<Job> =>
  server.workspace.context.jobs.finished(
    (await server.client.risk.run({ body: { parameters, ...body } as never })).id,
  );
const latest = async (): Promise<RiskRun> =>
  (await server.client.risk.get({ params: { runId: 'latest' } })).run as RiskRun;
const ofCurrency = (run: RiskRun, currency: string): CurrencyRisk =>
  run.result.currencies.find((one) => one.currency === currency)!;
const rows = <Row extends object>(statement: string) =>
  server.workspace.context.engine.rows<Row>(raw(statement));
const confirm = (product: string, more: object = {}) =>
  server.client.risk.confirm({
    body: { product, lgd: 0.8, source: 'Board study', sourceDate: '2026-05-31', name: 'Ana Ruiz', ...more },
  });

beforeAll(async () => {
  server = await startTestServer();
  await server.workspace.context.engine.transaction((session) => insertRiskBook(session, 300));
});
afterAll(() => server.close());

describe('before anybody is scored', () => {
  it('has no run, and says what is missing', async () => {
    expect(await server.client.risk.get({ params: { runId: 'latest' } })).toEqual({ run: null });
    expect((await value()).error?.code).toBe('no_champion');
    const problem = await problemOf(server.client.risk.get({ params: { runId: 'nope' } }));
    expect(problem).toMatchObject({ code: 'not_found', status: 404 });
    await server.workspace.context.engine.transaction((session) => insertRiskScores(session));
    expect((await value(fast, { asOf: '2026-01-31' })).error).toMatchObject({
      code: 'risk_not_scored',
      message: expect.stringContaining('2026-01-31'),
    });
  });

  it.each([
    [{ level: 1 }, 'parameters.level'],
    [{ correlations: { card: 1.5 } }, 'parameters.correlations.card'],
    [{ pdFloor: -0.1 }, 'parameters.pdFloor'],
    [{ classes: { card: 'yacht' } }, 'parameters.classes.card'],
  ])('refuses %j', async (parameters, place) => {
    const problem = await problemOf(server.client.risk.run({ body: { parameters } }));
    expect(problem).toMatchObject({ code: 'invalid_input', detail: expect.stringContaining(place) });
  });
});

describe('without a loss given default', () => {
  it('gives no total, names the products, and keeps probabilities and exposures', async () => {
    expect((await value()).state).toBe('done');
    const run = await latest();
    const mxn = ofCurrency(run, 'MXN');
    expect(mxn).toMatchObject({ portfolio: null, missing: ['card', 'loan'] });
    expect(mxn.defaulted.loss).toBeNull();
    expect(mxn.rows.every((row) => row.value === null && Number(row.exposure) > 0)).toBe(true);
    expect(run.result.lgd.map(({ from, source }) => [from, source])).toEqual(Array(4).fill([null, null]));
    const { accounts } = await server.client.risk.accounts({
      params: { runId: 'latest' },
      query: { currency: 'MXN', limit: 3 },
    });
    expect(accounts.map((one) => one.value)).toEqual([null, null, null]);
  });

  it('is confirmed by name with source and date, or refused', async () => {
    expect(await problemOf(confirm('yacht'))).toMatchObject({ code: 'risk_product_unknown' });
    expect(await problemOf(confirm('card', { sourceDate: '2026-08-01' }))).toMatchObject({
      code: 'risk_source_future',
      detail: expect.stringContaining('2026-08-01'),
    });
    for (const bad of [{ lgd: 1.2 }, { source: ' ' }, { name: '' }, { sourceDate: 'May' }, { lower: 0.9 }])
      expect(await problemOf(confirm('card', bad))).toMatchObject({ code: 'invalid_input' });
    expect(await rows('SELECT * FROM lgd_assumptions')).toEqual([]);
    await confirm('card', { lgd: 0.9, lower: 0.8, upper: 0.95 });
    await confirm('loan');
    const audit = await rows<{ subject: string; details: string }>(
      `SELECT subject, details FROM audit WHERE action = 'lgd.confirmed' ORDER BY happened_at, subject`,
    );
    expect(audit.map(({ subject }) => subject)).toEqual(['card', 'loan']);
    expect(audit[0]!.details).toContain('Board study');
  });
});

describe('with a loss given default for every product', () => {
  let run: RiskRun;
  beforeAll(async () => {
    const job = await value();
    expect(job.error).toBeNull();
    run = await latest();
  });

  it('sums each account: probability × exposure × loss, per currency, never across', async () => {
    expect(run).toMatchObject({ versionId: 'risk-1', asOf, current: true });
    const kept = await rows<{
      currency: string;
      product_type: string;
      pd: number;
      rho: number;
      ead: string;
      lgd: number;
      value: string;
      bucket: string;
    }>(`SELECT * FROM risk_values WHERE run_id = '${run.id}' AND NOT defaulted ORDER BY account_id`);
    expect(kept.length).toBeGreaterThan(800);
    for (const currency of ['MXN', 'COP']) {
      const own = kept.filter((row) => row.currency === currency);
      const { portfolio, accounts } = ofCurrency(run, currency);
      const sum = (of: (row: (typeof own)[number]) => number) => own.reduce((all, row) => all + of(row), 0);
      expect(accounts).toBe(own.length);
      expect(Number(portfolio!.expected.estimate)).toBeCloseTo(
        sum((row) => row.pd * Number(row.ead) * row.lgd),
        1,
      );
      expect(Number(portfolio!.valueAtRisk.estimate)).toBeCloseTo(
        sum((row) => vasicekQuantile(row.pd, row.rho, 0.99) * Number(row.ead) * row.lgd),
        1,
      );
    }
    for (const row of kept.slice(0, 50)) {
      const kind = row.product_type === 'card' ? 'revolving' : 'other_retail';
      expect(row.rho).toBeCloseTo(baselCorrelation(kind, row.pd), 12);
      expect(Number(row.value)).toBeCloseTo(row.pd * Number(row.ead) * row.lgd, 2);
    }
  });

  it('adds interest to charge-off and a tenth of what is not drawn to the exposure', async () => {
    const [row] = await rows<{ ead: string; balance: number; product_type: string; days: number }>(
      `SELECT v.ead, s.balance::DOUBLE AS balance, v.product_type, s.days_past_due AS days FROM risk_values v JOIN current_snapshots s
        ON s.account_id = v.account_id AND s.as_of = DATE '${asOf}' WHERE v.run_id = '${run.id}' AND v.product_type = 'card' AND NOT v.defaulted
        AND s.days_past_due = 0 ORDER BY v.account_id LIMIT 1`,
    );
    expect(Number(row!.ead)).toBeCloseTo(
      row!.balance * (1 + (0.2 * 180) / 365) + 0.1 * (2000 - row!.balance),
      2,
    );
  });

  it('carries the interval of the loss given default where every product has one, and a simulation beside', async () => {
    const { portfolio } = ofCurrency(run, 'COP');
    expect(portfolio!.expected).toMatchObject({ lower: null, upper: null });
    const { simulated, valueAtRisk, granularity } = portfolio!;
    expect(simulated).toMatchObject({ years: 2000, asked: 2000 });
    expect(Math.abs(simulated.valueAtRisk - Number(valueAtRisk.estimate) - Number(granularity))).toBeLessThan(
      4 * simulated.valueAtRiskError!,
    );
    expect(portfolio!.aboveLimit).toBeGreaterThan(0);
    expect(portfolio!.band.map(({ rho }) => rho).at(-1)).toBeCloseTo(0.16, 12);
    await confirm('loan', { lower: 0.7, upper: 0.9 });
    await value();
    const again = ofCurrency(await latest(), 'COP').portfolio!;
    const [low, mid, high] = [again.expected.lower!, again.expected.estimate, again.expected.upper!].map(
      Number,
    );
    expect(low! < mid! && mid! < high!).toBe(true);
    expect(again.valueAtRisk.estimate).toBe(valueAtRisk.estimate);
  });

  it('shows accounts in default apart', () => {
    const { defaulted, rows: table } = ofCurrency(run, 'MXN');
    const own = table.filter((row) => row.defaulted);
    expect(defaulted.accounts).toBe(own.reduce((sum, row) => sum + row.accounts, 0));
    expect(own.every(({ meanPd }) => meanPd === null)).toBe(true);
    expect(Number(defaulted.loss!.estimate)).toBeCloseTo(
      own.reduce((sum, row) => sum + Number(row.value), 0),
      2,
    );
  });

  it('ranks accounts by money, masked without the permission to see who they are', async () => {
    const query = { currency: 'MXN', limit: 50 };
    const open = await server.client.risk.accounts({ params: { runId: run.id }, query });
    const values = open.accounts.map((one) => Number(one.value));
    expect(values).toEqual([...values].sort((a, b) => b - a));
    expect(open.accounts[0]!.account).toMatch(/^account-/);
    const token = await server.token(permissions.filter((one) => one !== 'personal:read'));
    const headers = { authorization: `Bearer ${token}` };
    const at = `${server.origin}/api/v1/risk/runs/${run.id}`;
    const masked = await (await fetch(`${at}/accounts?currency=MXN`, { headers })).json();
    expect((masked as typeof open).accounts[0]!.account).toMatch(/^….{3}$/);
    expect((await fetch(`${at}/table`, { headers })).status).toBe(403);
    const file = await fetch(`${at}/table`, { headers: { authorization: `Bearer ${await server.token()}` } });
    const lines = (await file.text()).trim().split('\n');
    const [held] = await rows<{ n: number }>(
      `SELECT CAST(count(*) AS BIGINT) AS n FROM risk_values WHERE run_id = '${run.id}'`,
    );
    expect(lines).toHaveLength(held!.n + 1);
  });

  it('is kept as a segment by its probability', async () => {
    const segment = await server.client.segments.create({
      body: {
        name: 'Likely',
        condition: {
          all: [
            { column: 'currency', is: 'in', values: ['MXN'] },
            { score: 'value-at-risk', from: 0.4 },
          ],
        },
      },
    });
    const [held] = await rows<{ n: number }>(
      `SELECT CAST(count(*) AS BIGINT) AS n FROM risk_values WHERE run_id = '${run.id}' AND pd >= 0.4 AND currency = 'MXN'`,
    );
    expect(segment.size.accounts).toBe(held!.n);
  });

  it('says that nothing avoidable can be told without people left alone by lottery', () =>
    expect(run.result.avoidable).toMatchObject({ state: 'no_contrast', difference: null }));
});

describe('loss given default from the data', () => {
  it('is one less what came in, discounted, less costs, over what was owed', async () => {
    const { products } = await server.client.risk.lgd({ query: { recoveryDays: 60 } });
    const charged = await rows<{
      product: string;
      currency: string;
      balance: number;
      pays: boolean;
      n: number;
    }>(
      `SELECT a.product_type AS product, a.currency, s.balance::DOUBLE AS balance, p.account_id IS NOT NULL AS pays FROM current_accounts a
        JOIN current_snapshots s ON s.account_id = a.account_id AND s.as_of = a.charged_off_on
        LEFT JOIN (SELECT account_id FROM current_payments WHERE NOT reversed) p ON p.account_id = a.account_id
        WHERE a.charged_off_on + INTERVAL 60 DAY <= DATE '${asOf}' ORDER BY a.account_id`,
    );
    const worth = Math.exp((-Math.log(1.2) * 30) / 365);
    for (const one of products) {
      const own = charged.filter(
        ({ product, currency }) => product === one.product && currency === one.currency,
      );
      const owed = own.reduce((sum, { balance }) => sum + balance, 0);
      const net = own.reduce((sum, { balance, pays }) => sum + (pays ? worth * (balance / 10 - 2) : 0), 0);
      expect(one.from).toBe('data');
      expect(one.chargeOffs).toBe(own.length);
      expect(one.lgd.estimate).toBeCloseTo(1 - net / owed, 3);
      expect(one.lgd.lower! < one.lgd.estimate! && one.lgd.estimate! < one.lgd.upper!).toBe(true);
      expect(one.anyRecovery!.estimate).toBeCloseTo(own.filter(({ pays }) => pays).length / own.length, 12);
    }
    const flat = (await server.client.risk.lgd({ query: { recoveryDays: 60, discountRate: 0 } })).products;
    expect(flat[0]!.lgd.estimate!).toBeLessThan(products[0]!.lgd.estimate!);
  });
});

describe('what cannot be valued', () => {
  it('refuses a version of another model and one that is not there', async () => {
    await server.workspace.context.engine.run(
      raw(`INSERT INTO model_versions SELECT 'other-1', 'self-cure', learner, state, card, fitted, feature_set_id, data_version, approved_by, approval_note, created_at, by_principal
        FROM model_versions WHERE version_id = 'risk-1'`),
    );
    expect((await value(fast, { versionId: 'other-1' })).error?.code).toBe('risk_other_model');
    expect((await value(fast, { versionId: 'nobody' })).error?.code).toBe('not_found');
  });

  it('counts accounts without a score or a balance, and those raised to the floor', async () => {
    const { engine } = server.workspace.context;
    const some = (place: number) => `account_id = 'account-${String(place).padStart(6, '0')}'`;
    await engine.run(raw(`DELETE FROM scores WHERE ${some(0)}`));
    await engine.run(raw(`UPDATE scores SET score = 0 WHERE ${some(1)}`));
    await engine.run(raw(`UPDATE snapshots SET balance = NULL WHERE ${some(2)} AND as_of = DATE '${asOf}'`));
    await value();
    expect((await latest()).result).toMatchObject({ withoutScore: 1, withoutBalance: 1, raisedToFloor: 1 });
  });

  it('adds nothing up while an account has no currency', async () => {
    const before = await latest();
    await server.workspace.context.engine.run(
      raw(`UPDATE accounts SET currency = NULL WHERE account_id = 'account-000005'`),
    );
    expect((await value()).error).toMatchObject({ code: 'risk_currency_missing', details: { accounts: 1 } });
    expect((await latest()).id).toBe(before.id);
  });
});

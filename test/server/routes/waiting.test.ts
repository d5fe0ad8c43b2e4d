import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RemoteError } from '#core/contract/client.ts';
import type { Job } from '#core/contract/jobs.ts';
import type { CutOffRow } from '#core/contract/models/waiting.ts';
import { raw } from '#core/sql/sql.ts';
import { readCureRate } from '#server/store/waiting/rate.ts';
import { insertLearnableBook } from '../../support/books/learnable-book.ts';
import { approveWithReasons } from '../../support/models/approve.ts';
import { startTestServer, type TestServer } from '../../support/servers/server.ts';
import { openTestWorkspace } from '../../support/workspace.ts';

let server: TestServer;
const table = (query: object = {}) => server.client.waiting.table({ query: query as never });
const done = async (started: Job): Promise<Job> => {
  const job = await server.workspace.context.jobs.finished(started.id);
  expect(job.error).toBeNull();
  return job;
};
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => (error instanceof RemoteError ? error.problem.code : undefined),
  );

beforeAll(async () => {
  server = await startTestServer();
  expect(await codeOf(table())).toBe('no_snapshots');
  expect(await server.client.waiting.rate()).toMatchObject({ n: 0, sentence: null });
  const { client } = server;
  await done(await client.loads.sample({ body: { accounts: 8_000, months: 15, seed: 11 } }));
  expect(await codeOf(table())).toBe('missing_step');
  const job = await done(await client.models.train({ params: { model: 'self-cure' }, body: {} }));
  const { versionId } = job.result as { versionId: string };
  await approveWithReasons(client, versionId, { name: 'Ana Ruiz' });
  await done(await client.scores.create({ body: {} }));
}, 240_000);
afterAll(() => server.close());

describe('the table of a simulated portfolio', () => {
  it('adds up: fewer wait the higher the cut-off, and whoever does not wait is contacted', async () => {
    const answer = await table({ cutOff: 0.7 });
    const { rows, chosen } = answer;
    const [{ n: scored }] = (await server.workspace.context.engine.rows<{ n: number }>(
      raw('SELECT CAST(count(*) AS BIGINT) AS n FROM scores'),
    )) as [{ n: number }];
    for (const row of rows) expect(row.accounts + row.contacted).toBe(scored);
    const falls = (pick: (row: CutOffRow) => number) =>
      rows.every((row, i) => i === 0 || pick(row) <= pick(rows[i - 1]!));
    expect(falls(({ accounts }) => accounts)).toBe(true);
    expect(falls(({ people }) => people)).toBe(true);
    expect(falls(({ cures }) => cures.estimate ?? 0)).toBe(true);
    expect(rows.find(({ cutOff }) => cutOff === 0.7)).toEqual(chosen);
    const { estimate, lower, upper } = chosen.cures;
    expect(lower! < estimate! && estimate! < upper! && upper! <= chosen.accounts).toBe(true);
    expect(estimate! / chosen.accounts).toBeGreaterThan(0.7);
    expect(chosen.curesInWait!).toBeLessThan(estimate!);
    expect(answer.groups.reduce((sum, { accounts }) => sum + accounts, 0)).toBe(chosen.accounts);
    expect(answer.groups.every(({ bucket }) => bucket === '1-29')).toBe(true);
  });

  it('keeps currencies apart, in every row', async () => {
    const { chosen } = await table({ cutOff: 0.5 });
    const currencies = ['ARS', 'CLP', 'COP', 'MXN', 'PEN'];
    expect(chosen.balance.map(({ currency }) => currency)).toEqual(currencies);
    expect(chosen.extraLoss.map(({ currency }) => currency)).toEqual(currencies);
    for (const { estimate, lower, upper } of chosen.extraLoss) {
      expect(Number(lower)).toBeLessThanOrEqual(Number(estimate));
      expect(Number(estimate)).toBeLessThanOrEqual(Number(upper));
    }
    expect(chosen.costSaved.every(({ amount }) => Number(amount) > 0)).toBe(true);
  });

  it('says which figures the data gave and takes those a person gives', async () => {
    const own = await table();
    const source = (answer: typeof own) =>
      Object.fromEntries(answer.assumptions.map(({ id, source: from }) => [id, from]));
    expect(source(own)).toEqual({
      order: 'assumed',
      timing: 'data',
      contacts: 'data',
      cost: 'data',
      effect: 'data',
      rollToLoss: 'data',
      exposure: 'data',
      lossGivenDefault: 'assumed',
    });
    const given = await table({
      contactsPerAccount: 2,
      contactCosts: 'MXN:10,PEN:3.5',
      effectPoints: 5,
      rollToLoss: 0.2,
      lossGivenDefault: 0.5,
    });
    expect(source(given)).toMatchObject({
      contacts: 'given',
      cost: 'given',
      effect: 'given',
      rollToLoss: 'given',
    });
    const { chosen } = given;
    expect(chosen.contactsSaved! + chosen.contactsPostponed!).toBeCloseTo(2 * chosen.accounts, 6);
    const balance = Number(chosen.balance.find(({ currency }) => currency === 'MXN')!.amount);
    const loss = chosen.extraLoss.find(({ currency }) => currency === 'MXN')!;
    expect(Number(loss.estimate)).toBeCloseTo(balance * 0.05 * 0.2 * 0.5, 1);
    expect(loss.lower).toBe(loss.upper);
    expect(await codeOf(table({ contactCosts: 'pesos:3' }))).toBe('invalid_input');
  });

  it('fits the contacts of a day, least likely first', async () => {
    const all = await table({ capacity: 1_000_000, cutOff: 0.6 });
    expect(all.capacity).toMatchObject({ cutOff: null, waiting: 0, days: 1 });
    const some = await table({ capacity: 100, cutOff: 0.6 });
    expect(some.capacity.contacted).toBeLessThanOrEqual(100);
    expect(some.capacity.contacted + some.capacity.waiting).toBe(all.capacity.contacted);
    expect(some.capacity.days).toBe(Math.ceil(some.chosen.contacted / 100));
    expect((await table({ capacity: 0 })).capacity).toMatchObject({ contacted: 0, days: null });
  });

  it('offers those left alone as a segment of just as many accounts', async () => {
    const { segment, chosen } = await table({ cutOff: 0.72 });
    const size = await server.client.segments.preview({ body: { condition: segment.condition } });
    expect(size.accounts).toBe(chosen.accounts);
  });

  it('calls it a cure alone only when people held out or weights identify it', async () => {
    const { alone, identification, title, finding } = await table();
    expect(alone).toBe(identification !== 'current_policy');
    expect(alone ? /cure alone/ : /under the current policy/).toSatisfy((words: RegExp) =>
      words.test(finding.en),
    );
    expect(title.en).toBe(alone ? 'Cure alone' : 'Cure under the current policy');
  });
});

describe('the rate of the home page', () => {
  it('comes from the people held out, with an interval that knows of people who enter twice', async () => {
    const rate = await server.client.waiting.rate();
    expect(rate).toMatchObject({
      identification: 'holdout',
      minDaysPastDue: 1,
      maxDaysPastDue: 29,
      horizonDays: 30,
    });
    expect(rate.n).toBeGreaterThanOrEqual(rate.people);
    expect(rate.share.lower! < rate.share.estimate! && rate.share.estimate! < rate.share.upper!).toBe(true);
    expect(rate.sentence!.en).toMatch(
      /^\d+(\.\d)?% \(.* from the holdout\) of accounts that become 1–29 days late cure alone/,
    );
  });

  it('is under the current policy, and says so, where nobody is held out', async () => {
    const workspace = await openTestWorkspace();
    await workspace.context.engine.transaction((session) => insertLearnableBook(session, 300));
    const rate = await readCureRate(workspace.context.engine);
    expect(rate.identification).toBe('current_policy');
    expect(rate.n).toBeGreaterThan(rate.people);
    expect(rate.sentence!.en).toMatch(/under the current policy; how many would alone is not known/);
    await workspace.close();
  });
});

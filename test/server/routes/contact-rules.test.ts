import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { policySchema } from '#core/contact/house/policy.ts';
import type { RemoteError } from '#core/contract/client.ts';
import type { Batch } from '#core/contract/delivery/batches.ts';
import { raw } from '#core/sql/sql.ts';
import { type Person, put, putExperiment, runJob } from '../../support/contact/contact-fixture.ts';
import { startTestServer, type TestServer } from '../../support/servers/server.ts';

let server: TestServer;
const people: Person[] = [
  { id: 'ana' },
  { id: 'beto' },
  { id: 'caro', flag: 'dispute' },
  { id: 'dario', basis: 'contract' },
  { id: 'elsa', jurisdiction: 'MX', timeZone: 'America/Tijuana' },
  { id: 'fran', jurisdiction: 'ES-CN' },
  { id: 'gus', jurisdiction: 'XX' },
  { id: 'hugo', contactedAt: '2026-03-03T15:00:00' },
];
const answers = { name: 'Marta Ruiz', why: 'Se acordó en el comité' };
const weekdays = (opens: string, closes: string) => {
  const day: [string, string][] = [[opens, closes]];
  return { mon: day, tue: day, wed: day, thu: day, fri: day, sat: [], sun: [] };
};

beforeAll(async () => {
  server = await startTestServer();
  const { context } = server.workspace;
  await putExperiment(context, people, { sendOn: '2026-03-04' });
  await context.engine.run(
    raw(
      `INSERT INTO segments VALUES ('seg', 'Todos', '{}', '{}', 'v', NULL, TIMESTAMP '2026-03-01', 'owner')`,
    ),
  );
}, 120_000);
afterAll(() => server.close());

const failure = async (asked: Promise<unknown>): Promise<string> => {
  try {
    await asked;
  } catch (error) {
    const { problem } = error as RemoteError;
    return `${problem.code}: ${problem.detail}`;
  }
  throw new Error('it was allowed');
};

describe('what would happen', () => {
  const ask = (date: string, time: string, zone?: string) =>
    server.client.contactRules.whatIf({
      body: { segmentId: 'seg', channel: 'sms', date, time, ...(zone ? { zone } : {}) },
    });

  it('on Sunday at eight in Bogotá: nobody, and each rule says whom it holds', async () => {
    const told = await ask('2026-03-08', '08:00', 'America/Bogota');
    expect(told).toMatchObject({ people: 8, passing: 0 });
    expect(told.held.reduce((sum, row) => sum + row.n, 0)).toBe(8);
    expect(
      told.held.find(({ rule, ruleSet }) => rule === 'contact-hours' && ruleSet === 'CO-2300'),
    ).toMatchObject({
      version: '1',
      status: 'primary',
      source: 'Ley 2300 de 2023 (Colombia), art. 3',
      failing: 5,
      n: 3,
      examples: ['ana', 'beto', 'hugo'],
    });
    expect(told.held.find(({ rule }) => rule === 'jurisdiction')?.examples).toEqual(['gus']);
    expect(told.plannedAt).toEqual({ first: '2026-03-08T13:00:00.000Z', last: '2026-03-08T13:00:00.000Z' });
    const local = (jurisdiction: string) =>
      told.places.find((one) => one.jurisdiction === jurisdiction)?.local;
    expect([local('CO'), local('MX'), local('ES-CN')]).toEqual([
      '2026-03-08T08:00',
      '2026-03-08T06:00',
      '2026-03-08T13:00',
    ]);
  });

  it('on Wednesday at ten on each person’s clock: those whom no rule holds', async () => {
    const told = await ask('2026-03-04', '10:00');
    expect(told.passing).toBe(4);
    expect(told.ruleSets.map(({ id, passing, people: of }) => [id, passing, of])).toEqual([
      ['CO-2300', 2, 5],
      ['ES-LCD@CN+EU-GDPR22', 1, 1],
      ['MX-CONDUSEF', 1, 1],
    ]);
    expect(told.held.map(({ rule, n }) => [rule, n])).toContainEqual(['permission', 1]);
    expect(told.unverified).toContain('MX-CONDUSEF v1 permission');
  });

  it('shows how many are lawful by hour in the week: none on Sunday, and when it first opens', async () => {
    const { week } = await ask('2026-03-07', '10:00');
    expect(week.hours.some(({ date }) => date === '2026-03-08')).toBe(false);
    expect(week.first).toEqual({ date: '2026-03-07', hour: 8, people: 2 });
    const at = (date: string, hour: number) =>
      week.hours.find((one) => one.date === date && one.hour === hour)?.people ?? 0;
    expect([at('2026-03-07', 14), at('2026-03-07', 15), at('2026-03-09', 6), at('2026-03-09', 7)]).toEqual([
      2, 0, 0, 4,
    ]);
    expect([at('2026-03-09', 9), at('2026-03-09', 18), at('2026-03-09', 19), at('2026-03-09', 21)]).toEqual([
      5, 5, 2, 1,
    ]);
    expect(week.best).toMatchObject({ people: 5 });
  });

  it('for one arm of an experiment, with nothing reserved', async () => {
    const told = await server.client.contactRules.whatIf({
      body: { experimentId: 'exp', arm: 'neutral', channel: 'sms', date: '2026-03-04', time: '10:00' },
    });
    expect(told.people).toBe(3);
    expect(await server.workspace.context.engine.rows(raw('SELECT * FROM contact_checks'))).toEqual([]);
  });

  it('refuses what cannot be asked, in a sentence', async () => {
    const asked = { channel: 'sms' as const, date: '2026-03-04', time: '10:00' };
    const { whatIf } = server.client.contactRules;
    expect(await failure(whatIf({ body: { ...asked, segmentId: 'seg', zone: 'Mars/Base' } }))).toMatch(
      /zone_unknown.*Mars\/Base/,
    );
    expect(await failure(whatIf({ body: asked }))).toMatch(/what_if_whom/);
    expect(await failure(whatIf({ body: { ...asked, experimentId: 'exp', arm: 'none' } }))).toMatch(
      /what_if_whom.*none/,
    );
    expect(await failure(whatIf({ body: { ...asked, segmentId: 'gone' } }))).toMatch(/not_found/);
  });
});

it('of an American both the address and the telephone settle the clock', async () => {
  const { context } = server.workspace;
  const row = { jurisdiction: 'US-NY', time_zone: 'America/New_York' };
  await put(context, 'customers', [
    { customer_id: 'ny', ...row },
    { customer_id: 'ny-la', ...row },
  ]);
  const point = { channel: 'call', valid: true };
  await put(context, 'contact_points', [
    { customer_id: 'ny', address: '+1 (212) 555-0100', ...point },
    { customer_id: 'ny-la', address: '415.555.0101', ...point },
  ]);
  await context.engine.run(
    raw(
      `INSERT INTO segment_members SELECT 'us', 'x' || customer_id, customer_id, DATE '2026-02-28' FROM customers WHERE jurisdiction = 'US-NY'`,
    ),
  );
  await context.engine.run(
    raw(
      `INSERT INTO segments VALUES ('us', 'Nueva York', '{}', '{}', 'v', NULL, TIMESTAMP '2026-03-01', 'owner')`,
    ),
  );
  const { places } = await server.client.contactRules.whatIf({
    body: { segmentId: 'us', channel: 'call', date: '2026-03-04', time: '09:00', zone: 'America/New_York' },
  });
  expect(places.map(({ zones, zoneSource }) => [zones, zoneSource])).toEqual([
    [['America/New_York'], 'explicit'],
    [['America/New_York', 'America/Los_Angeles'], 'intersection'],
  ]);
  await context.engine.run(raw('DELETE FROM contact_points'));
});

describe('what people change', () => {
  it('a version of the house holds from its first day on, and what is checked says which it was', async () => {
    const { contactRules } = server.client;
    const policy = policySchema.parse({
      hours: [{ channels: ['sms'], hours: weekdays('10:30', '23:00') }],
      caps: [{ channels: ['sms'], max: 5, period: 'day', counts: 'attempt' }],
    });
    const seen = await contactRules.effects({ body: { policy } });
    const at = (id: string) => seen.places.find(({ ruleSet }) => ruleSet === id)?.effects;
    expect(at('CO-2300')).toEqual(['tightens', 'none']);
    expect(seen.rules[0]?.limits.es).toBe('SMS: lun–vie 10:30–23:00; sáb–dom nunca');
    const made = await contactRules.setPolicy({ body: { policy, effectiveFrom: '2026-03-05', ...answers } });
    expect(made).toMatchObject({ version: 1, state: 'toCome', effectiveTo: null, name: 'Marta Ruiz' });

    const ask = (date: string, time: string) =>
      contactRules.whatIf({ body: { segmentId: 'seg', channel: 'sms', date, time } });
    expect((await ask('2026-03-04', '10:00')).passing).toBe(4);
    const then = await ask('2026-03-05', '10:00');
    expect(then.passing).toBe(0);
    expect(then.ruleSets[0]).toMatchObject({ id: 'CO-2300+POLICY', version: '1+1' });
    const { week } = await ask('2026-03-04', '10:00');
    const opens = (date: string) => week.hours.find((one) => one.date === date)?.hour;
    expect([opens('2026-03-04'), opens('2026-03-05')]).toEqual([7, 11]);
    const late = await ask('2026-03-05', '22:30');
    expect(late.passing).toBe(0);

    await contactRules.setPolicy({
      body: { policy: policySchema.parse({}), effectiveFrom: '2026-03-09', ...answers },
    });
    const { policies } = await contactRules.get();
    expect(
      policies.map(({ version, effectiveFrom, effectiveTo }) => [version, effectiveFrom, effectiveTo]),
    ).toEqual([
      [2, '2026-03-09', null],
      [1, '2026-03-05', '2026-03-08'],
    ]);
    expect(
      await failure(contactRules.setPolicy({ body: { policy, effectiveFrom: '2026-03-01', ...answers } })),
    ).toMatch(/policy_in_past.*2026-03-01.*2026-03-02/);
  });

  it('a day put into a calendar closes it there alone, and a wrong one is refused', async () => {
    const { contactRules } = server.client;
    const set = (region: string, date: string, action: 'add' | 'remove' = 'add') =>
      contactRules.setDay({ body: { region, date, action, title: 'Fiesta local', ...answers } });
    await set('ES-CN', '2026-03-11');
    const told = await contactRules.whatIf({
      body: { segmentId: 'seg', channel: 'sms', date: '2026-03-11', time: '12:00' },
    });
    expect(told.held.find(({ rule }) => rule === 'holiday')).toMatchObject({
      ruleSet: 'ES-LCD@CN',
      version: '1.1',
      examples: ['fran'],
    });
    const { days, changes } = await contactRules.calendar({ query: { region: 'ES-CN', year: 2026 } });
    expect(days.find(({ date }) => date === '2026-03-11')).toMatchObject({ added: true, region: 'ES-CN' });
    expect(changes).toMatchObject([{ name: 'Marta Ruiz', region: 'ES-CN' }]);
    const madrid = await contactRules.calendar({ query: { region: 'ES-MD', year: 2026 } });
    expect(madrid.days.map(({ date }) => date)).not.toContain('2026-03-11');
    expect(madrid.days.map(({ date }) => date)).toContain('2026-05-02');

    expect(await failure(set('ES-CN', '2026-03-11'))).toMatch(/calendar_day_known/);
    expect(await failure(set('CO', '2026-03-12', 'remove'))).toMatch(/calendar_day_unknown/);
    expect(await failure(set('XX', '2026-03-12'))).toMatch(/calendar_region_unknown.*XX/);
    expect(await failure(set('ES-ZZ', '2026-03-12'))).toMatch(/calendar_region_unknown.*ES-ZZ/);
    expect(await failure(set('CO', '2026-02-30'))).toMatch(/date/);
    expect(await failure(set('CO', '2040-01-01'))).toMatch(/calendar_date_outside.*2035/);
    expect(await failure(set('CO', '2026-01-30'))).toMatch(/calendar_day_past/);
  });

  it('another reading of the law, from a day on, by a named person', async () => {
    const { contactRules } = server.client;
    const option = { ruleSet: 'CO-2300', option: 'one-contact-a-week', on: false };
    await contactRules.setOption({ body: { ...option, effectiveFrom: '2026-03-04', ...answers } });
    const told = await contactRules.whatIf({
      body: { segmentId: 'seg', channel: 'sms', date: '2026-03-06', time: '12:00' },
    });
    expect(told.ruleSets[0]?.version).toMatch(/^1-1\+/);
    expect(told.held.flatMap(({ rule, examples }) => (examples.includes('hugo') ? [rule] : []))).toEqual([]);
    expect(
      await failure(
        contactRules.setOption({ body: { ...option, option: 'x', effectiveFrom: '2026-03-04', ...answers } }),
      ),
    ).toMatch(/option_unknown/);
  });

  it('unverified rules accepted by name stand, as they are, for later checks', async () => {
    const { contactRules } = server.client;
    expect(
      await failure(contactRules.accept({ body: { rules: ['CO-2300 v1 contact-hours'], ...answers } })),
    ).toMatch(/acceptance_unknown/);
    const { unverified } = await contactRules.get();
    await contactRules.accept({ body: { rules: unverified.map(({ name }) => name), ...answers } });
    const after = await contactRules.get();
    expect(after.unverified.every(({ acceptedBy }) => acceptedBy === 'Marta Ruiz')).toBe(true);
    const { context } = server.workspace;
    const batch = await runJob<Batch>(context, 'check', { experimentId: 'exp', touch: 1 });
    expect(batch.acceptedUnverifiedBy).toBe('Marta Ruiz');
    await runJob<Batch>(context, 'check', { experimentId: 'exp', touch: 1, acceptUnverifiedBy: 'Luis Paz' });
    expect((await contactRules.get()).acceptances[0]).toMatchObject({ name: 'Luis Paz' });
  });
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Batch } from '#core/contract/delivery/batches.ts';
import { all, type Person, put, putExperiment, runJob } from '../../../support/contact/contact-fixture.ts';
import { openTestWorkspace, type TestWorkspace } from '../../../support/workspace.ts';

let workspace: TestWorkspace;
beforeEach(async () => {
  workspace = await openTestWorkspace();
});
afterEach(() => workspace.close());

const check = (input: Record<string, unknown> = {}) =>
  runJob<Batch>(workspace.context, 'check', { experimentId: 'exp', touch: 1, ...input });

const counts = (batch: Batch) => Object.fromEntries(batch.excluded.map(({ rule, n }) => [rule, n]));

const bogota: Person[] = Array.from({ length: 9 }, (_, i) => ({ id: `p${i}` }));

describe('check', () => {
  it('clears and reserves on a lawful day, in each person’s own zone', async () => {
    await putExperiment(workspace.context, bogota, { sendOn: '2026-03-03' });
    const batch = await check();
    expect(batch).toMatchObject({ assigned: 9, cleared: 9, excluded: [], state: 'reserved' });
    expect(batch.plannedAt).toEqual({ first: '2026-03-03T15:00:00Z', last: '2026-03-03T15:00:00Z' });
    expect(batch.ruleSets).toEqual([{ id: 'CO-2300', version: '1', status: 'primary', cleared: 9 }]);
    expect(batch.reservedUntil).toBe('2026-03-04T00:00:00Z');
    const [row] = await all(workspace.context, 'contact_checks', 'customer_id');
    expect(row).toMatchObject({
      state: 'reserved',
      time_zone: 'America/Bogota',
      zone_source: 'country',
      planned_local: '2026-03-03T10:00:00Z',
      send_before_local: '2026-03-03T19:00:00Z',
    });
  });

  it('keeps everybody back on a Sunday in Bogotá, and says why', async () => {
    await putExperiment(workspace.context, bogota, { sendOn: '2026-03-08' });
    const batch = await check();
    expect(batch.cleared).toBe(0);
    expect(batch.excluded).toEqual([
      expect.objectContaining({
        rule: 'contact-hours',
        ruleSet: 'CO-2300',
        version: '1',
        status: 'primary',
        n: 9,
        failing: 9,
      }),
    ]);
  });

  it('takes by default the first day after today that is lawful for all: Saturday to Monday', async () => {
    await putExperiment(
      workspace.context,
      [...bogota, { id: 'mx', jurisdiction: 'MX-CMX', basis: 'contract' }],
      { today: '2026-03-06' },
    );
    const batch = await check();
    expect(batch.sendOn).toBe('2026-03-09');
    expect(batch.cleared).toBe(10);
  });

  it('names the first failing rule and stores them all', async () => {
    await putExperiment(
      workspace.context,
      [
        { id: 'ok' },
        { id: 'flagged', flag: 'dispute', basis: null },
        { id: 'revoked', revokedAt: '2026-02-01' },
        { id: 'contract', basis: 'contract' },
        { id: 'today', contactedAt: '2026-03-03T13:00:00' },
        { id: 'nowhere', jurisdiction: 'XX' },
        { id: 'unknown', jurisdiction: null },
        { id: 'zoned', jurisdiction: 'CO', timeZone: 'Not/AZone' },
      ],
      { sendOn: '2026-03-03' },
    );
    const batch = await check();
    expect(counts(batch)).toEqual({
      jurisdiction: 2,
      'flag-block': 1,
      'opt-out': 1,
      permission: 1,
      'frequency-cap': 1,
    });
    expect(batch.cleared + batch.excluded.reduce((sum, { n }) => sum + n, 0)).toBe(batch.assigned);
    const flagged = (await all(workspace.context, 'exclusions', 'customer_id, rule')).filter(
      (row) => row.customer_id === 'flagged',
    );
    expect(flagged.map((row) => [row.rule, row.decides])).toEqual([
      ['flag-block', true],
      ['permission', false],
    ]);
  });

  it('counts places reserved by another experiment, until they are given back', async () => {
    await putExperiment(workspace.context, bogota, { sendOn: '2026-03-03' });
    await putExperiment(workspace.context, bogota.slice(0, 4), {
      experimentId: 'other',
      planHash: 'other',
      sendOn: '2026-03-03',
      assignOnly: true,
    });
    const first = await check({ experimentId: 'other' });
    expect(first.cleared).toBe(4);
    const second = await check();
    expect([second.cleared, counts(second)]).toEqual([5, { 'frequency-cap': 4 }]);
    const again = await check();
    expect([again.cleared, again.id === second.id]).toEqual([5, false]);
    const states = (await all(workspace.context, 'batches', 'checked_at, batch_id')).map((row) => row.state);
    expect(states).toEqual(['reserved', 'released', 'reserved']);
  });

  it('counts what has been sent until the ledger shows it, and then once', async () => {
    const { context } = workspace;
    const mx = [{ id: 'm', jurisdiction: 'MX-CMX', basis: 'contract' }];
    await putExperiment(context, mx, { sendOn: '2026-03-03' });
    await putExperiment(context, mx, {
      experimentId: 'other',
      planHash: 'other',
      sendOn: '2026-03-05',
      assignOnly: true,
    });
    await put(context, 'contacts', [
      { contact_id: 'k1', customer_id: 'm', channel: 'sms', sent_at: '2026-03-02T16:00:00', delivered: true },
    ]);
    const batch = await check();
    await runJob(context, 'check', { experimentId: 'exp', touch: 1, acceptUnverifiedBy: 'Ana' });
    const [live] = (await all(context, 'batches', 'checked_at DESC, batch_id DESC')).filter(
      (row) => row.state === 'reserved',
    );
    await runJob(context, 'export', { batchId: live?.batch_id, destination: 'file', options: {} });
    expect(live?.batch_id).not.toBe(batch.id);
    // Two of three in seven days so far: one contact and one message out.
    const other = () => check({ experimentId: 'other' });
    expect((await other()).cleared).toBe(1);
    const shown = {
      customer_id: 'm',
      channel: 'sms',
      sent_at: '2026-03-03T16:05:00',
      delivered: true,
    };
    await put(context, 'contacts', [{ ...shown, contact_id: 'k2', experiment_id: 'exp' }]);
    expect((await other()).cleared).toBe(1);
    await put(context, 'contacts', [{ ...shown, contact_id: 'k3', sent_at: '2026-03-04T16:00:00' }]);
    expect(counts(await other())).toEqual({ 'frequency-cap': 1 });
  });

  it('blocks on an old ledger of contacts, by name', async () => {
    await putExperiment(workspace.context, [...bogota, { id: 'c', contactedAt: '2026-01-01T12:00:00' }], {
      today: null,
      loadedAt: '2026-01-01T00:00:00',
    });
    await expect(check()).rejects.toThrow('contacts_stale');
    expect(await all(workspace.context, 'batches', 'batch_id')).toEqual([]);
  });

  it('takes stated facts for Taiwan only where nobody recorded any', async () => {
    const assume = {
      jurisdiction: 'TW',
      timeZone: 'Asia/Taipei',
      permission: { channel: 'sms' as const, basis: 'contract' as const },
      validAddress: true,
      ruleSet: 'house' as const,
      statedBy: 'a test',
    };
    const people = bogota.map((person) => ({ ...person, jurisdiction: null, basis: null }));
    await putExperiment(workspace.context, people, { sendOn: '2026-03-03', assume });
    const batch = await check();
    expect(batch).toMatchObject({ cleared: 9, assumptions: assume });
    expect(batch.plannedAt.first).toBe('2026-03-03T02:00:00Z');
    await put(workspace.context, 'contact_permissions', [
      {
        customer_id: 'p0',
        channel: 'sms',
        basis: 'contract',
        granted_at: '2025-01-01',
        revoked_at: '2026-01-01',
      },
    ]);
    expect(counts(await check())).toEqual({ 'opt-out': 1, permission: 8 });
  });

  it('blocks Taiwan when nobody accepted the house rules', async () => {
    const people = bogota.map((person) => ({ ...person, jurisdiction: 'TW', timeZone: 'Asia/Taipei' }));
    await putExperiment(workspace.context, people);
    expect(counts(await check())).toEqual({ jurisdiction: 9 });
  });

  it('reads a Mexican without a zone on all of the country’s clocks', async () => {
    const person = { id: 'm', jurisdiction: 'MX', basis: 'contract' };
    await putExperiment(workspace.context, [person], { sendOn: '2026-03-03', sendAt: '08:00' });
    const batch = await check();
    const [row] = await all(workspace.context, 'contact_checks', 'customer_id');
    // 08:00 in the capital is 06:00 in Tijuana, so the first clock that suits all is one further west.
    expect(batch.cleared).toBe(1);
    expect(row).toMatchObject({ zone_source: 'intersection', planned_local: '2026-03-03T08:00:00Z' });
    expect(row?.time_zone).not.toBe('America/Mexico_City');
  });

  it.each([
    [{ touch: 2 }, 'missing_step'],
    [{ experimentId: 'none' }, 'not_found'],
  ])('refuses %j', async (input, code) => {
    await putExperiment(workspace.context, bogota);
    await expect(check(input)).rejects.toThrow(code);
  });

  it('refuses a day that has passed', async () => {
    await putExperiment(workspace.context, bogota, { sendOn: '2026-02-27' });
    await expect(check()).rejects.toThrow('send_in_past');
  });
});

import { expect, it } from 'vitest';
import { wilson } from '#core/stats/wilson.ts';
import { booked, openBook } from '../../../support/books/paths.ts';

const contact = (
  contact_id: string,
  customer: string,
  more: Record<string, string | boolean | null> = {},
) => ({
  contact_id,
  customer_id: `c-${customer}`,
  account_id: customer,
  channel: 'sms',
  style: 'neutral',
  sent_at: '2026-05-10T10:00:00',
  delivered: true,
  ...more,
});
const people = booked({
  a: { days: [0, 5, 5] },
  b: { days: [0, 40, 40] },
  c: { days: [0, 0, 0], currency: 'PEN' },
});

it('contacts tell each share with its denominator, and where an outcome is never noted, why there is none', async () => {
  const book = await openBook({
    ...people,
    contacts: [
      contact('1', 'a', { opened: true, right_party: true }),
      contact('2', 'a', { opened: false, right_party: true }),
      contact('3', 'b', { opened: null, right_party: false }),
      contact('4', 'b', { delivered: false, opened: null }),
      contact('5', 'c', { channel: 'call', style: null, delivered: null, right_party: false }),
    ],
  });
  const { rows, n } = await book.ask('contacts');
  expect(n).toBe(5);
  const told = (channel: string) =>
    rows
      .filter((row) => row.channel === channel)
      .map(({ measure, denominator, events, of, reason }) => [measure, denominator, events, of, reason]);
  expect(told('sms')).toEqual([
    ['delivered', 'sent', 3, 4, null],
    ['opened', 'delivered', 1, 2, null],
    ['clicked', 'delivered', null, 0, 'not_recorded'],
    ['replied', 'delivered', null, 0, 'not_recorded'],
    ['right_party', 'delivered', 2, 3, null],
    ['contactability', 'people_attempted', 1, 2, null],
  ]);
  expect(told('call').map(([measure, , events, of]) => [measure, events, of])).toEqual([
    ['delivered', null, 0],
    ['opened', null, 0],
    ['clicked', null, 0],
    ['replied', null, 0],
    ['right_party', 0, 1],
    ['contactability', 0, 1],
  ]);
  const { estimate, lower, upper } = wilson(3, 4);
  expect(rows.find(({ channel, measure }) => channel === 'sms' && measure === 'delivered')).toMatchObject({
    share: estimate,
    lower,
    upper,
  });
  expect((await book.ask('contacts', { bucket: '1-29' })).n).toBe(2);
  expect((await book.ask('contacts', { currency: 'PEN' })).n).toBe(1);
  await book.close();
});

it('complaints and opt-outs go to the last contact delivered before them, within the time', async () => {
  const complaint = (complaint_id: string, customer: string, day: string, channel: string | null = null) => ({
    complaint_id,
    customer_id: `c-${customer}`,
    occurred_at: `2026-05-${day}T12:00:00`,
    channel,
  });
  const permission = (customer: string, channel: string, revoked_at: string | null) => ({
    customer_id: `c-${customer}`,
    channel,
    basis: 'consent',
    granted_at: '2025-01-01T00:00:00',
    revoked_at,
  });
  const book = await openBook({
    ...people,
    contacts: [
      contact('1', 'a', { sent_at: '2026-05-01T10:00:00', style: 'loss_aversion' }),
      contact('2', 'a', { sent_at: '2026-05-02T10:00:00' }),
      contact('3', 'a', { sent_at: '2026-05-03T10:00:00', style: 'loss_aversion', delivered: false }),
      contact('4', 'b', { sent_at: '2026-05-01T10:00:00', channel: 'call' }),
    ],
    complaints: [
      complaint('1', 'a', '04'),
      complaint('2', 'a', '01', 'sms'),
      complaint('3', 'b', '09', 'sms'),
      complaint('4', 'c', '09'),
    ],
    contact_permissions: [
      permission('a', 'sms', '2026-05-20T00:00:00'),
      permission('b', 'sms', '2026-05-20T00:00:00'),
      permission('c', 'sms', null),
    ],
  });
  const { rows, figures } = await book.ask('complaints');
  expect(
    rows.map(({ measure, channel, style, events, delivered, per_thousand }) => [
      measure,
      channel,
      style,
      events,
      delivered,
      per_thousand,
    ]),
  ).toEqual([
    ['complaints', 'call', 'neutral', 0, 1, 0],
    ['complaints', 'sms', 'loss_aversion', 1, 1, 1000],
    ['complaints', 'sms', 'neutral', 1, 1, 1000],
    ['opt_outs', 'call', 'neutral', 0, 1, 0],
    ['opt_outs', 'sms', 'loss_aversion', 0, 1, 0],
    ['opt_outs', 'sms', 'neutral', 1, 1, 1000],
  ]);
  expect(figures).toEqual({ complaints: 2, complaints_apart: 2, opt_outs: 1, opt_outs_apart: 1 });
  expect(rows[1]?.upper).toBeCloseTo(5571.643, 2);
  expect((await book.ask('complaints', { windowDays: '2' })).figures).toMatchObject({
    opt_outs: 0,
    opt_outs_apart: 2,
  });
  await book.close();
});

it('contacts are told as of the newest event where there are no balances', async () => {
  const book = await openBook({
    contacts: [contact('1', 'a'), contact('2', 'b', { sent_at: '2026-06-02T23:00:00' })],
  });
  expect(await book.ask('contacts')).toMatchObject({ asOf: '2026-06-02', n: 2 });
  expect((await book.ask('contacts', { since: '2026-06-01' })).n).toBe(1);
  await book.close();
});

it('says what to load for want of a table, or of a column', async () => {
  const book = await openBook({
    ...people,
    contacts: [contact('1', 'a')],
    payments: [{ payment_id: 'p', account_id: 'a', paid_at: '2026-05-02T10:00:00', amount: 3 }],
  });
  expect((await book.ask('recovery')).missing).toEqual([
    {
      table: 'placements',
      column: null,
      advice: expect.objectContaining({
        en: 'Load the table placements with columns account_id, agency, placed_on, balance_placed.',
      }),
    },
  ]);
  expect((await book.ask('cost-to-collect')).missing).toEqual([
    {
      table: 'contacts',
      column: 'cost',
      advice: expect.objectContaining({ es: expect.stringContaining('cost') }),
    },
  ]);
  await book.close();
});

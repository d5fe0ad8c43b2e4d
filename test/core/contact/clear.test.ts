import { expect, it } from 'vitest';
import { clear } from '#core/contact/clear.ts';
import { plainBatch } from '../../support/contact/cleared-batch.ts';

const open = {
  now: '2026-03-03T00:00:00Z',
  simulated: false,
  acceptedUnverifiedBy: null,
  unverified: [] as string[],
};
const unverified = ['PE-29571 permission'];

it.each([
  ['exported', { state: 'exported' as const }, {}, 'batch_exported'],
  ['released', { state: 'released' as const }, {}, 'batch_exported'],
  ['nobody', { cleared: 0 }, {}, 'nothing_cleared'],
  ['too late', {}, { now: '2026-03-04T00:00:00Z' }, 'reservation_expired'],
  ['unverified', {}, { unverified }, 'unverified_rules'],
])('refuses a batch: %s', (_, change, given, code) => {
  expect(() => clear({ ...plainBatch(5), ...change }, { ...open, ...given })).toThrow(
    expect.objectContaining({ code }),
  );
});

it.each([
  ['verified', {}],
  ['accepted by name', { unverified, acceptedUnverifiedBy: 'Ana' }],
  ['simulated', { unverified, simulated: true }],
  ['until the last second', { now: '2026-03-03T23:59:59Z' }],
])('lets a batch through: %s', (_, given) => {
  const batch = plainBatch(5);
  expect(clear(batch, { ...open, ...given })).toEqual(batch);
});

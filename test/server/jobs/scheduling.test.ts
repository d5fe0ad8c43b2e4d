import { expect, it } from 'vitest';
import { dueNow, nextTimes } from '#server/jobs/scheduling/times.ts';

const bogota = { cron: '0 18 * * 1-5', timeZone: 'America/Bogota', missed: 'skip' as const };
const at = (text: string) => new Date(text);

it('comes at the local time, over weekends and clock changes', () => {
  expect(nextTimes(bogota, at('2026-11-20T23:00:00Z'), 2).map((time) => time.toISOString())).toEqual([
    '2026-11-23T23:00:00.000Z',
    '2026-11-24T23:00:00.000Z',
  ]);
  const madrid = { cron: '30 9 * * *', timeZone: 'Europe/Madrid' };
  expect(nextTimes(madrid, at('2026-10-24T00:00:00Z'), 2).map((time) => time.toISOString())).toEqual([
    '2026-10-24T07:30:00.000Z',
    '2026-10-25T08:30:00.000Z',
  ]);
});

it('waits, runs on time, and leaves out or makes up for what was missed', () => {
  const last = at('2026-11-23T23:00:00Z');
  expect(dueNow(bogota, last, at('2026-11-24T22:59:00Z'))).toEqual({ kind: 'wait' });
  expect(dueNow(bogota, last, at('2026-11-24T23:00:20Z'))).toEqual({
    kind: 'run',
    due: at('2026-11-24T23:00:00Z'),
  });
  const friday = at('2026-11-28T12:00:00Z');
  expect(dueNow(bogota, last, friday)).toEqual({ kind: 'missed', due: at('2026-11-27T23:00:00Z') });
  expect(dueNow({ ...bogota, missed: 'once' }, last, friday)).toEqual({
    kind: 'run',
    due: at('2026-11-27T23:00:00Z'),
  });
});

it.each([
  ['does not exist', '2026-03-28T01:30:00Z', '2026-03-29T01:00:00.000Z'],
  ['occurs twice', '2026-10-24T00:30:00Z', '2026-10-25T00:30:00.000Z'],
])('half past two on a night when it %s comes once', (_, last, comes) => {
  const nightly = { cron: '30 2 * * *', timeZone: 'Europe/Madrid', missed: 'once' as const };
  let before = at(last);
  const came: string[] = [];
  for (let minutes = 60; minutes < 40 * 60; minutes += 5) {
    const due = dueNow(nightly, before, new Date(at(last).getTime() + minutes * 60_000));
    if (due.kind === 'wait') continue;
    before = due.due;
    came.push(before.toISOString());
  }
  expect(came).toEqual([comes]);
});

it('finds the last time of a long stop at once', () => {
  const minutely = { cron: '* * * * *', timeZone: 'America/Bogota', missed: 'once' as const };
  const now = at('2026-11-24T23:00:00.000Z');
  expect(dueNow(minutely, at('2020-01-01T00:00:00Z'), now)).toEqual({ kind: 'run', due: now });
  expect(dueNow(minutely, now, now)).toEqual({ kind: 'wait' });
});

it.each([
  ['0 18 * *', 'America/Bogota'],
  ['61 18 * * *', 'America/Bogota'],
  ['0 18 * * *', 'America/Bogotá'],
  ['0 0 31 2 *', 'America/Bogota'],
])('refuses "%s" in %s by name', (cron, timeZone) => {
  expect(() => nextTimes({ cron, timeZone }, at('2026-11-20T00:00:00Z'), 1)).toThrow(
    expect.objectContaining({ code: 'schedule_unreadable' }),
  );
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Answer, Guarantee } from '#core/delivery/answer.ts';
import { afterCall, callsAllowed, closedBreaker } from '#core/delivery/breaker.ts';
import { afterCut, outcomeOf } from '#core/delivery/outcome.ts';
import { pack } from '#core/delivery/packing.ts';
import { retryAfter, standardSchedule, waitBefore } from '#core/delivery/retry.ts';

describe('what becomes of a call', () => {
  const unknown: Exclude<Answer, { kind: 'pending' }> = { kind: 'unknown', reason: 'reset' };
  it.each<[Guarantee, string]>([
    ['idempotent', 'again'],
    ['at_least_once', 'again'],
    ['at_most_once', 'settled'],
  ])('one whose end nobody knows, for %s: %s', (guarantee, kind) => {
    const outcome = outcomeOf(guarantee, 2, unknown);
    expect(outcome.kind).toBe(kind);
    if (outcome.kind === 'settled')
      expect(outcome.states).toEqual([
        { state: 'uncertain', reason: 'reset' },
        { state: 'uncertain', reason: 'reset' },
      ]);
  });

  it('never sends again what may have arrived at a receiver that keeps both', () => {
    const answers: Exclude<Answer, { kind: 'pending' }>['kind'][] = ['accepted', 'unknown'];
    for (const kind of answers)
      expect(outcomeOf('at_most_once', 1, { kind, reason: 'x' } as never).kind).toBe('settled');
    expect(afterCut('at_most_once')).toBe('uncertain');
    expect(afterCut('idempotent')).toBe('pending');
  });

  it('puts rejections on the rows they are of, and parts a call refused whole', () => {
    const answer: Answer = { kind: 'accepted', rejected: [{ place: 1, reason: 'no such field' }] };
    const outcome = outcomeOf('idempotent', 3, answer);
    expect(outcome).toMatchObject({
      states: [
        { state: 'acknowledged' },
        { state: 'rejected', reason: 'no such field' },
        { state: 'acknowledged' },
      ],
    });
    expect(outcomeOf('idempotent', 3, { kind: 'refused', reason: '400' })).toMatchObject({ kind: 'split' });
    expect(outcomeOf('idempotent', 1, { kind: 'refused', reason: '400' })).toMatchObject({
      states: [{ state: 'rejected' }],
    });
  });
});

describe('packing', () => {
  it('keeps every row once, in order, within count and bytes', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 200 }),
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 10, max: 100 }),
        (sizes, rows, bytes) => {
          const given = sizes.map((size, i) => ({ size, i }));
          const { calls, tooLarge } = pack(given, ({ size }) => size, { rows, bytes, envelopeBytes: 2 });
          expect([...calls.flat(), ...tooLarge].toSorted((a, b) => a.i - b.i)).toEqual(given);
          expect(calls.flat().map(({ i }) => i)).toEqual(
            calls
              .flat()
              .map(({ i }) => i)
              .toSorted((a, b) => a - b),
          );
          for (const call of calls) {
            expect(call.length).toBeLessThanOrEqual(rows);
            expect(call.reduce((sum, { size }) => sum + size + 1, 2)).toBeLessThanOrEqual(bytes);
          }
          for (const { size } of tooLarge) expect(size + 1 + 2).toBeGreaterThan(bytes);
        },
      ),
    );
  });
});

describe('waiting', () => {
  it('draws within each step of the schedule, and ends with it', () => {
    expect(waitBefore(standardSchedule, 1, 0.5)).toBe(2_500);
    expect(waitBefore(standardSchedule, 2, 0.999)).toBe(299_700);
    expect(waitBefore(standardSchedule, standardSchedule.length, 0.5)).toBeNull();
  });

  it.each([
    ['120', 120_000],
    ['Sun, 22 Nov 2026 10:00:30 GMT', 30_000],
    ['Sun, 22 Nov 2026 09:00:00 GMT', 0],
    ['999999999', 86_400_000],
    ['soon', undefined],
    ['', undefined],
    [null, undefined],
  ])('reads Retry-After %s', (header, expected) => {
    expect(retryAfter(header, Date.parse('2026-11-22T10:00:00Z'))).toBe(expected);
  });

  it('opens after failures in a row, lets one call try it, and closes with the first that ends well', () => {
    const limits = { failures: 3, openMs: 1_000, longestMs: 4_000 };
    let breaker = closedBreaker;
    for (let i = 0; i < 2; i++) breaker = afterCall(breaker, limits, false, 0);
    expect(callsAllowed(breaker, 8, 0)).toBe(8);
    breaker = afterCall(breaker, limits, false, 0);
    expect([callsAllowed(breaker, 8, 999), callsAllowed(breaker, 8, 1_000)]).toEqual([0, 1]);
    for (let i = 0; i < 9; i++) breaker = afterCall(breaker, limits, false, 10_000);
    expect([callsAllowed(breaker, 8, 13_999), callsAllowed(breaker, 8, 14_000)]).toEqual([0, 1]);
    expect(callsAllowed(afterCall(breaker, limits, true, 14_000), 8, 14_000)).toBe(8);
  });
});

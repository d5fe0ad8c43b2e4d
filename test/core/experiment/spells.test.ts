import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ExperimentEvent } from '#core/contract/experiments/lifecycle.ts';
import { jointSpells, spellsOf, withinSpells } from '#core/experiment/spells.ts';
import { duckdb } from '#core/sql/dialects/duckdb.ts';
import { raw } from '#core/sql/sql.ts';

type Happened = Pick<ExperimentEvent, 'kind' | 'arm' | 'on'>;
const event = (kind: Happened['kind'], on: string, arm: string | null = null): Happened => ({
  kind,
  on,
  arm,
});
const of = (events: readonly Happened[]) =>
  Object.fromEntries(spellsOf(['a', 'b'], '2026-11-03', events).map(({ arm, ...rest }) => [arm, rest]));

describe('spells in which an arm was open', () => {
  it('begin at the start and have no end while nothing happens', () => {
    expect(of([event('started', '2026-11-03')]).a).toEqual({
      status: 'open',
      spells: [{ from: '2026-11-03', until: null }],
    });
  });

  it('end and begin with pauses of everything and of one arm, and end for good with a drop', () => {
    const found = of([
      event('paused', '2026-11-05'),
      event('arm_paused', '2026-11-06', 'b'),
      event('resumed', '2026-11-08'),
      event('arm_resumed', '2026-11-10', 'b'),
      event('arm_dropped', '2026-11-12', 'a'),
      event('arm_resumed', '2026-11-13', 'a'),
    ]);
    expect(found.a).toEqual({
      status: 'dropped',
      spells: [
        { from: '2026-11-03', until: '2026-11-05' },
        { from: '2026-11-08', until: '2026-11-12' },
      ],
    });
    expect(found.b).toEqual({
      status: 'open',
      spells: [
        { from: '2026-11-03', until: '2026-11-05' },
        { from: '2026-11-10', until: null },
      ],
    });
    expect(jointSpells(found.a!.spells, found.b!.spells)).toEqual([
      { from: '2026-11-03', until: '2026-11-05' },
      { from: '2026-11-10', until: '2026-11-12' },
    ]);
  });

  it('are all over when it is stopped, whatever follows', () => {
    const found = of([event('stopped', '2026-11-04'), event('resumed', '2026-11-09')]);
    expect(found.a!.spells).toEqual([{ from: '2026-11-03', until: '2026-11-04' }]);
  });

  it('of a day before the start leave nothing', () => {
    expect(of([event('arm_dropped', '2026-11-01', 'a')]).a!.spells).toEqual([]);
  });

  it('agree with going through the events day by day', () => {
    const day = (i: number) => new Date(Date.UTC(2026, 10, 3 + i)).toISOString().slice(0, 10);
    const events = fc
      .array(
        fc.record({
          kind: fc.constantFrom<Happened['kind']>(
            'paused',
            'resumed',
            'arm_paused',
            'arm_resumed',
            'arm_dropped',
            'stopped',
          ),
          at: fc.integer({ min: 0, max: 20 }),
        }),
        { maxLength: 8 },
      )
      .map((list) =>
        list
          .sort((x, y) => x.at - y.at)
          .map(({ kind, at }) => event(kind, day(at), kind.startsWith('arm_') ? 'a' : null)),
      );
    fc.assert(
      fc.property(events, fc.integer({ min: 0, max: 25 }), (happened, i) => {
        const seen = happened.filter(({ on }) => on <= day(i));
        let [whole, arm, over] = [true, 'open', false];
        for (const { kind } of seen) {
          if (kind === 'paused') whole = false;
          if (kind === 'resumed') whole = true;
          if (kind === 'arm_paused' && arm !== 'dropped') arm = 'paused';
          if (kind === 'arm_resumed' && arm !== 'dropped') arm = 'open';
          if (kind === 'arm_dropped') arm = 'dropped';
          if (kind === 'stopped') over = true;
        }
        const inside = of(happened).a!.spells.some(
          ({ from, until }) => from <= day(i) && (until === null || day(i) < until),
        );
        expect(inside).toBe(whole && arm === 'open' && !over);
      }),
      { seed: 5 },
    );
  });

  it('are a condition on a day in SQL; none is never met', () => {
    expect(withinSpells(duckdb, raw('d'), []).text).toBe('false');
    const { text, values } = withinSpells(duckdb, raw('d'), [{ from: '2026-11-03', until: '2026-11-05' }]);
    expect([text.includes('d >= '), text.includes('d < '), values]).toEqual([
      true,
      true,
      ['2026-11-03', '2026-11-05'],
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import { scorecardModel } from '#models/scorecard/model.ts';
import { explainRow } from '#models/scorecard/reasons.ts';
import type { SavedScorecard } from '#models/scorecard/saved.ts';

const saved: SavedScorecard = {
  intercept: -0.4,
  interceptError: 0.1,
  terms: [
    {
      bins: {
        kind: 'numeric',
        column: 'days',
        cuts: [10, 30],
        woe: [0.8, 0.1, -1.2, 0.3],
        tallies: [
          { n: 50, events: 30 },
          { n: 30, events: 12 },
          { n: 20, events: 2 },
          { n: 0, events: 0 },
        ],
      },
      coefficient: 0.9,
      standardError: 0.1,
      information: 0.4,
    },
    {
      bins: {
        kind: 'categorical',
        column: 'channel',
        groups: [['sms', 'email'], ['call']],
        woe: [0.2, -0.5, 0, 0],
        tallies: [
          { n: 60, events: 30 },
          { n: 40, events: 14 },
          { n: 0, events: 0 },
          { n: 0, events: 0 },
        ],
      },
      coefficient: 1.1,
      standardError: 0.1,
      information: 0.1,
    },
  ],
  information: {},
  scale: { basePoints: 600, baseOdds: 1, pointsToDouble: 20 },
};
const factor = 20 / Math.LN2;

describe('reasons of a scorecard', () => {
  it('add up: points to the score, differences to the difference from the average', () => {
    const explained = explainRow(saved, { days: 45, channel: 'call' });
    const eta = -0.4 + 0.9 * -1.2 + 1.1 * -0.5;
    expect(explained.points).toBeCloseTo(600 + factor * eta, 9);
    const mean = -0.4 + 0.9 * (0.5 * 0.8 + 0.3 * 0.1 - 0.2 * 1.2) + 1.1 * (0.6 * 0.2 - 0.4 * 0.5);
    expect(explained.average).toBeCloseTo(600 + factor * mean, 9);
    const differences = explained.contributions.reduce((sum, one) => sum + one.difference, 0);
    expect(differences).toBeCloseTo(explained.points - explained.average, 9);
    expect(explained.probability).toBeCloseTo(1 / (1 + Math.exp(-eta)), 12);
  });

  it('come with the largest first and name the bin', () => {
    const { contributions } = explainRow(saved, { days: 45, channel: 'call' });
    expect(contributions.map(({ feature, bin }) => [feature, bin])).toEqual([
      ['days', '> 30'],
      ['channel', 'call'],
    ]);
    expect(contributions[0]?.difference).toBeLessThan(0);
  });

  it.each([
    [{ days: 10, channel: 'email' }, ['≤ 10', 'sms, email']],
    [{ days: 10.5, channel: 'fax' }, ['10 < x ≤ 30', '…']],
    [{ days: null, channel: null }, ['∅', '∅']],
    [{}, ['∅', '∅']],
  ])('%j falls where the model puts it', (row, bins) => {
    const explained = explainRow(saved, row);
    const byFeature = new Map(explained.contributions.map((one) => [one.feature, one.bin]));
    expect([byFeature.get('days'), byFeature.get('channel')]).toEqual(bins);
    const days = 'days' in row && row.days !== null ? row.days : Number.NaN;
    const channel = 'channel' in row ? row.channel : null;
    const [predicted] = scorecardModel(saved).predict({
      rows: 1,
      columns: [
        { kind: 'numeric', name: 'days', values: Float64Array.of(days) },
        {
          kind: 'categorical',
          name: 'channel',
          codes: Int32Array.of(channel === null ? -1 : 0),
          categories: channel === null ? [] : [channel],
        },
      ],
    } as never);
    expect(explained.probability).toBeCloseTo(predicted ?? 0, 12);
  });
});

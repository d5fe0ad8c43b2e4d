import { describe, expect, it } from 'vitest';
import { figures } from '../../../web/src/i18n/figures.ts';

const hard = '\u00a0';
const es = figures('es');
const en = figures('en');

describe('figures', () => {
  it.each<[string, string, string]>([
    [es.integer(18412), `18${hard}412`, 'thousands'],
    [en.integer(18412), '18,412', 'thousands'],
    [es.percent(0.382), `38,2${hard}%`, 'share'],
    [en.percent(0.382), '38.2%', 'share'],
    [es.points(2.14), '+2,1 pp', 'gain'],
    [es.points(-0.4), '−0,4 pp', 'loss'],
    [en.points(0), '0.0 pp', 'nothing'],
    [es.interval(0.9, 3.3, (value) => es.decimal(value, 1)), '[0,9; 3,3]', 'interval'],
    [en.interval(0.9, 3.3, (value) => en.decimal(value, 1)), '[0.9, 3.3]', 'interval'],
    [es.money('1234.50', 'USD'), `1${hard}234,50 USD`, 'amount'],
    [
      es.money('12345678901234567.89', 'COP'),
      `12${hard}345${hard}678${hard}901${hard}234${hard}567,89 COP`,
      'exact',
    ],
    [en.money(null, 'USD'), '–', 'no amount'],
    [es.integer(null), '–', 'nothing known'],
    [es.decimal(Number.NaN), '–', 'not a number'],
    [es.seen(3.04), '3,1 pp', 'rounded up'],
    [es.seen(3), '3,0 pp', 'not beyond'],
    [es.probability(0.0004), '< 0,001', 'tiny'],
    [es.probability(0.004), '0,004', 'small'],
    [es.probability(0.41), '0,41', 'ordinary'],
    [es.date('2026-11-03'), '3 nov 2026', 'date'],
    [en.date('2026-11-03'), '3 Nov 2026', 'date'],
    [es.date(null), '–', 'no date'],
    [es.month('2026-01-31'), 'ene 26', 'month'],
    [es.bytes(950), '950 B', 'bytes'],
    [es.bytes(2_201_231), '2,2 MB', 'megabytes'],
    [es.duration(4.26), `4,3${hard}s`, 'seconds'],
    [es.duration(40), `40${hard}s`, 'seconds'],
    [es.duration(150), `3${hard}min`, 'minutes'],
    [es.duration(3900), `1${hard}h 5${hard}min`, 'hours'],
  ])('%s', (shown, wanted) => {
    expect(shown).toBe(wanted);
  });
});

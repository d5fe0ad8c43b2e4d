import { describe, expect, it } from 'vitest';
import {
  asAddress,
  filterKeys,
  filterOf,
  monthStart,
  noFilter,
  parametersOf,
} from '../../../../web/src/features/portfolio/filter/filter.ts';
import { ageingShares, trendOf } from '../../../../web/src/features/portfolio/read/ageing.ts';
import { placed } from '../../../../web/src/features/portfolio/sections.ts';

describe('the filter in the address', () => {
  it('takes what narrows and leaves the rest of the address alone', () => {
    const query = {
      country: 'CO',
      product: '',
      measure: 'accounts',
      since: '2026-03-01',
      'cure.months': '3',
    };
    expect(filterOf(query)).toEqual({ country: 'CO', since: '2026-03-01' });
    expect(Object.keys(noFilter)).toEqual([...filterKeys]);
  });

  it('gives the parameters of one KPI, and writes them back', () => {
    const query = { 'roll-rates.months': '3', 'roll-rates.until': '', 'cure.months': '6', country: 'CO' };
    expect(parametersOf(query, 'roll-rates')).toEqual({ months: '3' });
    expect(asAddress('roll-rates', { months: 3, until: undefined })).toEqual({
      'roll-rates.months': '3',
      'roll-rates.until': '',
    });
  });

  it('begins a month on its first day', () => {
    expect(monthStart('2026-02-28')).toBe('2026-02-01');
  });
});

describe('sections', () => {
  it('hold every KPI once, those without a place at the end', () => {
    const found = placed([{ id: 'cure' }, { id: 'new-one' }, { id: 'ageing' }], {
      currencies: 5,
      months: 18,
    });
    expect(found.map(({ id, tiles }) => [id, tiles.map(({ kpi }) => kpi.id)])).toEqual([
      ['state', ['ageing']],
      ['moves', ['cure']],
      ['other', ['new-one']],
    ]);
  });

  it('keep more room for more currencies', () => {
    const room = (currencies: number) =>
      placed([{ id: 'recovery' }], { currencies, months: 18 })[0]?.tiles[0];
    expect(room(5)?.narrow).toBeGreaterThan(room(1)?.narrow ?? 0);
    expect(room(1)?.height).toBeGreaterThan(room(5)?.height ?? 0);
    const vintages = (months: number) => placed([{ id: 'vintages' }], { currencies: 1, months })[0]?.tiles[0];
    expect(vintages(18)?.height).toBeGreaterThan(vintages(6)?.height ?? 0);
  });
});

describe('ageing', () => {
  const row = (as_of: string, currency: string, bucket: string, accounts: number, share: number | null) => ({
    as_of,
    currency,
    bucket,
    accounts,
    share_of_balance: share,
  });
  const pesos = [
    row('2026-09-30', 'MXN', '0', 80, 0.8),
    row('2026-09-30', 'MXN', '1-29', 20, 0.2),
    row('2026-10-31', 'MXN', '0', 70, 0.9),
    row('2026-10-31', 'MXN', '90-119', 5, 0.04),
    row('2026-10-31', 'MXN', '180+', 5, 0.06),
    row('2026-10-31', 'MXN', 'charged_off', 900, null),
    row('2026-10-31', 'MXN', 'closed', 900, null),
  ];

  it('leaves out what is charged off or closed, and adds up 90 days and more', () => {
    const last = ageingShares(pesos, 'balance').filter((share) => share.asOf === '2026-10-31');
    expect(last.map(({ band, share }) => [band, share])).toEqual([
      ['1-29', 0],
      ['30-59', 0],
      ['60-89', 0],
      ['90+', 0.1],
    ]);
  });

  it('counts accounts of several currencies together', () => {
    const both = [...pesos, row('2026-10-31', 'COP', '90-119', 20, 1)];
    expect(ageingShares(pesos, 'accounts').at(-1)?.share).toBeCloseTo(10 / 80, 12);
    expect(ageingShares(both, 'accounts').at(-1)?.share).toBeCloseTo(30 / 100, 12);
  });

  it('says whether it went up, and knows no trend in one month', () => {
    const trend = trendOf(ageingShares(pesos, 'balance'), '90+');
    expect(trend).toEqual({
      last: 0.1,
      before: 0,
      since: pesos[0]?.as_of,
      asOf: '2026-10-31',
      trend: 'up',
    });
    expect(trendOf(ageingShares(pesos.slice(0, 2), 'balance'), '90+')?.trend).toBe('none');
    expect(trendOf([], '90+')).toBeNull();
  });
});

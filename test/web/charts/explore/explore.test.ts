import { compile, type TopLevelSpec } from 'vega-lite';
import { describe, expect, it } from 'vitest';
import type { QueryChart } from '#core/contract/query.ts';
import { chartAggregates, chartKinds } from '#core/contract/query.ts';
import type { Pens } from '../../../../web/src/charts/chart.ts';
import { type ExploreWords, explore, specByHand } from '../../../../web/src/charts/explore/explore.ts';
import {
  chartRows,
  defaultChart,
  fits,
  kindOf,
  type ResultRow,
} from '../../../../web/src/charts/explore/explore-columns.ts';
import { compileFault, readSpec } from '../../../../web/src/charts/explore/explore-spec.ts';

const palette = {
  paper: '#fbfaf7',
  sheet: '#ffffff',
  ink: '#1b2126',
  soft: '#56616a',
  line: '#e4e1da',
  rule: '#cbc7be',
  accent: '#1d5d8c',
  good: '#26785f',
  warn: '#9d5600',
  harm: '#7f1d1d',
  arms: ['#56616a', '#1d5d8c', '#c2660c', '#4c9a86', '#5b2a6e'],
  ramp: ['#e9edf0', '#1d5d8c'],
} as const;
const pens: Pens = { palette, locale: 'es' };
const words: ExploreWords = {
  description: 'd',
  count: 'Filas',
  aggregate: (one, column) => `${one} ${column}`,
};
const column = (name: string, type: string) => ({ name, type });
const [day, amount, many, group, odd] = [
  column('as_of', 'DATE'),
  column('amount', 'DECIMAL(38,2)'),
  column('n', 'BIGINT'),
  column('currency', 'VARCHAR'),
  column('a.b[0] "c"', 'VARCHAR'),
];

describe('what a column can be', () => {
  it.each([
    ['BIGINT', 'quantity'],
    ['UINTEGER', 'quantity'],
    ['TINYINT', 'quantity'],
    ['HUGEINT', 'quantity'],
    ['DECIMAL(18,2)', 'quantity'],
    ['DOUBLE', 'quantity'],
    ['DATE', 'time'],
    ['TIMESTAMP', 'time'],
    ['TIMESTAMP WITH TIME ZONE', 'time'],
    ['INTERVAL', 'category'],
    ['VARCHAR', 'category'],
    ['BOOLEAN', 'category'],
    ['BIGINT[]', 'category'],
    ["ENUM('a')", 'category'],
  ])('%s is a %s', (type, kind) => {
    expect(kindOf(column('x', type))).toBe(kind);
  });
});

describe('the chart that is drawn first', () => {
  const rows: ResultRow[] = [
    ['2026-01-31', '10.50', 1, 'USD', 'x'],
    ['2026-02-28', '11.50', 2, 'COP', 'y'],
  ];
  const chartOf = (...at: number[]) =>
    defaultChart(
      at.map((i) => [day, amount, many, group, odd][i] as typeof day),
      rows.map((row) => at.map((i) => row[i] ?? null)),
    );

  it.each([
    [[0, 1, 3], { kind: 'line', x: 'as_of', y: 'amount', colour: 'currency' }],
    [[3, 2], { kind: 'bar', x: 'currency', y: 'n', colour: null }],
    [[3, 4, 2], { kind: 'bar', x: 'currency', y: 'n', colour: 'a.b[0] "c"' }],
    [[2, 1], { kind: 'point', x: 'n', y: 'amount' }],
    [[3], { kind: 'bar', x: 'currency', y: null, aggregate: 'count' }],
    [[0], { kind: 'line', x: 'as_of', y: null, aggregate: 'count' }],
  ] as const)('of columns %j', (at, expected) => {
    expect(chartOf(...at)).toMatchObject(expected);
  });

  it('is a map where a second category has many values, and none where there is nothing', () => {
    const cells: ResultRow[] = Array.from({ length: 36 }, (_, i) => [
      `r${i % 6}`,
      `c${Math.floor(i / 6)}`,
      i,
    ]);
    expect(defaultChart([group, odd, many], cells)?.kind).toBe('heat');
    expect(defaultChart([group, many], [])).toBeNull();
    expect(defaultChart([many], [[1]])).toBeNull();
  });

  it('fits a result only where its columns are', () => {
    const chart = chartOf(3, 2) as QueryChart;
    expect(fits(chart, [group, many])).toBe(true);
    expect(fits(chart, [group, amount])).toBe(false);
  });
});

describe('every kind of chart', () => {
  const columns = [day, amount, many, group, odd];
  const rows: ResultRow[] = [
    ['2026-01-31', '10.50', 1, 'USD', 'x'],
    ['2026-02-28', null, 2, null, 'y'],
    ['2026-03-31', '-3.25', null, 'COP', 'z'],
  ];
  const cases = chartKinds.flatMap((kind) =>
    chartAggregates.flatMap((aggregate) =>
      columns.flatMap(({ name: x }) =>
        ['amount', 'currency', null].map((y) => ({ kind, aggregate, x, y, colour: 'n', spec: null })),
      ),
    ),
  );

  it(`compiles, ${cases.length} of them`, () => {
    for (const chart of cases) {
      const spec = explore(chart, columns, rows, words, pens);
      expect(() => compile(spec as TopLevelSpec), JSON.stringify(chart)).not.toThrow();
    }
  });

  it('draws exact numbers as numbers and keeps nothing as nothing', () => {
    expect(
      chartRows(
        [amount, many],
        [
          ['10.50', 1],
          [null, null],
        ],
      ),
    ).toEqual([
      { amount: 10.5, n: 1 },
      { amount: null, n: null },
    ]);
  });

  it('reads a name with points and brackets as one name', () => {
    const chart: QueryChart = {
      kind: 'bar',
      x: odd.name,
      y: 'n',
      colour: null,
      aggregate: 'none',
      spec: null,
    };
    expect(JSON.stringify(explore(chart, columns, rows, words, pens))).toContain(String.raw`a\\.b\\[0\\]`);
  });
});

describe('a specification by hand', () => {
  const chart: QueryChart = {
    kind: 'bar',
    x: 'currency',
    y: 'n',
    colour: null,
    aggregate: 'none',
    spec: null,
  };
  const rows: ResultRow[] = [['USD', 1]];
  const made = specByHand(explore(chart, [group, many], rows, words, pens));

  it('begins with what is drawn, without its rows, and is drawn again the same', () => {
    expect(made.data).toEqual({ name: 'rows' });
    const read = readSpec(JSON.stringify(made));
    expect(read).toEqual({ spec: made });
    const again = explore({ ...chart, spec: made }, [group, many], rows, words, pens) as unknown as {
      data: unknown;
    };
    expect(again.data).toEqual({ name: 'rows', values: [{ currency: 'USD', n: 1 }] });
  });

  it.each([
    ['{', 'json'],
    ['[]', 'object'],
    ['"x"', 'object'],
    ['{"data": {"url": "https://example.com"}}', 'data'],
    ['{"data": {"values": []}}', 'data'],
    ['{"data": {"name": "rows", "url": "x"}}', 'data'],
    ['{"datasets": {"a": []}}', 'data'],
    ['{"layer": [{"transform": [{"lookup": "x", "from": {"data": {"url": "x"}, "key": "k"}}]}]}', 'data'],
    ['{"encoding": {"url": {"field": "x"}}}', 'outside'],
    ['{"encoding": {"href": {"field": "x"}}}', 'outside'],
    ['{"mark": "image"}', 'outside'],
    ['{"layer": [{"mark": {"type": "image"}}]}', 'outside'],
    ['{"usermeta": {"embedOptions": {"loader": {}}}}', 'outside'],
    [`{"title": "${'x'.repeat(20_001)}"}`, 'large'],
  ])('is refused: %.60s', (text, kind) => {
    expect(readSpec(text)).toMatchObject({ fault: { kind } });
  });

  it('is refused where Vega-Lite does not take it', async () => {
    const drawn = explore(
      { ...chart, spec: { mark: { type: 'nothing' } } },
      [group, many],
      rows,
      words,
      pens,
    );
    expect(await compileFault(drawn)).toMatchObject({ kind: 'compile' });
    expect(
      await compileFault(explore({ ...chart, spec: made }, [group, many], rows, words, pens)),
    ).toBeNull();
  });
});

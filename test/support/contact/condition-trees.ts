import fc from 'fast-check';
import { flagKinds } from '#core/portfolio/tables/people.ts';
import {
  armFact,
  channelFact,
  decileFact,
  factColumns,
  featureFact,
  flagColumn,
  knownColumns,
  percentileFact,
  scoreColumn,
  styleFact,
  sureFact,
} from '#core/segment/columns.ts';
import type { Condition } from '#core/segment/condition.ts';
import { plainVocabulary, type Vocabulary } from '#core/segment/describe/vocabulary.ts';
import { raw, type Sql } from '#core/sql/sql.ts';

/** Facts with every kind of column known or missing, and conditions drawn over them. */
export type DrawnFact = Record<string, string | number | boolean | null>;

const experiment = '0190-aa';
const style = 'loss-aversion';
const feature = (name: string, kind: 'numeric' | 'categorical') =>
  [`payments.${name}`, { name, kind, title: { es: name, en: name } }] as const;

export const vocabulary: Vocabulary = {
  ...plainVocabulary(['self-cure']),
  features: new Map([feature('paid_share', 'numeric'), feature('status_1m', 'categorical')]),
  experiments: new Map([[experiment, { title: experiment, arms: ['A', 'pérdida 2', 'o'] }]]),
  styles: new Map([[style, { es: style, en: style }]]),
  channels: ['sms', 'email', 'call'],
};

const categories: Record<string, string[]> = {
  currency: ['MXN', 'COP'],
  bucket: ['0', '1-29', '30-59'],
  country: ['MX', 'CO'],
  product_type: ["d'or", 'préstamo «y» tarjeta', 'card', 'o', 'sin', '“or” not (x)'],
};
const wordsOf = (name: string) => categories[name] ?? ['x', 'y'];
const wholes = [0, 1, 7, 29, 30, 90, 1200, 5000];
const amounts = [-1, 0, 1, 29, 30, 99.99, 100, 250.5, 1234.5, 5000];
const doubles = [-1, 0, 0.1, 1 / 3, 0.7, 1, 1e-7, 12345.678];
const shares = [0, 0.05, 0.1, 0.25, 1 / 3, 0.5, 0.9, 0.95, 1];

interface Range {
  from?: number;
  to?: number;
}
const bounds = (numbers: readonly number[]): fc.Arbitrary<Range> =>
  fc
    .tuple(
      fc.uniqueArray(fc.constantFrom(...numbers), { minLength: 2, maxLength: 2 }),
      fc.constantFrom('from', 'to', 'both'),
    )
    .map(([ends, kind]) => {
      const [from, to] = ends.sort((a, b) => a - b) as [number, number];
      if (kind === 'from') return { from };
      return kind === 'to' ? { to } : { from, to };
    });
const named = (type: string) =>
  fc.constantFrom(...knownColumns.filter((column) => column.type === type).map(({ name }) => name));
const someOf = (values: readonly string[]) => fc.uniqueArray(fc.constantFrom(...values), { minLength: 1 });
const inOrNot = fc.constantFrom('in' as const, 'not_in' as const);
const known = fc.constantFrom('missing' as const, 'present' as const);

const leaves: fc.Arbitrary<Condition>[] = [
  named('category').chain((column) =>
    fc.record({ column: fc.constant(column), is: inOrNot, values: someOf([...wordsOf(column), 'zz']) }),
  ),
  fc.tuple(named('number'), bounds(wholes)).map(([column, range]) => ({ column, is: 'between', ...range })),
  fc
    .tuple(named('money'), bounds(amounts), fc.constantFrom('MXN', 'COP'))
    .map(([column, range, currency]) => ({ column, is: 'between', currency, ...range })),
  fc.record({ column: fc.constantFrom(...knownColumns.map(({ name }) => name)), is: known }),
  bounds(doubles).map((range) => ({ feature: 'payments.paid_share', is: 'between' as const, ...range })),
  fc.record({ feature: fc.constant('payments.status_1m'), is: inOrNot, values: someOf(['x', 'y', 'z z']) }),
  fc.record({ feature: fc.constant('payments.paid_share'), is: known }),
  bounds(shares).map((range) => ({ score: 'self-cure', ...range })),
  fc
    .uniqueArray(fc.integer({ min: 1, max: 10 }), { minLength: 1, maxLength: 4 })
    .map((of) => ({ decile: 'self-cure', of: of.sort((a, b) => a - b) })),
  fc
    .tuple(fc.constantFrom('balance', 'days_past_due'), bounds(shares))
    .map(([column, range]) => ({ percentile: { column }, within: 'currency' as const, ...range })),
  bounds(shares).map((range) => ({
    percentile: { feature: 'payments.paid_share' },
    within: 'book' as const,
    ...range,
  })),
  fc.record({ flag: fc.constantFrom(...flagKinds), is: fc.constantFrom('set' as const, 'clear' as const) }),
  fc.record({ experiment: fc.constant(experiment), arms: someOf(['A', 'pérdida 2', 'o']) }),
  fc
    .tuple(
      fc.constantFrom('received' as const, 'not_received' as const),
      fc.option(fc.constantFrom(1, 30, 1200), { nil: undefined }),
    )
    .map(([is, withinDays]) => ({ style, is, ...(withinDays === undefined ? {} : { withinDays }) })),
  fc
    .tuple(someOf(['sms', 'email', 'call']), fc.boolean())
    .map(([bestChannel, sure]) => ({ bestChannel, ...(sure ? { sure } : {}) })),
];

const centre = fc.tuple(
  fc.constantFrom(-1.5, -0.2, 0, 0.4, 2),
  fc.constantFrom(-1, 0, 0.333, 1),
  fc.constantFrom(0, 1),
);
const nearest: fc.Arbitrary<Condition> = fc
  .tuple(fc.array(centre, { minLength: 2, maxLength: 5 }), fc.nat())
  .map(([centres, which]) => ({
    nearest: 1 + (which % centres.length),
    measures: [
      { of: { column: 'days_past_due' }, mean: 31.7, deviation: 28.3 },
      { of: { rankOf: 'balance' }, mean: 0.4987, deviation: 0.2881 },
      { of: { score: 'self-cure' }, mean: 0.61, deviation: 0.2 },
    ],
    centres,
  }));

const treesOf = (leaf: fc.Arbitrary<Condition>): fc.Arbitrary<Condition> =>
  fc.letrec<{ tree: Condition }>((tie) => ({
    tree: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      leaf,
      fc.record({ all: fc.array(tie('tree'), { maxLength: 3 }) }),
      fc.record({ any: fc.array(tie('tree'), { minLength: 1, maxLength: 3 }) }),
      fc.record({ not: tie('tree') }),
    ),
  })).tree;

/** Trees of all kinds of conditions; `sayable` leaves out the nearest centre, whose words round its centre. */
export const trees = treesOf(fc.oneof(...leaves, nearest));
export const sayable = treesOf(fc.oneof(...leaves));
/** Each kind of condition at least once in so many draws. */
export const leaf = fc.oneof(...leaves, nearest);

const oneOf = (values: readonly (string | number)[]) =>
  fc.option(fc.constantFrom<string | number>(...values), { freq: 4 });

/** Accounts, drawn once. */
export const drawnFacts: DrawnFact[] = fc.sample(
  fc.record(
    Object.fromEntries([
      ...knownColumns.map(({ name, type }) => [
        name,
        name === 'currency'
          ? fc.constantFrom(...wordsOf(name))
          : oneOf(type === 'category' ? wordsOf(name) : type === 'money' ? amounts : wholes),
      ]),
      ...flagKinds.map((kind) => [flagColumn(kind), fc.boolean()]),
      [scoreColumn('self-cure'), oneOf(shares)],
      [decileFact('self-cure'), oneOf([1, 2, 5, 9, 10])],
      [featureFact('payments.paid_share'), oneOf(doubles)],
      [featureFact('payments.status_1m'), oneOf(['x', 'y', 'z z'])],
      [percentileFact('currency', 'balance'), oneOf(shares)],
      [percentileFact('currency', 'days_past_due'), oneOf(shares)],
      [percentileFact('book', featureFact('payments.paid_share')), oneOf(shares)],
      [armFact(experiment), oneOf(['A', 'pérdida 2', 'o'])],
      [styleFact(style), oneOf([0, 1, 30, 31, 1200])],
      [channelFact, oneOf(['sms', 'email', 'call'])],
      [sureFact, fc.boolean()],
    ]),
  ) as fc.Arbitrary<DrawnFact>,
  { numRuns: 120, seed: 11 },
);

const isText = /^(feature:payments.status|arm:|best_channel$)/;

/** The engine's type of a drawn column. */
export const typeOf = (name: string): Sql => {
  const type = factColumns.find((column) => column.name === name)?.type;
  if (name.startsWith('flag:') || name === sureFact) return raw('BOOLEAN');
  if (type === 'category' || isText.test(name)) return raw('VARCHAR');
  return raw(type === 'money' ? 'DECIMAL(18,2)' : 'DOUBLE');
};

import { z } from 'zod';
import { raw, sql } from '../../sql/sql.ts';
import { absorbed } from '../../stats/markov.ts';
import { field } from '../../text/field.ts';
import { bucketNames } from '../buckets.ts';
import { defineKpi, type KpiRow, type KpiScope } from '../kpi.ts';
import { column, columns } from './parts/columns.ts';
import { type NetStep, netSteps, stocks } from './parts/net.ts';
import { openings, unfiltered, withPairs } from './parts/pairs.ts';
import { grouped, inOrder, ratio, total } from './parts/rows.ts';
import { stateNames } from './parts/state.ts';
import { monthDate, monthNumber } from './parts/states.ts';

const parameters = z.object({
  months: z.coerce
    .number()
    .int()
    .min(1)
    .max(36)
    .default(6)
    .meta(
      field('Meses juntos', 'Months together', {
        es: 'De movimientos, los últimos hasta la fecha',
        en: 'Of rolls, the last ones up to the date',
      }),
    ),
  horizon: z.coerce
    .number()
    .int()
    .min(1)
    .max(120)
    .default(12)
    .meta(
      field('Horizonte en meses', 'Horizon in months', {
        es: 'Hasta cuándo se mira hacia adelante',
        en: 'How far one looks ahead',
      }),
    ),
});
type Scope = KpiScope<z.output<typeof parameters>>;

const opened = (scope: Scope): number[] =>
  openings(scope).filter((month) => month >= monthNumber(scope.asOf) - scope.parameters.months);

/** Chances between all states from counted ways; a state nobody was in stays where it is. */
function chancesOf(ways: readonly KpiRow[]): number[][] {
  return stateNames.map((before, i) => {
    const from = ways.filter((way) => way.before === before);
    const of = total(from, 'accounts');
    return stateNames.map((after, j) =>
      of > 0
        ? total(
            from.filter((way) => way.after === after),
            'accounts',
          ) / of
        : i === j
          ? 1
          : 0,
    );
  });
}

/** Net rolls of the months put together, in the order of the way down. */
const pooled = (steps: readonly NetStep[]) =>
  bucketNames.flatMap((before) => {
    const of = steps.filter((step) => step.before === before);
    const sum = (name: 'opening' | 'closing') => of.reduce((all, step) => all + Number(step[name]), 0);
    return of.length ? [{ before, net: ratio(sum('closing'), sum('opening')) }] : [];
  });

/** Product of the net rolls from a bucket to charge-off; null where a bucket on the way held nothing. */
function productFrom(steps: ReturnType<typeof pooled>, start: string): number | null {
  const first = steps.findIndex(({ before }) => before === start);
  if (first < 0) return null;
  return steps
    .slice(first)
    .reduce<number | null>(
      (product, { net }) => (product === null || net === null ? null : product * net),
      1,
    );
}

/**
 * From each bucket, per currency: the product of net rolls up to charge-off, and the chance that an account is
 * charged off within the horizon and in the end if the gross matrix stays as it is. The two differ: the product
 * follows balances straight down and forgets those who take longer or come back.
 */
export default defineKpi({
  text: {
    title: { es: 'Flujo a castigo', en: 'Flow to loss' },
    summary: {
      es: 'Cuánto de cada tramo termina castigado: producto de netos y absorción de la matriz, lado a lado.',
      en: 'How much of each bucket ends charged off: product of net rolls and absorption of the matrix, side by side.',
    },
  },
  definition: {
    es: 'Producto: rodamientos netos (por saldo) del tramo hasta el castigo, multiplicados. Absorción: probabilidad de terminar castigada según la matriz bruta (por cuentas), en el horizonte y al final, si los meses por venir son como los mirados. No coinciden: el producto solo baja escalón por escalón. El tramo es el de partida; «desde» deja fuera aperturas anteriores.',
    en: 'Product: net rolls (by balance) from the bucket to charge-off, multiplied. Absorption: chance of ending charged off by the gross matrix (by accounts), within the horizon and in the end, if the months to come are like those looked at. They do not agree: the product only goes down step by step. The bucket is the one they start from; "since" leaves earlier openings out.',
  },
  population: {
    es: 'Cuentas con dato en las aperturas de los meses mirados, por moneda.',
    en: 'Accounts with a snapshot at the openings of the months looked at, by currency.',
  },
  denominator: {
    es: 'Cuentas (o saldo) del tramo de partida',
    en: 'Accounts (or balance) of the bucket they start from',
  },
  needs: [{ table: 'accounts' }, { table: 'snapshots' }, { table: 'snapshots', column: 'balance' }],
  parameters,
  columns: [
    columns.currency,
    columns.bucket,
    columns.accounts,
    column('net_product', 'ratio', 'Producto de netos', 'Product of net rolls'),
    column('absorbed_within', 'share', 'Castigo en el horizonte', 'Charged off within the horizon'),
    column('absorbed', 'share', 'Castigo al final', 'Charged off in the end'),
  ],
  amounts: ['snapshots'],
  amountsFrom: (scope) => monthDate(Math.min(...opened(scope), monthNumber(scope.asOf))),
  statement: (scope) => {
    const { dialect } = scope;
    const count = dialect.countIf(raw('true'));
    return sql`${withPairs(unfiltered(scope), opened(scope))}
SELECT month, currency, state, NULL AS before, NULL AS after, accounts, balance
FROM (
${stocks(scope)}
) AS k
UNION ALL
SELECT NULL, currency, NULL, before, after, ${count}, NULL FROM pairs GROUP BY currency, before, after
ORDER BY 1, 2, 3, 4, 5`;
  },
  answer: (found, scope) => {
    const { bucket: asked } = scope.filter;
    const target = stateNames.indexOf('charged_off');
    const rows = grouped(inOrder(found, ['currency']), ['currency']).flatMap((ofCurrency): KpiRow[] => {
      const gross = ofCurrency.filter(({ before }) => before !== null);
      const steps = pooled(
        netSteps(
          ofCurrency.filter(({ state }) => state !== null),
          opened(scope),
        ),
      );
      const chances = chancesOf(gross);
      const [within, ever] = [absorbed(chances, target, scope.parameters.horizon), absorbed(chances, target)];
      return bucketNames.flatMap((bucket, i): KpiRow[] => {
        const accounts = total(
          gross.filter(({ before }) => before === bucket),
          'accounts',
        );
        if (accounts === 0 || (asked ?? bucket) !== bucket) return [];
        return [
          {
            currency: ofCurrency[0]?.currency ?? null,
            bucket,
            accounts,
            net_product: productFrom(steps, bucket),
            absorbed_within: within[i] ?? null,
            absorbed: ever[i] ?? null,
          },
        ];
      });
    });
    const charged = found.filter(({ before, after }) => after === 'charged_off' && before !== after);
    const n = total(rows, 'accounts');
    return {
      rows,
      n,
      of: n,
      figures: {
        months: opened(scope).length,
        horizon: scope.parameters.horizon,
        charged_off: total(charged, 'accounts'),
      },
    };
  },
});

import { z } from 'zod';
import { literal, raw, sql } from '../../sql/sql.ts';
import { secondOrderTest, type TwoSteps } from '../../stats/markov.ts';
import { field } from '../../text/field.ts';
import { defineKpi, type KpiRow, type KpiScope } from '../kpi.ts';
import { column, columns } from './parts/columns.ts';
import { among, openings, stateAfter } from './parts/pairs.ts';
import { amountOf, grouped, inOrder, interval, total } from './parts/rows.ts';
import { absorbing, leftObservation } from './parts/state.ts';
import { accountStates, monthDate, monthNumber } from './parts/states.ts';

const parameters = z.object({
  months: z.coerce
    .number()
    .int()
    .min(1)
    .max(36)
    .default(1)
    .meta(
      field('Aperturas juntas', 'Openings together', {
        es: 'Desde dos meses antes de la fecha hacia atrás',
        en: 'From two months before the date backwards',
      }),
    ),
  alpha: z.coerce
    .number()
    .min(0.0001)
    .max(0.2)
    .default(0.01)
    .meta(
      field('Nivel de la prueba', 'Level of the test', {
        es: 'Por debajo de él se dice que pesa de dónde viene la cuenta',
        en: 'Below it, where the account came from is said to count',
      }),
    ),
});
type Scope = KpiScope<z.output<typeof parameters>>;

const opened = (scope: Scope): number[] =>
  openings(scope, 2).filter((month) => month > monthNumber(scope.asOf) - 2 - scope.parameters.months);

const fewest = 100;
const isFinal = (state: unknown): boolean => [...absorbing, leftObservation].includes(String(state) as never);

/**
 * Whether two months of rolls are what one month, twice, would give. The two-month way of each account is compared
 * with the product of the two one-month matrices, and the first-order chain is tested against the second-order one.
 */
export default defineKpi({
  text: {
    title: { es: 'Prueba de Markov', en: 'Markov check' },
    summary: {
      es: '¿Basta el tramo de hoy para saber a dónde va una cuenta, o pesa también de dónde viene?',
      en: 'Is the bucket of today enough to tell where an account goes, or does where it came from count too?',
    },
  },
  definition: {
    es: 'Paso de dos meses observado frente al producto de las dos matrices de un mes. Prueba de razón de verosimilitud de una cadena de primer orden contra una de segundo (Anderson y Goodman, 1957). Con muchas cuentas casi todo se rechaza: mire también el tamaño de la mayor diferencia. El tramo es el de partida y escoge filas, la prueba mira todas; «desde» deja fuera aperturas anteriores.',
    en: 'The two-month way observed beside the product of the two one-month matrices. Likelihood-ratio test of a first-order chain against a second-order one (Anderson and Goodman, 1957). With many accounts almost anything is rejected: look at the size of the largest difference too. The bucket is the one they start from and picks rows, the test looks at all; "since" leaves earlier openings out.',
  },
  population: {
    es: 'Cuentas con dato dos meses antes, ni castigadas ni cerradas entonces.',
    en: 'Accounts with a snapshot two months before, neither charged off nor closed then.',
  },
  denominator: { es: 'Cuentas del tramo de partida', en: 'Accounts of the bucket they start from' },
  needs: [{ table: 'accounts' }, { table: 'snapshots' }],
  parameters,
  columns: [
    columns.before,
    column('after', 'code', 'Dos meses después', 'Two months later'),
    columns.accounts,
    columns.of,
    columns.share,
    columns.lower,
    columns.upper,
    column('expected_share', 'share', 'Según dos veces un mes', 'By one month, twice'),
    column('difference', 'ratio', 'Diferencia', 'Difference'),
  ],
  statement: (scope) => {
    const months = opened(scope);
    const final = raw([...absorbing, leftObservation].map((state) => literal(state).text).join(', '));
    const first = Math.min(...months, monthNumber(scope.asOf));
    return sql`WITH states AS (
  ${accountStates(scope, monthDate(first), ['charged_off_on'])}
), ways AS (
  SELECT e.state AS before, ${stateAfter(scope, 'e', 'l')} AS via, ${stateAfter(scope, 'l', 'k')} AS later
  FROM states AS e
  LEFT JOIN states AS l ON l.account_id = e.account_id AND l.month = e.month + 1
  LEFT JOIN states AS k ON k.account_id = e.account_id AND k.month = e.month + 2
  WHERE e.month IN ${among(months)} AND e.state NOT IN (${final})
)
SELECT before, via, CASE WHEN via IN (${final}) THEN via ELSE later END AS after,
  ${scope.dialect.countIf(raw('true'))} AS accounts
FROM ways GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`;
  },
  answer: (found, scope) => {
    const cases: TwoSteps[] = found.map(({ before, via, after, accounts }) => ({
      from: String(before),
      via: String(via),
      to: String(after),
      count: Number(accounts),
    }));
    const test = secondOrderTest(cases.filter(({ via }) => !isFinal(via)));
    const next = new Map(grouped(found, ['via']).map((group) => [group[0]?.via, group]));
    const { bucket } = scope.filter;
    const asked = found.filter(({ before }) => bucket === undefined || before === bucket);
    const rows = grouped(inOrder(asked, ['before', 'after']), ['before']).flatMap((group) => {
      const of = total(group, 'accounts');
      const ends = [
        ...new Set(
          grouped(group, ['via']).flatMap((through) =>
            (next.get(through[0]?.via) ?? []).map(({ after }) => after),
          ),
        ),
      ];
      return ends.map((after): KpiRow => {
        const accounts = total(
          group.filter((way) => way.after === after),
          'accounts',
        );
        const expected = grouped(group, ['via']).reduce((sum, through) => {
          const all = next.get(through[0]?.via) ?? [];
          const onward =
            total(
              all.filter((way) => way.after === after),
              'accounts',
            ) / total(all, 'accounts');
          return sum + (total(through, 'accounts') / of) * onward;
        }, 0);
        return {
          before: group[0]?.before ?? null,
          after: after ?? null,
          accounts,
          of,
          ...interval(accounts, of),
          expected_share: expected,
          difference: accounts / of - expected,
        };
      });
    });
    const n = total(rows, 'accounts');
    const size = (row: KpiRow) => Math.abs(amountOf(row, 'difference'));
    const told = rows.filter((row) => amountOf(row, 'of') >= fewest);
    const largest = told.reduce<KpiRow>((a, b) => (size(b) > size(a) ? b : a), told[0] ?? {});
    const verdict =
      test.pValue === null || n < fewest
        ? 'too_few'
        : test.pValue < scope.parameters.alpha
          ? 'past_matters'
          : 'consistent';
    return {
      rows: inOrder(rows, ['before', 'after']),
      n,
      of: n,
      figures: {
        verdict,
        likelihood_ratio: test.likelihoodRatio,
        pearson: test.pearson,
        degrees_of_freedom: test.degreesOfFreedom,
        p_value: test.pValue,
        sparse_share: test.sparseShare,
        months: opened(scope).length,
        largest_before: largest.before ?? null,
        largest_after: largest.after ?? null,
        largest_difference: largest.difference ?? null,
      },
    };
  },
});

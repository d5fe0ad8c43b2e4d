import { z } from 'zod';
import { raw, sql } from '../../sql/sql.ts';
import { bucketNames } from '../buckets.ts';
import { defineKpi, type KpiRow } from '../kpi.ts';
import { column, columns } from './parts/columns.ts';
import { amountOf, grouped, inOrder, ratio, total } from './parts/rows.ts';
import { absorbing } from './parts/state.ts';
import { accountStates } from './parts/states.ts';

const isOpen = ({ bucket }: KpiRow): boolean => !(absorbing as readonly unknown[]).includes(bucket);

/** Share of the open accounts of a date that are late. */
const late = (rows: readonly KpiRow[]): number | null => {
  const open = rows.filter(isOpen);
  return ratio(
    total(
      open.filter(({ bucket }) => bucket !== bucketNames[0]),
      'accounts',
    ),
    total(open, 'accounts'),
  );
};

/**
 * Accounts and balance by bucket at the last snapshot of each month, per currency. Shares are of the open accounts
 * (and open balance) of the date and currency; charged-off and closed accounts are counted and have no share.
 */
export default defineKpi({
  text: {
    title: { es: 'Mora por tramos', en: 'Ageing' },
    summary: {
      es: 'Cuentas y saldo por tramo de mora, mes a mes.',
      en: 'Accounts and balance by bucket of days past due, month by month.',
    },
  },
  definition: {
    es: 'Cuentas y saldo de cada tramo de días de mora en la última fecha de cada mes. Las proporciones son sobre lo vigente (ni castigado ni cerrado). El tramo escoge filas y no cambia el denominador; las fechas escogen meses.',
    en: 'Accounts and balance of each bucket of days past due on the last date of each month. Shares are of what is open (neither charged off nor closed). A bucket picks rows and does not change the denominator; dates pick months.',
  },
  population: {
    es: 'Cuentas con saldo informado en cada mes, en su última fecha; castigadas y cerradas van aparte.',
    en: 'Accounts with a snapshot in each month, on its last date; charged-off and closed ones apart.',
  },
  denominator: {
    es: 'Cuentas vigentes (o su saldo) de la fecha y moneda',
    en: 'Open accounts (or their balance) of the date and currency',
  },
  needs: [{ table: 'accounts' }, { table: 'snapshots' }],
  parameters: z.object({}),
  columns: [
    columns.asOf,
    columns.currency,
    columns.bucket,
    columns.accounts,
    columns.balance,
    column('share_of_accounts', 'share', 'De las cuentas', 'Of accounts'),
    column('share_of_balance', 'share', 'Del saldo', 'Of balance'),
  ],
  amounts: ['snapshots'],
  statement: (scope) => {
    const { dialect, filter } = scope;
    return sql`SELECT ${dialect.cast(raw('max(as_of) OVER (PARTITION BY month)'), 'text')} AS as_of, currency, bucket, accounts, balance,
  ${dialect.float(raw('positive'))} AS positive
FROM (
  SELECT month, max(as_of) AS as_of, currency, state AS bucket, ${dialect.countIf(raw('true'))} AS accounts,
    sum(balance) AS balance, ${dialect.sumIf(raw('balance'), raw('balance > 0'))} AS positive
  FROM (${accountStates(scope, filter.since)}) AS s
  GROUP BY month, currency, state
) AS g
ORDER BY month, currency, bucket`;
  },
  answer: (found, { asOf, filter: { bucket: asked } }) => {
    const rows = grouped(inOrder(found, ['as_of', 'currency', 'bucket']), ['as_of', 'currency'])
      .flatMap((group) => {
        const open = group.filter(isOpen);
        const [accounts, balance] = [total(open, 'accounts'), total(open, 'positive')];
        return group.map(
          ({ positive, ...row }): KpiRow => ({
            ...row,
            share_of_accounts: isOpen(row) ? ratio(amountOf(row, 'accounts'), accounts) : null,
            share_of_balance:
              isOpen(row) && row.balance !== null ? ratio(Number(positive ?? 0), balance) : null,
          }),
        );
      })
      .filter(({ bucket }) => asked === undefined || bucket === asked);
    const dates = [...new Set(found.map((row) => String(row.as_of)))].sort();
    const before = dates[dates.indexOf(asOf) - 1] ?? null;
    const on = (date: string | null) => found.filter((row) => row.as_of === date);
    return {
      rows,
      n: total(
        rows.filter((row) => row.as_of === asOf),
        'accounts',
      ),
      of: total(on(asOf).filter(isOpen), 'accounts'),
      figures: { late_share: late(on(asOf)), late_share_before: late(on(before)), before },
    };
  },
});

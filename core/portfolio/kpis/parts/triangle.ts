import type { KpiRow } from '../../kpi.ts';
import { amountOf, asMoney, grouped, ratio, totalCents } from './rows.ts';
import { monthDate } from './states.ts';

export const cohortSteps = ['month', 'quarter', 'year'] as const;
const monthsOf = { month: 1, quarter: 3, year: 12 } as const;

/**
 * The cells of a vintage triangle from what happened in each month on book. `found` has a `kind` (accounts, cured,
 * charged_off, cash, payments_from), the cohort and the month on book as numbers, the currency, and `accounts` or
 * `cash`. A cell is there when the youngest month of its cohort has lived through it; its cash is null where payments
 * are loaded only from after the cohort began, and over several currencies.
 */
export function triangle(
  found: readonly KpiRow[],
  lastMonth: number,
  step: (typeof cohortSteps)[number],
): KpiRow[] {
  const length = monthsOf[step];
  const paymentsFrom = found.find(({ kind }) => kind === 'payments_from')?.month_on_book ?? null;
  const events = found
    .filter(({ kind }) => kind !== 'payments_from')
    .map((row): KpiRow => ({ ...row, group: Math.floor(Number(row.cohort) / length) * length }));
  const everywhere = events.map((row): KpiRow => ({ ...row, currency: null, cash: null }));
  return grouped([...everywhere, ...events], ['currency', 'group'])
    .sort((a, b) => order(a[0], b[0]))
    .flatMap((rows) => cells(rows, lastMonth, paymentsFrom === null ? null : Number(paymentsFrom)));
}

const order = (a: KpiRow = {}, b: KpiRow = {}): number =>
  String(a.currency ?? '').localeCompare(String(b.currency ?? '')) || Number(a.group) - Number(b.group);

function cells(rows: readonly KpiRow[], lastMonth: number, paymentsFrom: number | null): KpiRow[] {
  const sizes = rows.filter(({ kind }) => kind === 'accounts');
  const accounts = sizes.reduce((sum, row) => sum + amountOf(row, 'accounts'), 0);
  const months = sizes.map(({ cohort }) => Number(cohort));
  const { currency = null, group = null } = rows[0] ?? {};
  const paid = currency !== null && paymentsFrom !== null && Math.min(...months) >= paymentsFrom;
  const at = (kind: string, month: number) =>
    rows.filter((row) => row.kind === kind && Number(row.month_on_book) === month);
  let [cured, chargedOff, cash] = [0, 0, 0n];
  return Array.from({ length: lastMonth - Math.max(...months) + 1 }, (_, month): KpiRow => {
    cured += at('cured', month).reduce((sum, row) => sum + amountOf(row, 'accounts'), 0);
    chargedOff += at('charged_off', month).reduce((sum, row) => sum + amountOf(row, 'accounts'), 0);
    cash += totalCents(at('cash', month), 'cash');
    return {
      cohort: monthDate(Number(group)),
      currency,
      month_on_book: month,
      accounts,
      cured,
      cured_share: ratio(cured, accounts),
      charged_off: chargedOff,
      charged_off_share: ratio(chargedOff, accounts),
      cash: paid ? asMoney(cash) : null,
    };
  });
}

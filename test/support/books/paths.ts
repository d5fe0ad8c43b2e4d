import type { SqlValue } from '#core/sql/sql.ts';
import { readKpi } from '#server/store/portfolio/kpis.ts';
import { openTestWorkspace, type TestWorkspace } from '../workspace.ts';
import { insertBook } from './book.ts';

/** What an account was on each month-end: days past due, a final state, or not there. */
export type Day = number | 'closed' | 'charged_off' | null;

export interface Path {
  days: readonly Day[];
  balance?: number;
  currency?: string;
  opened_on?: string;
  product_type?: string;
  customer_id?: string;
}

export const monthEnds = ['2026-03-31', '2026-04-30', '2026-05-31', '2026-06-30', '2026-07-31', '2026-08-31'];

type Rows = Record<string, SqlValue>[];

/** Accounts by the path each took over the month-ends, as rows of accounts and snapshots. */
export function booked(paths: Readonly<Record<string, Path>>): { accounts: Rows; snapshots: Rows } {
  const all = Object.entries(paths);
  return {
    accounts: all.map(([account_id, { days, balance, ...more }]) => ({
      account_id,
      customer_id: `c-${account_id}`,
      currency: 'COP',
      ...more,
    })),
    snapshots: all.flatMap(([account_id, { days, balance = 100 }]) =>
      days.flatMap(
        (day, i): Rows =>
          day === null
            ? []
            : [
                {
                  account_id,
                  as_of: monthEnds[i] ?? '',
                  days_past_due: typeof day === 'number' ? day : 0,
                  balance,
                  status: typeof day === 'number' ? null : day,
                },
              ],
      ),
    ),
  };
}

/** A workspace with a book, and how to ask it. */
export async function openBook(
  book: Record<string, readonly Record<string, SqlValue | undefined>[]>,
): Promise<
  TestWorkspace & { ask: (id: string, query?: Record<string, string>) => ReturnType<typeof readKpi> }
> {
  const workspace = await openTestWorkspace();
  const { engine, registry } = workspace.context;
  await insertBook(engine, 1, book);
  return { ...workspace, ask: (id, query = {}) => readKpi(engine, registry.kpis, id, query) };
}

import type { Output } from '#core/contract/endpoint.ts';
import type { contract } from '#core/contract/index.ts';
import { snapshotDates } from '#core/portfolio/kpis/parts/months.ts';
import { book, tableRows } from '#core/portfolio/kpis/summary.ts';
import { sql } from '#core/sql/sql.ts';
import type { Engine } from '../../engine/engine.ts';
import { remembered } from '../remembered.ts';

type Portfolio = typeof contract.portfolio;

interface Dates {
  dates: number;
  months: number;
  first_date: string | null;
  last_date: string | null;
}

const readDates = (engine: Engine): Promise<Dates> => remembered(engine, 'dates', () => findDates(engine));

async function findDates(engine: Engine): Promise<Dates> {
  const found = await engine.first<Dates>(snapshotDates(engine.dialect));
  return found ?? { dates: 0, months: 0, first_date: null, last_date: null };
}

export const readSummary = (engine: Engine): Promise<Output<Portfolio['summary']>> =>
  remembered(engine, 'summary', () => findSummary(engine));

async function findSummary(engine: Engine): Promise<Output<Portfolio['summary']>> {
  const dates = await readDates(engine);
  const monthly = { dialect: engine.dialect, oneDateAMonth: dates.dates === dates.months };
  const counted = await engine.rows<{ table_name: string; row_count: number }>(tableRows(engine.dialect));
  const rowsOf = (table: string) => counted.find(({ table_name }) => table_name === table)?.row_count ?? 0;
  const simulated = await engine.first(sql`SELECT 1 FROM loads WHERE state = 'live' AND simulated LIMIT 1`);
  return {
    accounts: rowsOf('accounts'),
    customers: rowsOf('customers'),
    months: dates.months,
    firstSnapshot: dates.first_date,
    lastSnapshot: dates.last_date,
    simulated: simulated !== undefined,
    currencies: await engine.rows(book(monthly)),
    tables: counted.map(({ table_name, row_count }) => ({ table: table_name, rows: row_count })),
  };
}

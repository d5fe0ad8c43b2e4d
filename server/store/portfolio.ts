import type { Output } from '#core/contract/endpoint.ts';
import type { contract } from '#core/contract/index.ts';
import { type AgeingFilter, ageing } from '#core/portfolio/kpis/ageing.ts';
import { snapshotDates } from '#core/portfolio/kpis/months.ts';
import { populations } from '#core/portfolio/kpis/populations.ts';
import { rolls } from '#core/portfolio/kpis/rolls.ts';
import { stateNames } from '#core/portfolio/kpis/state.ts';
import { book, tableRows } from '#core/portfolio/kpis/summary.ts';
import { showSql } from '#core/sql/show.ts';
import { sql } from '#core/sql/sql.ts';
import { wilson } from '#core/stats/wilson.ts';
import type { Engine } from '../engine/engine.ts';
import { remembered } from './remembered.ts';

type Portfolio = typeof contract.portfolio;

interface Dates {
  dates: number;
  months: number;
  first_date: string | null;
  last_date: string | null;
}

const stateRank = (state: string): number => stateNames.indexOf(state);

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

export const readAgeing = (engine: Engine, filter: AgeingFilter): Promise<Output<Portfolio['ageing']>> =>
  remembered(engine, `ageing ${JSON.stringify([filter.currency, filter.country, filter.product])}`, () =>
    findAgeing(engine, filter),
  );

async function findAgeing(engine: Engine, filter: AgeingFilter): Promise<Output<Portfolio['ageing']>> {
  const dates = await readDates(engine);
  const statement = ageing({ dialect: engine.dialect, oneDateAMonth: dates.dates === dates.months }, filter);
  const found = await engine.rows<{
    as_of: string;
    currency: string;
    bucket: string;
    accounts: number;
    balance: number | null;
  }>(statement);
  const rows = found
    .map(({ as_of, ...row }) => ({ asOf: as_of, ...row }))
    .sort(
      (a, b) =>
        a.asOf.localeCompare(b.asOf) ||
        a.currency.localeCompare(b.currency) ||
        stateRank(a.bucket) - stateRank(b.bucket),
    );
  const asOf = rows.at(-1)?.asOf ?? null;
  const n = rows.filter((row) => row.asOf === asOf).reduce((sum, row) => sum + row.accounts, 0);
  return { population: populations.ageing, asOf, n, sql: showSql(statement), rows };
}

/** Rolls into the month of a date; of the last one when none is given. */
export const readRolls = (engine: Engine, asked?: string): Promise<Output<Portfolio['rolls']>> =>
  remembered(engine, `rolls ${asked ?? ''}`, () => findRolls(engine, asked));

async function findRolls(engine: Engine, asked?: string): Promise<Output<Portfolio['rolls']>> {
  const dates = await readDates(engine);
  const asOf = asked ?? dates.last_date;
  if (asOf === null) return { population: populations.rolls, asOf, n: 0, sql: '', rows: [] };
  const statement = rolls({
    dialect: engine.dialect,
    oneDateAMonth: dates.dates === dates.months,
    asOf,
  });
  const found = await engine.rows<{ before: string; after: string; accounts: number }>(statement);
  const from = new Map<string, number>();
  for (const { before, accounts } of found) from.set(before, (from.get(before) ?? 0) + accounts);
  return {
    population: populations.rolls,
    asOf,
    n: found.reduce((sum, row) => sum + row.accounts, 0),
    sql: showSql(statement),
    rows: found
      .map((row) => ({ ...row, share: wilson(row.accounts, from.get(row.before) ?? 0) }))
      .sort((a, b) => stateRank(a.before) - stateRank(b.before) || stateRank(a.after) - stateRank(b.after)),
  };
}

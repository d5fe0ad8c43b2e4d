import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { duckdb } from '#core/sql/dialects/duckdb.ts';
import { sql } from '#core/sql/sql.ts';
import { selfCureParameters } from '#models/self-cure/parameters.ts';
import selfCure from '#models/self-cure.ts';
import { insertBook } from '../../support/books/book.ts';
import { openTestWorkspace, type TestWorkspace } from '../../support/workspace.ts';

const day = (i: number): string => new Date(Date.UTC(2026, 0, 1 + i)).toISOString().slice(0, 10);

/** Days past due by day from 1 January 2026 on; null: not seen. */
type History = readonly (number | null)[];
const upTo = (from: number, days: number): number[] => Array.from({ length: days }, (_, i) => from + i);
const zeros = (days: number): number[] => Array.from({ length: days }, () => 0);

const daily: Record<string, History> = {
  // Late from day 3 on: asked on day 8, five days after.
  enters: [...zeros(3), ...upTo(1, 12)],
  // Two delays, the first over before the question: one row.
  twice: [...zeros(2), 1, 2, 0, ...upTo(1, 10)],
  // Never seen at 0: the start is not known.
  always: upTo(4, 15),
  // Not seen on the day of the question: asked on the next one seen.
  gap: [...zeros(3), 1, 2, 3, 4, 5, null, null, 8, 9, 10, 11, 12],
  fine: zeros(15),
};
/** Every seventh day; the days past due say when the delay began. */
const weekly: Record<string, History> = {
  early: [0, 6, 13, 20],
  late: [0, 2, 9, 16],
  cured: [0, 3, 0, 4],
};
const monthly: Record<string, History> = {
  entry: [0, 3, 33],
  late: [12, 20, 0],
  again: [0, 10, 5],
};

let workspace: TestWorkspace;
const books: [string, number, Record<string, History>][] = [
  ['d', 1, daily],
  ['w', 7, weekly],
  ['m', 30, monthly],
];
beforeAll(async () => {
  workspace = await openTestWorkspace();
  const accounts = books.flatMap(([prefix, step, book]) =>
    Object.entries(book).map(([name, history]) => ({ id: `${prefix}-${name}`, step, history })),
  );
  await workspace.context.engine.transaction((session) =>
    insertBook(session, 1, {
      accounts: accounts.map(({ id }) => ({ account_id: id, customer_id: id, currency: 'MXN' })),
      snapshots: accounts.flatMap(({ id, step, history }) =>
        history.flatMap((days, i) =>
          days === null ? [] : [{ account_id: id, as_of: day(i * step), days_past_due: days }],
        ),
      ),
    }),
  );
});
afterAll(() => workspace.close());

/** The dates each account is asked about, and how many of its other dates are left out for what. */
async function asked(prefix: string, dates: readonly string[], given: object = {}) {
  const parameters = selfCureParameters.parse(given);
  const rows = await workspace.context.engine.rows<{
    account_id: string;
    as_of: string;
    excluded: string | null;
  }>(
    sql`SELECT account_id, as_of, excluded FROM (${selfCure.candidates(duckdb, parameters, dates)}) c WHERE account_id LIKE ${`${prefix}-%`} ORDER BY account_id, as_of`,
  );
  const found: Record<string, string[]> = {};
  for (const { account_id, as_of, excluded } of rows) {
    const name = account_id.slice(2);
    found[name] ??= [];
    if (excluded === null) found[name].push(as_of);
    else if (!found[name].includes(excluded)) found[name].push(excluded);
  }
  return found;
}

describe('snapshots every day', () => {
  const dates = Array.from({ length: 15 }, (_, i) => day(i));
  it('ask once for each delay, five days after it began', async () => {
    expect(await asked('d', dates)).toEqual({
      enters: ['not_entry', day(8)],
      twice: ['not_entry', day(10)],
      always: ['start_unknown'],
      gap: ['not_entry', day(10)],
    });
  });

  it('ask on the day of the entry when told so', async () => {
    const found = await asked('d', dates, { entryDays: 0 });
    expect([found.enters, found.twice]).toEqual([
      [day(3), 'not_entry'],
      [day(2), 'not_entry', day(5)],
    ]);
  });

  it('of a later range, ask after the account entered that range', async () => {
    const found = await asked('d', dates, { minDaysPastDue: 4, maxDaysPastDue: 29, entryDays: 2 });
    expect(found).toMatchObject({ enters: ['not_entry', day(8)], always: ['start_unknown'] });
  });

  it('see the same on a date whether or not other dates are asked about', async () => {
    expect(await asked('d', [day(8)])).toMatchObject({ enters: [day(8)], twice: ['not_entry'] });
  });
});

it('snapshots every week tell the day of the entry by the days past due', async () => {
  const dates = [0, 7, 14, 21].map(day);
  expect(await asked('w', dates)).toEqual({
    early: [day(7), 'not_entry'],
    late: ['not_entry', day(14)],
    cured: ['not_entry'],
  });
});

it('snapshots every month ask on the first one past due', async () => {
  const dates = [0, 30, 60].map(day);
  expect(await asked('m', dates)).toEqual({
    entry: [day(30)],
    late: ['start_unknown'],
    again: [day(30), 'not_entry'],
  });
});

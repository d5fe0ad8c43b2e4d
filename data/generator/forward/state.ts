import type { ColumnType } from '#core/portfolio/column.ts';
import { join, raw, type Sql, sql } from '#core/sql/sql.ts';
import { type Scope, scratchTable } from '../scope.ts';

/** What happens while the clock moves on, as rows with the generator's own numbers, until it is written as files. */
const happenings = {
  /** Contacts still to come under the past policy. */
  planned: {
    account_no: 'integer',
    planned_on: 'date',
    slot: 'integer',
    channel: 'integer',
    style: 'integer',
    delivered: 'boolean',
    word: 'bigint',
    other: 'bigint',
    propensity: 'double',
  },
  touches: {
    contact_id: 'text',
    customer_no: 'integer',
    account_no: 'integer',
    country: 'integer',
    channel: 'integer',
    style_name: 'text',
    template_id: 'text',
    sent_at: 'timestamp',
    delivered: 'boolean',
    opened: 'boolean',
    clicked: 'boolean',
    replied: 'boolean',
    right_party: 'boolean',
    opted_out: 'boolean',
    complained: 'boolean',
    reply: 'bigint',
    experiment_id: 'text',
    arm: 'text',
    propensity: 'double',
  },
  pledges: {
    promise_id: 'text',
    account_no: 'integer',
    made_at: 'timestamp',
    due_on: 'date',
    amount: 'money',
    kept: 'boolean',
    changed: 'boolean',
  },
  money_in: {
    account_no: 'integer',
    month: 'integer',
    kind: 'integer',
    paid_on: 'date',
    amount: 'money',
    word: 'bigint',
  },
  falls_due: { account_no: 'integer', due_on: 'date', amount: 'money' },
  closings: {
    account_no: 'integer',
    as_of: 'date',
    status: 'integer',
    k: 'integer',
    days_past_due: 'integer',
    balance: 'money',
    arrears: 'money',
    minimum_due: 'money',
  },
  changed: { account_no: 'integer', changed_on: 'date', status: 'integer', balance: 'money', word: 'bigint' },
  re_ages: { account_no: 'integer', occurred_on: 'date', level: 'integer', amount: 'money' },
} as const satisfies Record<string, Record<string, ColumnType>>;

export type Happening = keyof typeof happenings;

const union = (scope: Scope, files: readonly string[]): Sql =>
  join(
    files.map((file) => sql`SELECT * FROM ${scope.dialect.parquetFile(file)}`),
    ' UNION ALL ',
  );

/** Reads where everybody stands, and the contacts planned, and makes the tables that the days fill. */
export function openState(scope: Scope, state: readonly string[], planned: string | null): Sql[] {
  const create = Object.entries(happenings).map(([name, columns]) => {
    const defined = Object.entries(columns).map(
      ([column, type]) => sql`${raw(column)} ${scope.dialect.type(type)}`,
    );
    return sql`CREATE TABLE ${scratchTable(scope, name)} (${join(defined)})`;
  });
  return [
    sql`CREATE TABLE ${scratchTable(scope, 'people')} AS ${union(scope, state)}`,
    ...create,
    ...(planned ? [sql`INSERT INTO ${scratchTable(scope, 'planned')} ${union(scope, [planned])}`] : []),
  ];
}

/** Promises that nobody knows the end of yet, from the portfolio itself. */
export const openPledges = (scope: Scope, promises: Sql): Sql =>
  sql`INSERT INTO ${scratchTable(scope, 'pledges')} SELECT promise_id, CAST(substr(account_id, 2) AS INTEGER), made_at, due_on, amount, NULL, false FROM ${promises} WHERE kept IS NULL`;

export const peopleLeft = (scope: Scope): Sql =>
  sql`SELECT * FROM ${scratchTable(scope, 'people')} ORDER BY account_no`;

export const plannedLeft = (scope: Scope): Sql =>
  sql`SELECT * FROM ${scratchTable(scope, 'planned')} ORDER BY account_no, planned_on, slot`;

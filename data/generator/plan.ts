import type { Dialect } from '#core/sql/dialects/dialect.ts';
import { join, raw, type Sql, sql } from '#core/sql/sql.ts';
import { type Month, monthsOf } from './calendar.ts';
import { createLatents } from './latents.ts';
import { createStart, monthStatements, stepTable } from './month.ts';
import { type Scope, scratchTable } from './scope.ts';
import * as conversation from './tables/conversation.ts';
import * as decisions from './tables/decisions.ts';
import * as ledger from './tables/ledger.ts';
import * as people from './tables/people.ts';
import type { Made } from './tables/shared.ts';
import { stateQuery, truthQuery } from './truth.ts';

export interface SampleInput {
  accounts: number;
  seed: number;
  months: number;
  /** Past contacts were drawn by lottery instead of chosen, worst first. */
  lottery?: boolean | undefined;
}

/** Statements to run one after the other, and what they are about. */
export interface PlanStep {
  note: string;
  statements: readonly Sql[];
}

/** One Parquet file for each chunk of accounts, so that memory does not grow with the portfolio. */
export const accountsPerChunk = 500_000;

const builders: readonly ((scope: Scope) => Made)[] = [
  people.customers,
  ledger.accounts,
  ledger.snapshots,
  ledger.payments,
  conversation.contacts,
  decisions.contactDecisions,
  conversation.promises,
  people.contactPermissions,
  people.contactPoints,
  people.accountParties,
  ledger.instalments,
  ledger.adjustments,
  ledger.placements,
  ledger.costs,
  people.flags,
  people.complaints,
  people.holdouts,
];

/** Where the rows of a table go: one file, and one more for each further chunk. */
export const partPath = (folder: string, table: string, chunk: number): string =>
  `${folder}/${table}${chunk === 1 ? '' : `-${String(chunk).padStart(4, '0')}`}.parquet`;

/** Files beside the canonical tables: what is true of each account, and what simulating on starts from. */
export const truthName = 'truth';
export const stateName = 'state';

export const chunksOf = (accounts: number): number => Math.ceil(accounts / accountsPerChunk);

/**
 * The whole generation as statements: for each chunk of accounts, the people, the months one after the other, then one
 * Parquet file for each table. Rows depend on the seed and the account alone, so neither the number of threads nor the
 * size of the portfolio changes them. The scratch database must be attached; the folder must exist.
 */
export function* planSample(
  dialect: Dialect,
  input: SampleInput,
  scratch: string,
  folder: string,
): Generator<PlanStep> {
  const scope: Scope = {
    dialect,
    seed: input.seed,
    months: monthsOf(input.months),
    scratch,
    lottery: input.lottery ?? false,
  };
  const chunks = chunksOf(input.accounts);
  yield { note: 'calendar', statements: [createCalendar(scope)] };
  for (let chunk = 1; chunk <= chunks; chunk++) {
    const first = (chunk - 1) * accountsPerChunk + 1;
    const last = Math.min(chunk * accountsPerChunk, input.accounts);
    yield {
      note: `people ${chunk}/${chunks}`,
      statements: [createLatents(scope, first, last), createStart(scope)],
    };
    for (const month of scope.months)
      yield { note: `${month.end.slice(0, 7)} ${chunk}/${chunks}`, statements: monthPlan(scope, month) };
    yield { note: `files ${chunk}/${chunks}`, statements: [gatherSteps(scope)] };
    const files = [
      ...builders.map((build) => build(scope)),
      { table: truthName, query: truthQuery(scope) },
      { table: stateName, query: stateQuery(scope) },
    ];
    for (const { table, query } of files)
      yield {
        note: `${table} ${chunk}/${chunks}`,
        statements: [dialect.writeParquet(query, partPath(folder, table, chunk))],
      };
  }
}

function createCalendar(scope: Scope): Sql {
  const rows = scope.months.map(
    ({ index, start, end, days }) =>
      sql`(${raw(String(index))}, ${scope.dialect.date(raw(`'${start}'`))}, ${scope.dialect.date(raw(`'${end}'`))}, ${raw(String(days))})`,
  );
  return sql`CREATE OR REPLACE TABLE ${scratchTable(scope, 'calendar')} AS SELECT * FROM (VALUES ${join(rows)}) v(month, start_on, end_on, days)`;
}

function monthPlan(scope: Scope, month: Month): Sql[] {
  const step = stepTable(scope, month.index);
  const touches = scratchTable(scope, 'touches');
  const changes = scratchTable(scope, 'changes');
  const into = (table: Sql, query: Sql) =>
    month.index === 1
      ? sql`CREATE OR REPLACE TABLE ${table} AS ${query}`
      : sql`INSERT INTO ${table} ${query}`;
  return [
    ...monthStatements(scope, month),
    into(changes, sql`SELECT account_no, month, status FROM ${step} WHERE status <> status0`),
    into(touches, conversation.touchesOf(scope, month)),
    into(scratchTable(scope, 'decisions'), decisions.decisionsOf(scope, month)),
  ];
}

/** A view of the steps of the written months. */
function gatherSteps(scope: Scope): Sql {
  const steps = scope.months
    .filter((month) => month.written)
    .map((month) => sql`SELECT * FROM ${stepTable(scope, month.index)}`);
  return sql`CREATE OR REPLACE VIEW ${scratchTable(scope, 'steps')} AS ${join(steps, ' UNION ALL ')}`;
}

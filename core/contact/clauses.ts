import type { Dialect } from '../sql/dialects/dialect.ts';
import type { Sql, SqlValue } from '../sql/sql.ts';
import type { Clause } from './rule.ts';

/** Clauses as a relation(clause, rule_set), with further columns where a kind needs them. */
export const clauseRows = <P>(
  dialect: Dialect,
  clauses: readonly Clause<P>[],
  extra: readonly (readonly [string, 'text' | 'integer' | 'boolean' | 'date'])[] = [],
  values: (parameters: P) => SqlValue[] = () => [],
): Sql =>
  dialect.inline(
    [['clause', 'integer'], ['rule_set', 'text'], ...extra],
    clauses.map((use) => [use.clause, use.ruleSet, ...values(use.parameters)]),
  );

/** One row for each member of a list that a clause holds: relation(clause, <columns>). */
export const memberRows = <P>(
  dialect: Dialect,
  clauses: readonly Clause<P>[],
  columns: readonly (readonly [string, 'text' | 'integer' | 'date'])[],
  members: (parameters: P) => SqlValue[][],
): Sql =>
  dialect.inline(
    [['clause', 'integer'], ...columns],
    clauses.flatMap((use) => members(use.parameters).map((row) => [use.clause, ...row])),
  );

/** The channels of each clause: relation(clause, channel). */
export const channelRows = <P extends { channels: readonly string[] }>(
  dialect: Dialect,
  clauses: readonly Clause<P>[],
): Sql =>
  memberRows(dialect, clauses, [['channel', 'text']], (given) => given.channels.map((name) => [name]));

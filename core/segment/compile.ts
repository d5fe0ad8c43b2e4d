import { DomainError } from '../errors/domain-error.ts';
import { flagKinds } from '../portfolio/tables/people.ts';
import type { Dialect } from '../sql/dialects/dialect.ts';
import { all, any, ident, list, raw, type Sql, sql } from '../sql/sql.ts';
import { type FactColumn, factColumn, factColumns, flagColumn, scoreColumn } from './columns.ts';
import type { Condition } from './condition.ts';

type Between = Extract<Condition, { is: 'between' }>;

const alias = raw('f');
const fact = (name: string): Sql => sql`${alias}.${ident(name)}`;

function known(name: string): FactColumn {
  const found = factColumn(name);
  if (found) return found;
  const names = factColumns.map((column) => column.name).join(', ');
  throw new DomainError('unknown_segment_column', { column: name, known: names });
}

function checkRange(column: string, from: number | undefined, to: number | undefined): void {
  if ((from === undefined && to === undefined) || (from !== undefined && to !== undefined && from >= to))
    throw new DomainError('empty_range', { column, from: from ?? null, to: to ?? null });
}

/**
 * Refuses a condition that cannot mean anything over the account facts.
 *
 * @param models models that have scores
 * @throws unknown_segment_column, unknown_segment_score, unknown_flag, condition_does_not_fit, empty_range,
 * amount_without_currency
 */
export function checkCondition(condition: Condition, models: readonly string[]): void {
  if ('all' in condition) for (const part of condition.all) checkCondition(part, models);
  else if ('any' in condition) for (const part of condition.any) checkCondition(part, models);
  else if ('not' in condition) checkCondition(condition.not, models);
  else if ('score' in condition) {
    if (!models.includes(condition.score))
      throw new DomainError('unknown_segment_score', {
        model: condition.score,
        known: models.join(', ') || null,
      });
    checkRange(condition.score, condition.from, condition.to);
  } else if ('flag' in condition) {
    if (!(flagKinds as readonly string[]).includes(condition.flag))
      throw new DomainError('unknown_flag', { flag: condition.flag, known: flagKinds.join(', ') });
  } else checkColumn(condition);
}

function checkColumn(condition: Extract<Condition, { column: string }>): void {
  const { name, type } = known(condition.column);
  const fits =
    condition.is === 'missing' ||
    condition.is === 'present' ||
    (type === 'category') !== (condition.is === 'between');
  if (!fits) throw new DomainError('condition_does_not_fit', { column: name, is: condition.is });
  if (condition.is !== 'between') return;
  checkRange(name, condition.from, condition.to);
  if (type === 'money' && !condition.currency)
    throw new DomainError('amount_without_currency', { amount: condition.from ?? condition.to ?? null });
  if (type === 'number' && condition.currency)
    throw new DomainError('condition_does_not_fit', { column: name, is: condition.currency });
}

const within = (value: Sql, from: Sql | undefined, to: Sql | undefined): Sql =>
  sql`coalesce(${all([
    ...(from ? [sql`${value} >= ${from}`] : []),
    ...(to ? [sql`${value} < ${to}`] : []),
  ])}, false)`;

function between(dialect: Dialect, { column, from, to, currency }: Between): Sql {
  const bound = (value: number | undefined): Sql | undefined => {
    if (value === undefined) return undefined;
    return currency ? dialect.cast(sql`${value}`, 'money') : sql`${value}`;
  };
  const range = within(fact(column), bound(from), bound(to));
  return currency ? all([sql`coalesce(${fact('currency')} = ${currency}, false)`, range]) : range;
}

function scoreWithin({ score, from, to }: Extract<Condition, { score: string }>): Sql {
  const bound = (value: number | undefined) => (value === undefined ? undefined : sql`${value}`);
  return within(fact(scoreColumn(score)), bound(from), bound(to));
}

/**
 * A checked condition as one predicate over the relation of `accountFacts` under the alias f.
 *
 * Two-valued: what is not known is in no list and in no range, so `not_in` and `not` of a range hold for it; ask
 * for `missing` or `present` to treat it apart. Ranges include `from` and leave out `to`. An amount holds for
 * accounts in its own currency only. No conditions under `all`: everybody.
 */
export function compileCondition(condition: Condition, dialect: Dialect): Sql {
  if ('all' in condition) return all(condition.all.map((part) => compileCondition(part, dialect)));
  if ('any' in condition) return any(condition.any.map((part) => compileCondition(part, dialect)));
  if ('not' in condition) return sql`NOT (${compileCondition(condition.not, dialect)})`;
  if ('score' in condition) return scoreWithin(condition);
  if ('flag' in condition)
    return condition.is === 'set'
      ? fact(flagColumn(condition.flag))
      : sql`NOT ${fact(flagColumn(condition.flag))}`;
  switch (condition.is) {
    case 'in':
      return sql`coalesce(${fact(condition.column)} IN ${list(condition.values)}, false)`;
    case 'not_in':
      return sql`NOT coalesce(${fact(condition.column)} IN ${list(condition.values)}, false)`;
    case 'between':
      return between(dialect, condition);
    case 'missing':
      return sql`${fact(condition.column)} IS NULL`;
    case 'present':
      return sql`${fact(condition.column)} IS NOT NULL`;
  }
}

/** Models whose scores a condition asks for, each once. */
export function scoresIn(condition: Condition): string[] {
  if ('all' in condition) return [...new Set(condition.all.flatMap(scoresIn))];
  if ('any' in condition) return [...new Set(condition.any.flatMap(scoresIn))];
  if ('not' in condition) return scoresIn(condition.not);
  return 'score' in condition ? [condition.score] : [];
}

/** The condition with everything it asks of scores taken as met, in whichever direction widens it. */
export function withoutScores(condition: Condition): Condition {
  const widen = (part: Condition, met: boolean): Condition => {
    if ('all' in part) return { all: part.all.map((inner) => widen(inner, met)) };
    if ('any' in part) return { any: part.any.map((inner) => widen(inner, met)) };
    if ('not' in part) return { not: widen(part.not, !met) };
    if ('score' in part) return met ? { all: [] } : { not: { all: [] } };
    return part;
  };
  return widen(condition, true);
}

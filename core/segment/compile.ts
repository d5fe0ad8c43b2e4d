import type { Dialect } from '../sql/dialects/dialect.ts';
import { double } from '../sql/double.ts';
import { all, any, ident, join, list, raw, type Sql, sql } from '../sql/sql.ts';
import {
  armFact,
  channelFact,
  decileFact,
  factColumn,
  featureFact,
  flagColumn,
  percentileFact,
  scoreColumn,
  styleFact,
  sureFact,
} from './columns.ts';
import type { Condition, Nearest } from './condition.ts';
import { factOf } from './measure.ts';

const alias = raw('f');
const fact = (name: string): Sql => sql`${alias}.${ident(name)}`;
const yes = (predicate: Sql): Sql => sql`coalesce(${predicate}, false)`;

interface Bounds {
  from?: number | undefined;
  to?: number | undefined;
}

function within(value: Sql, { from, to }: Bounds, bound: (value: number) => Sql): Sql {
  return yes(
    all([
      ...(from === undefined ? [] : [sql`${value} >= ${bound(from)}`]),
      ...(to === undefined ? [] : [sql`${value} < ${bound(to)}`]),
    ]),
  );
}

/** A bound as it was given: a fraction stays the same double in the engine. */
const plain = (value: number): Sql => sql`${value}`;

type Named = Extract<Condition, { is: 'between' | 'in' | 'not_in' | 'missing' | 'present' }>;

function compileNamed(name: string, condition: Named, dialect: Dialect): Sql {
  switch (condition.is) {
    case 'in':
      return yes(sql`${fact(name)} IN ${list(condition.values)}`);
    case 'not_in':
      return sql`NOT ${yes(sql`${fact(name)} IN ${list(condition.values)}`)}`;
    case 'between': {
      const { currency } = condition;
      const money = factColumn(name)?.type === 'money';
      const range = within(fact(name), condition, (value) =>
        money ? dialect.cast(plain(value), 'money') : plain(value),
      );
      return currency ? all([yes(sql`${fact('currency')} = ${currency}`), range]) : range;
    }
    case 'missing':
      return sql`${fact(name)} IS NULL`;
    case 'present':
      return sql`${fact(name)} IS NOT NULL`;
  }
}

/** Squared distance to a centre, added up in the order of the measures. */
function distance(dialect: Dialect, { measures }: Nearest, centre: readonly number[]): Sql {
  const terms = measures.map(({ of, mean, deviation }, i) => {
    const value = sql`coalesce(${dialect.float(fact(factOf(of)))}, ${double(mean)})`;
    const away = sql`((${value} - ${double(mean)}) / ${double(deviation)} - ${double(centre[i] ?? 0)})`;
    return sql`${away} * ${away}`;
  });
  return sql`(${join(terms, ' + ')})`;
}

function compileNearest(condition: Nearest, dialect: Dialect): Sql {
  const own = condition.nearest - 1;
  const to = (i: number) => distance(dialect, condition, condition.centres[i] ?? []);
  return all(
    condition.centres.flatMap((_, i) => {
      if (i === own) return [];
      return [i < own ? sql`${to(own)} < ${to(i)}` : sql`${to(own)} <= ${to(i)}`];
    }),
  );
}

function compileStyle({ style, is, withinDays }: Extract<Condition, { style: string }>): Sql {
  const days = fact(styleFact(style));
  const received = withinDays === undefined ? sql`${days} IS NOT NULL` : yes(sql`${days} <= ${withinDays}`);
  return is === 'received' ? received : sql`NOT (${received})`;
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
  if ('column' in condition) return compileNamed(condition.column, condition, dialect);
  if ('feature' in condition) return compileNamed(featureFact(condition.feature), condition, dialect);
  if ('score' in condition) return within(fact(scoreColumn(condition.score)), condition, plain);
  if ('decile' in condition) return yes(sql`${fact(decileFact(condition.decile))} IN ${list(condition.of)}`);
  if ('percentile' in condition)
    return within(fact(percentileFact(condition.within, factOf(condition.percentile))), condition, double);
  if ('flag' in condition)
    return condition.is === 'set'
      ? fact(flagColumn(condition.flag))
      : sql`NOT ${fact(flagColumn(condition.flag))}`;
  if ('experiment' in condition)
    return yes(sql`${fact(armFact(condition.experiment))} IN ${list(condition.arms)}`);
  if ('style' in condition) return compileStyle(condition);
  if ('bestChannel' in condition) {
    const best = yes(sql`${fact(channelFact)} IN ${list(condition.bestChannel)}`);
    return condition.sure ? all([best, yes(fact(sureFact))]) : best;
  }
  return compileNearest(condition, dialect);
}

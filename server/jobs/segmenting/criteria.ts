import type { Criterion } from '#core/contract/segments/views.ts';
import { factsAsked } from '#core/segment/asked.ts';
import { compileCondition } from '#core/segment/compile.ts';
import type { Condition } from '#core/segment/condition.ts';
import { type CriteriaNeeds, readyCriteria } from '#core/segment/criteria.ts';
import { ident, join, type Sql, sql } from '#core/sql/sql.ts';
import type { Context } from '../../context.ts';
import { remembered } from '../../store/remembered.ts';
import { preparedFacts } from '../../store/segments/prepared.ts';
import { currentFacts, type Facts, titlesOf } from '../segmenting.ts';

const mostValues = 12;

async function needsOf({ engine }: Context, facts: Sql, models: readonly string[]): Promise<CriteriaNeeds> {
  const { dialect } = engine;
  const balance = dialect.float(sql`f.balance`);
  const amounts = await engine.rows<{ currency: string; middle: number; high: number }>(sql`
    SELECT f.currency, ${dialect.quantile(balance, 0.5)} AS middle, ${dialect.quantile(balance, 0.9)} AS high
    FROM (${facts}) f WHERE f.balance > 0 GROUP BY f.currency ORDER BY f.currency`);
  const values = async (column: string) =>
    (
      await engine.rows<{ value: string }>(sql`SELECT f.${ident(column)} AS value FROM (${facts}) f
        WHERE f.${ident(column)} IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT ${mostValues}`)
    ).map(({ value }) => value);
  return {
    amounts,
    customerTypes: await values('customer_type'),
    products: await values('product_type'),
    models,
  };
}

/** The ready-made criteria of this portfolio, each band counted. @throws no_snapshots */
export async function criteriaOf(context: Context): Promise<{ asOf: string; criteria: Criterion[] }> {
  const { engine } = context;
  const facts = await currentFacts(context);
  const models = facts.scores.map(({ model }) => model);
  const needs = await needsOf(context, await preparedFacts(context, facts, []), models);
  const criteria = readyCriteria(needs, await titlesOf(context, facts));
  const conditions = criteria.flatMap(({ bands }) => bands.map(({ condition }) => condition));
  const question = `segment criteria ${facts.asOf} ${JSON.stringify(facts.scores)}`;
  const row = await remembered(engine, question, () => count(context, facts, conditions));
  let place = 0;
  return {
    asOf: facts.asOf,
    criteria: criteria.map((criterion) => ({
      ...criterion,
      bands: criterion.bands.map((band) => {
        const i = place++;
        return { ...band, accounts: row[`a${i}`] ?? 0, customers: row[`c${i}`] ?? 0 };
      }),
    })),
  };
}

async function count(
  context: Context,
  facts: Facts,
  conditions: readonly Condition[],
): Promise<Record<string, number>> {
  const { dialect } = context.engine;
  if (conditions.length === 0) return {};
  const relation = await preparedFacts(context, facts, factsAsked(...conditions));
  const counts = conditions.map((condition, i) => {
    const picked = compileCondition(condition, dialect);
    const people = sql`count(DISTINCT f.customer_id) FILTER (WHERE ${picked})`;
    return sql`${dialect.countIf(picked)} AS ${ident(`a${i}`)}, ${dialect.cast(people, 'bigint')} AS ${ident(`c${i}`)}`;
  });
  return (
    (await context.engine.first<Record<string, number>>(sql`SELECT ${join(counts)} FROM (${relation}) f`)) ??
    {}
  );
}

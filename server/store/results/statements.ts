import type { Spell } from '#core/contract/experiments/lifecycle.ts';
import type { ResultStatements } from '#core/contract/experiments/results.ts';
import type { Metric } from '#core/experiment/metric.ts';
import { harmCountsSql } from '#core/experiment/monitoring/harm/harm-sql.ts';
import { jointSpells, spellsOf, withinSpells } from '#core/experiment/spells.ts';
import { baselineSql } from '#core/experiment/units/baseline.ts';
import { showSql } from '#core/sql/show.ts';
import { join, literal, raw, type Sql, sql } from '#core/sql/sql.ts';
import type { Context } from '../../context.ts';
import { type DesignRecord, readDesign } from '../experiments/designs.ts';
import { readEvents } from '../experiments/events.ts';
import { watchedHarms } from '../experiments/harm.ts';
import { readResults } from './results.ts';
import { stagesSql } from './stages.ts';
import { enteredPeople } from './units.ts';

/** By currency and arm: people whose window had closed by a day, what they paid and what their messages cost, per 1,000. */
function moneySql(
  { engine: { dialect }, registry }: Context,
  { id, design }: DesignRecord,
  { asOf, on, open }: { asOf: string; on: string; open: readonly Spell[] },
): Sql | null {
  const [cash, cost] = ['cash', 'contact_cost'].map(
    (metric) => registry.metrics.get(metric) as unknown as Metric | undefined,
  );
  if (!cash || !cost) return null;
  const { horizonDays } = design.metric;
  const entered = enteredPeople({ experimentId: id, asOf });
  const people = sql`SELECT customer_id, entered_on FROM (${entered}) e`;
  const of = (metric: Metric) => metric.outcomes(dialect, { people, horizonDays, asOf });
  const perThousand = (value: string) => sql`1000 * avg(${raw(value)})`;
  return sql`SELECT b.currency, b.arm, ${dialect.countIf(raw('true'))} AS people, ${perThousand('coalesce(c.y, 0)')} AS cash,
      ${perThousand('coalesce(k.y, 0)')} AS cost, ${perThousand('coalesce(c.y, 0) - coalesce(k.y, 0)')} AS net
    FROM (${baselineSql(dialect, { assigned: entered, scores: null })}) b
    LEFT JOIN (${of(cash)}) c ON c.customer_id = b.customer_id AND c.currency = b.currency
    LEFT JOIN (${of(cost)}) k ON k.customer_id = b.customer_id AND k.currency = b.currency
    WHERE ${dialect.addDays(raw('b.entered_on'), horizonDays)} <= ${dialect.date(on)} AND (${withinSpells(dialect, raw('b.entered_on'), open)})
    GROUP BY b.currency, b.arm ORDER BY b.currency, b.arm`;
}

function harmSql(context: Context, record: DesignRecord, asOf: string): Sql | null {
  const { dialect } = context.engine;
  const people = enteredPeople({ experimentId: record.id, asOf });
  const each = watchedHarms(context, record).map(
    ({ id, metric, horizonDays }) =>
      sql`SELECT ${literal(id)} AS metric, x.* FROM (${harmCountsSql(dialect, { people, metric, horizonDays, day: asOf })}) x`,
  );
  return each.length ? join(each, '\nUNION ALL\n') : null;
}

/**
 * What the counts of people lost, of harm and of money are read from, to show: values written in, the tables as anybody
 * may query them. Money is of the people of the last look; null before the first. @throws not_found
 */
export async function readStatements(context: Context, experimentId: string): Promise<ResultStatements> {
  const record = await readDesign(context.engine, experimentId);
  const { asOf, looks } = await readResults(context, experimentId);
  const on = looks.findLast(({ state }) => state === 'done')?.on;
  const events = await readEvents(context.engine, experimentId);
  const names = record.design.arms.map(({ name }) => name);
  const open = spellsOf(names, record.startsOn, events)
    .map(({ spells }) => spells)
    .reduce(jointSpells);
  const shown = (statement: Sql | null) => (statement ? showSql(statement) : null);
  return {
    stages: showSql(stagesSql({ experimentId, asOf })),
    harm: shown(harmSql(context, record, asOf)),
    money: shown(on === undefined ? null : moneySql(context, record, { asOf, on, open })),
  };
}

import type { ContactEffect, HoldoutValue } from '#core/contract/experiments/holdouts.ts';
import type { Metric } from '#core/experiment/metric.ts';
import { amountSums, outcomeSums } from '#core/holdout/sums.ts';
import { type CohortSums, effectByCohort } from '#core/holdout/value.ts';
import { raw, type Sql, sql } from '#core/sql/sql.ts';
import type { Context } from '../../context.ts';

/**
 * What contact adds per person over a window, on clearing and on cash by currency, from people(customer_id, entered_on, held) drawn by
 * lot; only those whose window has closed by `asOf`, as the caller gives them.
 */
export async function contactValue(
  { engine, registry }: Context,
  people: Sql,
  { horizonDays, asOf }: { horizonDays: number; asOf: string },
): Promise<{ clearing: ContactEffect; cash: HoldoutValue['cash'] }> {
  const { dialect } = engine;
  const metric = (id: string) => registry.metrics.get(id) as unknown as Metric;
  const window = { horizonDays, asOf };
  const [cleared, amounts] = await engine.connected(async (session) => {
    // Written down first: as a part of the statements it would be planned, and worked out, again and again.
    await session.run(sql`CREATE TEMPORARY TABLE drawn_people AS ${people}`);
    const drawn = raw('SELECT * FROM drawn_people');
    const sums = [
      await session.rows<CohortSums>(outcomeSums(dialect, metric('cured'), drawn, window)),
      await session.rows<CohortSums & { currency: string }>(
        amountSums(dialect, metric('cash'), drawn, window),
      ),
    ] as const;
    await session.run(raw('DROP TABLE drawn_people'));
    return sums;
  });
  const currencies = [...new Set(amounts.map(({ currency }) => currency))];
  return {
    clearing: effectByCohort(cleared),
    cash: currencies.map((currency) => ({
      currency,
      ...effectByCohort(amounts.filter((row) => row.currency === currency)),
    })),
  };
}

import type { ContactEffect, HoldoutValue } from '#core/contract/holdouts.ts';
import type { Metric } from '#core/experiment/metric.ts';
import { amountSums, outcomeSums } from '#core/holdout/sums.ts';
import { type CohortSums, effectByCohort } from '#core/holdout/value.ts';
import type { Sql } from '#core/sql/sql.ts';
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
  const cleared = await engine.rows<CohortSums>(outcomeSums(dialect, metric('cured'), people, window));
  const amounts = await engine.rows<CohortSums & { currency: string }>(
    amountSums(dialect, metric('cash'), people, window),
  );
  const currencies = [...new Set(amounts.map(({ currency }) => currency))];
  return {
    clearing: effectByCohort(cleared),
    cash: currencies.map((currency) => ({
      currency,
      ...effectByCohort(amounts.filter((row) => row.currency === currency)),
    })),
  };
}

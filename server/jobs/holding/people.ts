import type { HoldoutPlan } from '#core/contract/experiments/holdouts.ts';
import { judgePeople } from '#core/experiment/eligibility.ts';
import { drawnBefore, entrantAccounts, overCeiling } from '#core/holdout/entrants.ts';
import { accountFacts } from '#core/segment/facts.ts';
import { type Sql, sql } from '#core/sql/sql.ts';
import type { Context } from '../../context.ts';
import { readDesigns } from '../../store/experiments/designs.ts';
import { occupying } from '../../store/experiments/layers.ts';
import { lastSnapshot, scoreSources } from '../../store/portfolio/facts.ts';
import { workspaceToday } from '../../store/workspace.ts';
import { clearingModel } from '../designing/people.ts';

export interface HoldoutPeople {
  asOf: string;
  today: string;
  facts: Sql;
  members: Sql;
  /** customer_id and the reason that keeps them out of the draw, or NULL. */
  judged: Sql;
  /** Model whose score people are stratified by, or null. */
  score: string | null;
}

/**
 * Whom a holdout would draw at the newest balances: who entered 1–29 days past due on them and could get discretionary contact, without
 * hardship or vulnerability (the flags that block contact), under the ceiling, in no experiment and not drawn for this entry before.
 *
 * @throws no_snapshots
 */
export async function holdoutPeople(
  context: Context,
  plan: HoldoutPlan,
  holdoutId: string,
): Promise<HoldoutPeople> {
  const { engine } = context;
  const { dialect } = engine;
  const asOf = await lastSnapshot(engine);
  const today = await workspaceToday(context);
  const scores = await scoreSources(engine, asOf);
  const members = entrantAccounts(dialect, asOf);
  const layers = new Set((await readDesigns(engine)).map(({ design }) => design.layer));
  const running = [];
  for (const layer of layers) running.push(...(await occupying(engine, { layer, today, own: null })));
  const judged = judgePeople(dialect, {
    members,
    asOf,
    today,
    channels: plan.channels,
    running,
  });
  const held = sql`SELECT j.customer_id, coalesce(j.reason,
      CASE WHEN j.customer_id IN (${overCeiling(dialect, asOf, plan)}) THEN 'over_ceiling'
        WHEN j.customer_id IN (${drawnBefore(holdoutId)}) THEN 'drawn_before' END) AS reason FROM (${judged}) j`;
  return {
    asOf,
    today,
    facts: accountFacts(dialect, asOf, scores),
    members,
    judged: held,
    score: scores.find(({ model }) => model === clearingModel)?.model ?? null,
  };
}

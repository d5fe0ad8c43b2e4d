import type { DesignHistory } from '#core/contract/experiments/sizing.ts';
import type { Design } from '#core/experiment/define.ts';
import { type AccountSums, accountSums, clustering } from '#core/experiment/past/accounts.ts';
import { deliveries, newcomers } from '#core/experiment/past/flow.ts';
import { factsAsked, withoutScores } from '#core/segment/asked.ts';
import { compileCondition } from '#core/segment/compile.ts';
import { accountFacts } from '#core/segment/facts.ts';
import { wilson } from '#core/stats/wilson.ts';
import type { Context } from '../../context.ts';
import type { Session } from '../../engine/engine.ts';
import { snapshotDates } from '../../store/portfolio/facts.ts';
import { sourcesThen } from '../../store/segments/sources.ts';
import type { PastView } from './past-span.ts';
import type { DesignPeople } from './people.ts';

const dayMs = 86_400_000;
const leastGapDays = 7;
const deliveryDays = 180;

/**
 * How many people like those of the segment who could get any arm come on an average day: those who meet its
 * conditions (scores aside) at the newest balances and did not a week before, or at the ones before, times the share
 * of them that could enter today. null where there are no earlier balances.
 */
export async function arrivalsPerDay(
  context: Context,
  people: DesignPeople,
  eligible: number,
): Promise<number | null> {
  const { engine } = context;
  const day = (date: string) => Date.parse(date) / dayMs;
  const dates = await snapshotDates(engine);
  const before = dates.findLast((date) => day(date) <= day(people.asOf) - leastGapDays);
  if (before === undefined) return null;
  const { dialect } = engine;
  const condition = withoutScores(people.segment.condition);
  const factsOn = (date: string) =>
    accountFacts(dialect, date, [], {
      ...sourcesThen(context.registry, date),
      asked: factsAsked(condition),
    });
  const row = await engine.first<{ arrived: number; people: number }>(
    newcomers(dialect, factsOn(people.asOf), factsOn(before), compileCondition(condition, dialect)),
  );
  if (!row || row.people === 0) return null;
  return (row.arrived * eligible) / row.people / (day(people.asOf) - day(before));
}

/** Share of messages in the design's channels that arrived, in the half year before. */
export async function deliveredShare(
  context: Context,
  design: Design,
  asOf: string,
): Promise<DesignHistory['delivered']> {
  const channels = [...new Set(design.arms.flatMap((arm) => arm.touches.map((touch) => touch.channel)))];
  const row = await context.engine.first<{ arrived: number; known: number }>(
    deliveries(context.engine.dialect, channels.sort(), asOf, deliveryDays),
  );
  return row && row.known > 0
    ? wilson(row.arrived, row.known)
    : { estimate: null, lower: null, upper: null, reason: 'no_contacts' };
}

/** How alike the accounts of one person end. */
export async function accountsOf(
  context: Context,
  session: Session,
  past: PastView | undefined,
): Promise<DesignHistory['accounts']> {
  if (!past) return null;
  const sums = await session.first<AccountSums>(accountSums(context.engine.dialect, past.people, past.span));
  return sums ? clustering(sums) : null;
}

import { addDays } from '#core/contact/wall-clock.ts';
import type { DesignHistory } from '#core/contract/experiments/sizing.ts';
import type { Design } from '#core/experiment/define.ts';
import { baseRateNote } from '#core/experiment/notes.ts';
import type { Text } from '#core/text/text.ts';
import type { Context } from '../../context.ts';
import { clearingCovariate } from './covariate.ts';
import { accountsOf, arrivalsPerDay, deliveredShare } from './flow.ts';
import { type AskedMetric, readMetric } from './metric-history.ts';
import { type PastView, pastView } from './past-span.ts';
import type { DesignPeople } from './people.ts';

export interface ReadHistory {
  history: DesignHistory;
  notes: Text[];
}

/** The metric whose R² a model's card knows. */
const clearing = 'cured';

const asked = (design: Design): AskedMetric[] => [
  { ...design.metric, role: 'primary', margin: null },
  ...design.secondary.map((choice) => ({ ...choice, role: 'secondary' as const, margin: null })),
  ...design.guardrails.map((choice) => ({ ...choice, role: 'guardrail' as const })),
];

/** What the portfolio's past says of a design's people and metrics. */
export async function readHistory(
  context: Context,
  design: Design,
  people: DesignPeople,
  eligible: number,
): Promise<ReadHistory> {
  const views = new Map<number, PastView | undefined>();
  const viewOf = async (horizonDays: number): Promise<PastView | undefined> => {
    if (!views.has(horizonDays)) views.set(horizonDays, await pastView(context, people, horizonDays));
    return views.get(horizonDays);
  };
  const metrics: DesignHistory['metrics'] = [];
  const notes: Text[] = [];
  for (const one of asked(design)) {
    const past = await viewOf(one.horizonDays);
    const { history, explained } = await readMetric(context, one, past);
    if (one.role === 'primary' && past && history.base.estimate !== null && history.kind === 'proportion')
      notes.push(
        baseRateNote(
          Math.round((history.base.estimate / (past.ratio ?? 1)) * history.n),
          history.n,
          past.span,
        ),
      );
    if (one.role === 'primary') notes.push(...(past?.notes ?? []));
    if (one.id === clearing) {
      const covariate = await clearingCovariate(context, people, explained);
      if (one.role === 'primary') notes.push(covariate.note);
      history.covariateR2 = covariate.r2;
    }
    metrics.push(history);
  }
  return {
    history: {
      eligible,
      arrivalsPerDay: await arrivalsPerDay(context, people, eligible),
      delivered: await deliveredShare(context, design, people.asOf),
      accounts: await accountsOf(context, await viewOf(design.metric.horizonDays)),
      startsOn: design.sendOn ?? addDays(people.today, 1),
      metrics,
    },
    notes,
  };
}

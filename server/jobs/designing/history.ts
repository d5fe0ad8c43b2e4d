import { addDays } from '#core/contact/time/wall-clock.ts';
import type { DesignHistory, MetricHistory } from '#core/contract/experiments/sizing.ts';
import type { Design } from '#core/experiment/define.ts';
import { baseRateNote } from '#core/experiment/notes.ts';
import type { Text } from '#core/text/text.ts';
import type { Context } from '../../context.ts';
import { scoreDates } from '../../store/portfolio/facts.ts';
import { remembered } from '../../store/remembered.ts';
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

type Past = Pick<DesignHistory, 'metrics' | 'accounts'> & { notes: Text[] };

/** Metrics of people like these in the past, on one connection that holds those people. */
async function readPast(context: Context, design: Design, people: DesignPeople): Promise<Past> {
  return context.engine.connected(async (session) => {
    const views = new Map<number, PastView | undefined>();
    const viewOf = async (horizonDays: number): Promise<PastView | undefined> => {
      if (!views.has(horizonDays))
        views.set(horizonDays, await pastView(context, session, people, horizonDays));
      return views.get(horizonDays);
    };
    const found: Past = { metrics: [], accounts: null, notes: [] };
    for (const one of asked(design)) {
      const past = await viewOf(one.horizonDays);
      const { history, explained } = await readMetric(context, session, one, past);
      const covariate = one.id === clearing ? await clearingCovariate(context, people, explained) : null;
      found.metrics.push(covariate ? { ...history, covariateR2: covariate.r2 } : history);
      if (one.role === 'primary')
        found.notes.push(
          ...(past ? rateNote(history, past) : []),
          ...(past?.notes ?? []),
          ...(covariate ? [covariate.note] : []),
        );
    }
    return {
      ...found,
      accounts: await accountsOf(context, session, await viewOf(design.metric.horizonDays)),
    };
  });
}

/** Of how many people in the past, how many had the outcome. */
const rateNote = ({ base, kind, n }: MetricHistory, { span, ratio }: PastView): Text[] =>
  base.estimate === null || kind !== 'proportion'
    ? []
    : [baseRateNote(Math.round((base.estimate / (ratio ?? 1)) * n), n, span)];

/** What the portfolio's past says of a design's people and metrics. */
export async function readHistory(
  context: Context,
  design: Design,
  people: DesignPeople,
  eligible: number,
): Promise<ReadHistory> {
  const { engine } = context;
  const { segment, scores } = people;
  const question = JSON.stringify(['past', segment.id, asked(design), scores, await scoreDates(engine)]);
  const { notes, ...past } = await remembered(engine, question, () => readPast(context, design, people));
  return {
    history: {
      eligible,
      arrivalsPerDay: await remembered(engine, `arrivals ${segment.id} ${eligible}`, () =>
        arrivalsPerDay(context, people, eligible),
      ),
      delivered: await deliveredShare(context, design, people.asOf),
      startsOn: design.sendOn ?? addDays(people.today, 1),
      ...past,
    },
    notes,
  };
}

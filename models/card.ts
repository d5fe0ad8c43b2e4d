import type { z } from 'zod';
import { type ModelCard, modelCard } from '#core/contract/models/card.ts';
import type { NamedFamily } from '#core/sql/features.ts';
import type { Text } from '#core/text/text.ts';
import { warningsOf } from './explain/card-warnings.ts';
import type { Calendar, Identified, Question } from './question.ts';
import type { Judged } from './train.ts';

/** What the engine counted before anything was fitted. */
export interface PopulationCounts {
  asOf: string;
  excluded: string | null;
  /** At risk, but outside the rows the question is identified by. */
  outside: boolean;
  outcome: string | null;
  /** Null where there is no outcome, and of shares, which are not counted one by one. */
  target: number | null;
  n: number;
  /** Sum of the targets. */
  events: number | null;
}

export interface CardTask<P> {
  question: Question<P>;
  parameters: P;
  calendar: Calendar;
  /** What the data allows the target to be called. */
  identified: Omit<Identified, 'restrict' | 'weights'>;
  families: readonly NamedFamily[];
  /** Families left out because a table they need is empty. */
  absent: readonly NamedFamily[];
  counts: readonly PopulationCounts[];
  /** Dates trained and tested on. */
  asOf: readonly string[];
  customers: number;
  rows: number;
  events: number;
  /** Share of events, rows counted by their weights; default: of the rows as they are. */
  rate?: number;
  /** Dates whose horizon is not over: only endings that came early are known, and no rate is shown for them. */
  unfinished?: readonly string[];
  /** Share of customers the rows are of. */
  sampled: number;
  result: Judged;
  seed: number;
  /** Why a very strong column is known in time, by column, as it was written when training was asked for. */
  reasons: Readonly<Record<string, string>>;
  data: z.input<typeof modelCard>['data'];
  /** Models of this question already tried on these test rows. */
  earlierLooks: number;
  owner: string;
  createdAt: Date;
}

const dayMs = 86_400_000;
const isoDay = (day: number): string => new Date(day * dayMs).toISOString().slice(0, 10);
const validForDays = 365;

/** The card of a trained model: what was asked, of whom, how it was tried, how it did, and what not to conclude. */
export function makeCard<P>(task: CardTask<P>): ModelCard {
  const { question, parameters, calendar, result, createdAt } = task;
  const { validation } = result;
  const { identification, ladder } = task.identified;
  return modelCard.parse({
    question: question.describe(parameters, calendar, identification),
    decision: question.decision,
    identification,
    causalAssumption: question.assumption?.(identification) ?? null,
    ladder,
    population: populationOf(task),
    horizonDays: question.horizonDays(parameters),
    data: task.data,
    learner: { ...result.chosen, seed: task.seed },
    validation: {
      kind: validation.kind,
      folds: validation.folds,
      trainedOn: validation.trainDays.map(isoDay),
      testedOn: validation.testDays.map(isoDay),
      looks: task.earlierLooks + 1,
      inner: validation.inner,
    },
    comparison: result.comparison,
    search: result.search,
    results: result.results,
    baselines: result.baselines,
    calibration: result.calibration,
    calibrator: result.saved.calibration?.kind ?? 'none',
    gain: result.gain,
    roc: result.roc,
    fairness: result.fairness,
    stability: result.stability,
    features: task.families.flatMap(({ id, family }) =>
      family.columns.map(({ name, title, known }) => ({
        name,
        family: id,
        title,
        informationValue: result.information[name] ?? null,
        missingShare: result.missingShare[name] ?? 1,
        used: result.used.includes(name),
        known: known ?? family.known,
        importance: result.importance[name] ?? null,
        psi: result.psi[name] ?? null,
      })),
    ),
    points: result.points,
    leakReasons: result.strong.map(({ column, auc }) => ({
      column,
      auc,
      reason: task.reasons[column]?.trim() || null,
    })),
    warnings: warningsOf(task),
    limits: question.limits(parameters, calendar, identification),
    owner: task.owner,
    createdAt: createdAt.toISOString(),
    expiresOn: isoDay(Math.floor(createdAt.getTime() / dayMs) + validForDays),
  } satisfies z.input<typeof modelCard>);
}

const outsideText: Text = {
  es: 'Fuera de las filas con que se identifica la pregunta',
  en: 'Outside the rows the question is identified by',
};

function populationOf<P>(task: CardTask<P>): ModelCard['population'] {
  const { question, counts } = task;
  const chosen = counts.filter(({ asOf }) => task.asOf.includes(asOf));
  const total = (rows: readonly PopulationCounts[]) => rows.reduce((sum, { n }) => sum + n, 0);
  const events = (rows: readonly PopulationCounts[]) => rows.reduce((sum, row) => sum + (row.events ?? 0), 0);
  const atRisk = chosen.filter(({ excluded, outside }) => excluded === null && !outside);
  const why = Object.entries(question.exclusionTexts).map(([id, reason]) => ({
    reason,
    n: total(chosen.filter(({ excluded }) => excluded === id)),
  }));
  return {
    n: task.rows,
    events: task.events,
    rate: task.rate ?? task.events / task.rows,
    customers: task.customers,
    asOf: [...task.asOf],
    observed: task.calendar.observed,
    excluded: [...why, { reason: outsideText, n: total(chosen.filter(({ outside }) => outside)) }].filter(
      ({ n }) => n > 0,
    ),
    outcomes: Object.entries(question.outcomeTexts)
      .map(([id, title]) => {
        const rows = atRisk.filter(({ outcome }) => outcome === id);
        return { id, title, target: rows[0]?.target ?? null, n: total(rows) };
      })
      .filter(({ n }) => n > 0),
    byDate: task.asOf
      .filter((asOf) => !task.unfinished?.includes(asOf))
      .map((asOf) => {
        const known = atRisk.filter((row) => row.asOf === asOf && row.events !== null);
        return { asOf, n: total(known), events: events(known) };
      }),
    sampled: task.sampled,
  };
}

import type { z } from 'zod';
import { type ModelCard, modelCard } from '#core/contract/models/card.ts';
import type { NamedFamily } from '#core/sql/features.ts';
import type { Locale } from '#core/text/text.ts';
import type { Calendar, Question } from './question.ts';
import type { TrainResult } from './train.ts';
import { leakLimits } from './training/guard.ts';
import { warning } from './warnings.ts';

/** What the engine counted before anything was fitted. */
export interface PopulationCounts {
  asOf: string;
  excluded: string | null;
  outcome: string | null;
  target: number | null;
  n: number;
}

export interface CardTask<P> {
  question: Question<P>;
  parameters: P;
  calendar: Calendar;
  families: readonly NamedFamily[];
  /** Families left out because a table they need is empty. */
  absent: readonly NamedFamily[];
  counts: readonly PopulationCounts[];
  /** Dates trained and tested on. */
  asOf: readonly string[];
  customers: number;
  rows: number;
  events: number;
  /** Share of customers the rows are of. */
  sampled: number;
  result: TrainResult;
  learner: { id: string; options: unknown; seed: number };
  data: z.input<typeof modelCard>['data'];
  /** Models of this question already tried on these test rows. */
  earlierLooks: number;
  createdAt: Date;
}

const dayMs = 86_400_000;
const isoDay = (day: number): string => new Date(day * dayMs).toISOString().slice(0, 10);
const validForDays = 365;

/** The card of a trained model: what was asked, of whom, how it was tried, how it did, and what not to conclude. */
export function makeCard<P>(task: CardTask<P>): ModelCard {
  const { question, parameters, calendar, result, createdAt } = task;
  const { validation } = result;
  return modelCard.parse({
    question: question.describe(parameters, calendar),
    decision: question.decision,
    identification: question.identification,
    population: populationOf(task),
    horizonDays: question.horizonDays(parameters),
    data: task.data,
    learner: task.learner,
    validation: {
      kind: validation.kind,
      folds: validation.folds,
      trainedOn: validation.trainDays.map(isoDay),
      testedOn: validation.testDays.map(isoDay),
      looks: task.earlierLooks + 1,
      inner: 'grouped',
    },
    results: result.results,
    baselines: result.baselines,
    calibration: result.calibration,
    gain: result.gain,
    features: task.families.flatMap(({ id, family }) =>
      family.columns.map(({ name, title, known }) => ({
        name,
        family: id,
        title,
        informationValue: result.information[name] ?? null,
        missingShare: result.missingShare[name] ?? 1,
        used: result.used.includes(name),
        known: known ?? family.known,
        importance: null,
        psi: null,
      })),
    ),
    points: result.points,
    warnings: warningsOf(task),
    limits: question.limits(parameters, calendar),
    createdAt: createdAt.toISOString(),
    expiresOn: isoDay(Math.floor(createdAt.getTime() / dayMs) + validForDays),
  } satisfies z.input<typeof modelCard>);
}

function populationOf<P>(task: CardTask<P>): ModelCard['population'] {
  const { question, counts } = task;
  const chosen = counts.filter(({ asOf }) => task.asOf.includes(asOf));
  const total = (rows: readonly PopulationCounts[]) => rows.reduce((sum, { n }) => sum + n, 0);
  const atRisk = chosen.filter(({ excluded }) => excluded === null);
  return {
    n: task.rows,
    events: task.events,
    rate: task.events / task.rows,
    customers: task.customers,
    asOf: [...task.asOf],
    observed: task.calendar.observed,
    excluded: Object.entries(question.exclusionTexts)
      .map(([id, reason]) => ({ reason, n: total(chosen.filter(({ excluded }) => excluded === id)) }))
      .filter(({ n }) => n > 0),
    outcomes: Object.entries(question.outcomeTexts)
      .map(([id, title]) => {
        const rows = atRisk.filter(({ outcome }) => outcome === id);
        return { id, title, target: rows[0]?.target ?? null, n: total(rows) };
      })
      .filter(({ n }) => n > 0),
    byDate: task.asOf.map((asOf) => {
      const known = atRisk.filter((row) => row.asOf === asOf && row.target !== null);
      return { asOf, n: total(known), events: total(known.filter(({ target }) => target === 1)) };
    }),
    sampled: task.sampled,
  };
}

function warningsOf<P>(task: CardTask<P>): ModelCard['warnings'] {
  const { result, question } = task;
  const name = question.baseline.title;
  const found: ModelCard['warnings'] = [];
  const say = (...given: Parameters<typeof warning>) => found.push(warning(...given));
  const all = result.results[0]!;
  const baseline = result.baselines.find(({ id }) => id === question.baseline.column);
  const below = baseline?.results[0]?.auc;
  for (const [column, auc] of Object.entries(result.alone))
    if (auc !== null && auc > leakLimits.warn) say('strong_column', { column, auc });
  const gained = (all.auc.estimate ?? 0) - (below?.estimate ?? 0.5);
  const [strongest] = Object.entries(result.alone).sort(([, a], [, b]) => (b ?? 0) - (a ?? 0));
  const part = ((strongest?.[1] ?? 0) - (below?.estimate ?? 0.5)) / gained;
  if (strongest && gained > 0 && part > leakLimits.partOfGain)
    say('one_column_rules', { column: strongest[0], part: Math.min(1, part), baseline: name });
  const rarer = Math.min(task.events, task.rows - task.events);
  if (rarer < 200) say('few_events', { events: rarer });
  if (task.sampled < 1) say('sampled', { sampled: task.sampled });
  if (below?.upper != null && all.auc.lower != null && all.auc.lower <= below.upper)
    say('no_better', { baseline: name });
  if (all.calibrationSlope !== null && Math.abs(all.calibrationSlope - 1) > 0.2)
    say('miscalibrated', { slope: all.calibrationSlope });
  if (task.absent.length > 0) {
    const titles = task.absent.map(({ family }) => family.text.title);
    const joined = (locale: Locale) => titles.map((title) => title[locale]).join(', ');
    say('families_missing', { families: { es: joined('es'), en: joined('en') } });
  }
  if (result.validation.kind === 'grouped_cross_validation') say('one_date');
  return found;
}

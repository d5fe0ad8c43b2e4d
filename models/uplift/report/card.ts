import type { z } from 'zod';
import { type ModelCard, modelCard } from '#core/contract/models/card.ts';
import type { UpliftSection, UpliftStratum } from '#core/contract/models/uplift.ts';
import type { NamedFamily } from '#core/sql/features.ts';
import type { Text } from '#core/text/text.ts';
import type { Calendar, DecisionDate } from '../../question.ts';
import { missingOf } from '../../training/check.ts';
import type { Stratum } from '../data/strata.ts';
import type { UpliftQuestion } from '../question.ts';
import { folds, type UpliftResult } from '../train.ts';
import { ladderOf } from './ladder.ts';
import { upliftWarnings } from './warnings.ts';

/** What was estimated on one stratum, or why nothing was. */
export interface Trained {
  stratum: Stratum;
  result: UpliftResult | null;
  refused: { code: string; message: Text } | null;
}

export interface DecisionCount {
  period: string;
  arm: string;
  target: number;
  n: number;
}

export interface UpliftCardTask {
  question: UpliftQuestion;
  parameters: unknown;
  calendar: Calendar;
  families: readonly NamedFamily[];
  absent: readonly NamedFamily[];
  dates: readonly DecisionDate[];
  counts: readonly DecisionCount[];
  /** Rows of people by why they were left out, on the dates. */
  excluded: readonly { excluded: string; n: number }[];
  trained: readonly Trained[];
  againstPermission: number;
  amounts: UpliftSection['amounts'];
  costs: UpliftSection['costs'];
  sampled: number;
  learner: { id: string; options: unknown; seed: number };
  data: z.input<typeof modelCard>['data'];
  earlierLooks: number;
  owner: string;
  createdAt: Date;
}

const dayMs = 86_400_000;
const isoDay = (day: number): string => new Date(day * dayMs).toISOString().slice(0, 10);
const validForDays = 365;

/** The card of a question about what an action changes: what every card has, and the section `uplift`. */
export function makeUpliftCard(task: UpliftCardTask): ModelCard {
  const { question, parameters, calendar, createdAt } = task;
  const used = task.trained.flatMap(({ stratum, result }) => (result ? [{ stratum, result }] : []));
  const { stratum, result } = used[0]!;
  const identification = used.at(-1)!.stratum.identification;
  const rows = used.reduce((sum, one) => sum + one.result.rows, 0);
  const events = used.reduce((sum, one) => sum + eventsOf(one.stratum), 0);
  const section = sectionOf(task);
  return modelCard.parse({
    question: question.describe(parameters, calendar),
    decision: question.decision,
    identification,
    causalAssumption: question.assumption?.(identification) ?? null,
    ladder: ladderOf(
      task.trained.map((one) => ({
        identification: one.stratum.identification as UpliftStratum['identification'],
        rows: one.stratum.logged.matrix.rows,
        customers: new Set(one.stratum.logged.matrix.groups).size,
        refused: one.refused?.message ?? null,
      })),
    ),
    population: {
      n: rows,
      events,
      rate: events / rows,
      customers: used.reduce((sum, one) => sum + one.result.customers, 0),
      asOf: task.dates.map(({ asOf }) => asOf),
      observed: calendar.observed,
      excluded: Object.entries(question.exclusionTexts).flatMap(([id, reason]) => {
        const n = task.excluded
          .filter(({ excluded }) => excluded === id)
          .reduce((sum, row) => sum + row.n, 0);
        return n > 0 ? [{ reason, n }] : [];
      }),
      outcomes: Object.entries(question.outcomeTexts).map(([id, title]) => {
        const target = id === 'paid' ? 1 : 0;
        const own = task.counts.filter((row) => row.target === target);
        return { id, title, target, n: own.reduce((sum, { n }) => sum + n, 0) };
      }),
      byDate: task.dates.map(({ asOf }) => {
        const own = task.counts.filter(({ period }) => period === asOf);
        const sum = (some: readonly DecisionCount[]) => some.reduce((total, { n }) => total + n, 0);
        return { asOf, n: sum(own), events: sum(own.filter(({ target }) => target === 1)) };
      }),
      sampled: task.sampled,
    },
    horizonDays: question.windowDays(parameters),
    data: task.data,
    learner: task.learner,
    validation: {
      kind: result.validation.kind,
      folds,
      trainedOn: monthsOf(result.validation.trainDays),
      testedOn: monthsOf(result.validation.testDays),
      looks: task.earlierLooks + 1,
      inner: 'grouped',
    },
    results: result.results,
    baselines: [
      {
        id: 'base_rate',
        title: { es: 'La misma probabilidad para todos', en: 'The same chance for everybody' },
        results: result.baseRate,
      },
    ],
    calibration: result.calibration,
    gain: result.gain,
    features: featuresOf(task, stratum),
    points: [],
    warnings: upliftWarnings(section, task),
    limits: question.limits(parameters, calendar),
    uplift: section,
    owner: task.owner,
    createdAt: createdAt.toISOString(),
    expiresOn: isoDay(Math.floor(createdAt.getTime() / dayMs) + validForDays),
  } satisfies z.input<typeof modelCard>);
}

const eventsOf = ({ logged }: Stratum): number => logged.matrix.target.reduce((sum, value) => sum + value, 0);

/** The last day of rows in each calendar month, which names the month. */
function monthsOf(days: readonly number[]): string[] {
  const last = new Map<string, string>();
  for (const day of days) last.set(isoDay(day).slice(0, 7), isoDay(day));
  return [...last.values()].sort();
}

function sectionOf(task: UpliftCardTask): UpliftSection {
  const { question, parameters } = task;
  return {
    method: question.method(parameters),
    windowDays: question.windowDays(parameters),
    trim: [...question.trim(parameters)],
    folds,
    arms: question.arms.map(({ id, title }) => ({ id, title })),
    thinning: question.thinning(parameters, task.dates),
    againstPermission: task.againstPermission,
    strata: task.trained.map(({ stratum, result, refused }) => ({
      id: stratum.id,
      identification: stratum.identification as UpliftStratum['identification'],
      places: stratum.places,
      rows: stratum.logged.matrix.rows,
      customers: new Set(stratum.logged.matrix.groups).size,
      refused,
      effects: result?.effects ?? [],
      overlap: result?.overlap ?? [],
      policies: result?.policies ?? [],
      rankings: result?.rankings ?? [],
    })),
    amounts: task.amounts,
    costs: task.costs,
  };
}

function featuresOf(task: UpliftCardTask, { logged }: Stratum): z.input<typeof modelCard>['features'] {
  const missing = new Map(
    logged.matrix.columns.map((column) => [column.name, missingOf(column) / logged.matrix.rows]),
  );
  const known: Text = {
    es: 'Se conoce al empezar el día de la decisión.',
    en: 'Known as the day of the decision begins.',
  };
  const own = task.question.columns.map((column) => ({
    column,
    family: 'decision',
    why: column.known ?? known,
  }));
  const others = task.families.flatMap(({ id, family }) =>
    family.columns.map((column) => ({ column, family: id, why: column.known ?? family.known })),
  );
  return [...own, ...others].map(({ column, family, why }) => ({
    name: column.name,
    family,
    title: column.title,
    informationValue: null,
    missingShare: missing.get(column.name) ?? 1,
    used: true,
    known: why,
  }));
}

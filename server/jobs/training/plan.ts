import type { z } from 'zod';
import { DomainError } from '#core/errors/domain-error.ts';
import type { FeatureFamily } from '#core/features/feature.ts';
import { tableRows } from '#core/portfolio/kpis/summary.ts';
import type { NamedFamily } from '#core/sql/features.ts';
import type { Learner } from '#models/learner.ts';
import type { Calendar, DecisionDate, Question } from '#models/question.ts';
import type { Context } from '../../context.ts';
import type { Registry } from '../../registry.ts';
import { readCalendar } from '../../store/portfolio/calendar.ts';

/** Snapshots before a date that features look back on; dates with fewer are trained on only when asked for. */
const leadIn = 3;

function fromRegistry<T>(registry: Registry, kind: keyof Registry, name: string, id: string): T {
  const found = registry[kind].get(id);
  if (!found) throw new DomainError('not_found', { kind: name, id });
  return found as unknown as T;
}

/** @throws not_found */
export const questionOf = (registry: Registry, id: string): Question =>
  fromRegistry(registry, 'models', 'model', id);
/** Learners of versions made elsewhere: there is no file to open them with. */
const elsewhere = new Set(['external', 'onnx']);
/** @throws not_found, made_elsewhere */
export function learnerOf(registry: Registry, id: string): Learner {
  if (elsewhere.has(id)) throw new DomainError('made_elsewhere', { learner: id });
  return fromRegistry(registry, 'learners', 'learner', id);
}
/** @throws not_found */
export const familyOf = (registry: Registry, id: string): NamedFamily => ({
  id,
  family: fromRegistry<FeatureFamily>(registry, 'features', 'feature family', id),
});

/** Values of a schema that a person filled in. @throws invalid_input, naming each field */
export function readParameters<T>(schema: z.ZodType<T>, given: unknown, place: string): T {
  const read = schema.safeParse(given);
  if (read.success) return read.data;
  const problems = read.error.issues.map((issue) => `${[place, ...issue.path].join('.')}: ${issue.message}`);
  throw new DomainError('invalid_input', { problems: problems.slice(0, 8).join('; ') });
}

/** Families whose tables all hold rows, and those left out. @throws missing_step when the question's own are empty */
export async function familiesAtHand(
  { engine, registry }: Context,
  question: Question,
): Promise<{ families: NamedFamily[]; absent: NamedFamily[] }> {
  const counted = await engine.rows<{ table_name: string; row_count: number }>(tableRows(engine.dialect));
  const held = new Set(counted.filter(({ row_count }) => row_count > 0).map(({ table_name }) => table_name));
  const missing = question.needs.find((table) => !held.has(table));
  if (missing) throw new DomainError('missing_step', { step: `load (${missing})` });
  const every = [...registry.features.keys()].sort().map((id) => familyOf(registry, id));
  const fits = ({ family }: NamedFamily) => family.needs.every((table) => held.has(table));
  return { families: every.filter(fits), absent: every.filter((one) => !fits(one)) };
}

export interface Dates {
  calendar: Calendar;
  /** Dates trained and tested on. */
  chosen: DecisionDate[];
  /** Those and every earlier one with a known outcome: what the guard compares with. */
  known: DecisionDate[];
}

/**
 * The dates asked for, or every one with a known outcome and some history before it.
 *
 * @throws as_of_not_snapshot, outcome_not_observed, no_decision_dates
 */
export async function decisionDatesOf(
  { engine }: Context,
  question: Question,
  parameters: unknown,
  asked: readonly string[] | undefined,
): Promise<Dates> {
  const calendar = await readCalendar(engine);
  const { dates } = calendar;
  const [first, last] = [dates[0] ?? null, dates.at(-1) ?? null];
  const horizonDays = question.horizonDays(parameters);
  const every = question.decisionDates(parameters, calendar);
  const known = new Map(every.map((date) => [date.asOf, date]));
  const chosen = asked
    ? [...new Set(asked)].sort().map((asOf) => {
        if (!dates.includes(asOf)) throw new DomainError('as_of_not_snapshot', { asOf, first, last });
        const date = known.get(asOf);
        if (!date) throw new DomainError('outcome_not_observed', { asOf, last, horizonDays });
        return date;
      })
    : withHistory(every, dates);
  const latest = chosen.at(-1)?.asOf;
  if (latest === undefined)
    throw new DomainError('no_decision_dates', { dates: dates.length, first, last, horizonDays });
  return { calendar, chosen, known: every.filter(({ asOf }) => asOf <= latest) };
}

function withHistory(every: readonly DecisionDate[], dates: readonly string[]): DecisionDate[] {
  const after = every.filter(({ asOf }) => dates.indexOf(asOf) >= leadIn);
  return after.length > 0 ? after : every.slice(-1);
}

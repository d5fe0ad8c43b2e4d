import type { ModelCard } from '#core/contract/models/card.ts';
import {
  baseRateNote,
  type CovariateSource,
  covariateNote,
  outOfLineNote,
  widenedNote,
} from '#core/experiment/notes.ts';
import { meanScores, type PastSums, pastOutcomes, squaredCorrelation } from '#core/experiment/past.ts';
import { isOutOfLine, type PastSpan, pastSpans } from '#core/experiment/spans.ts';
import { compileCondition, scoresIn, withoutScores } from '#core/segment/compile.ts';
import { accountFacts, type ScoreSource } from '#core/segment/facts.ts';
import { sql } from '#core/sql/sql.ts';
import { type Interval, wilson } from '#core/stats/wilson.ts';
import type { Text } from '#core/text/text.ts';
import type { Context } from '../../context.ts';
import { snapshotDates, wasScored } from '../../store/facts.ts';
import { versionTitles } from '../../store/model-titles.ts';
import type { DesignPeople } from './people.ts';

export interface PastRate {
  baseRate: Interval;
  n: number;
  covariateR2: number;
  notes: Text[];
}

/** Stretches of the past that are looked at. */
const mostSpans = 5;

/** Share of people like those of the segment who cleared within the horizon, and what the score explains of it. */
export async function pastRate(
  context: Context,
  people: DesignPeople,
  horizonDays: number,
): Promise<PastRate> {
  const { span, notes } = await chooseSpan(context, people, horizonDays);
  if (!span) {
    const unknown = { estimate: null, lower: null, upper: null, reason: 'too_little_history' };
    return { baseRate: unknown, n: 0, ...(await covariate(context, people, null)) };
  }
  const scored = await scoredThen(context, people, span);
  const asked = scoresIn(people.segment.condition);
  const widened = asked.some((model) => !scored.some((source) => source.model === model));
  const sums = await outcomesIn(context, people, span, widened ? [] : scored);
  const { n, events } = sums;
  const ratio = widened ? await scoreRatio(context, people) : null;
  const explained = await covariate(context, people, sums);
  return {
    baseRate: scaled(wilson(events, n), ratio ?? 1),
    n,
    covariateR2: explained.covariateR2,
    notes: [
      baseRateNote(events, n, span),
      ...notes,
      ...(widened && !(ratio !== null && Math.abs(ratio - 1) < 0.0005) ? [widenedNote(ratio)] : []),
      ...explained.notes,
    ],
  };
}

/** What became of people like those of the segment in a stretch; chosen without scores where none are given. */
async function outcomesIn(
  context: Context,
  people: DesignPeople,
  span: PastSpan,
  scored: readonly ScoreSource[],
): Promise<PastSums> {
  const { dialect } = context.engine;
  const { condition } = people.segment;
  const score = scored.find((source) => source.model === people.score?.model)?.model ?? null;
  const sums = await context.engine.first<PastSums>(
    pastOutcomes(dialect, {
      facts: accountFacts(dialect, span.from, scored),
      predicate: compileCondition(scored.length ? condition : withoutScores(condition), dialect),
      span,
      score,
    }),
  );
  return { ...noSums, ...sums };
}

/** The latest stretch of the past as long as the horizon, or the one before where the latest is out of line. */
async function chooseSpan(
  context: Context,
  people: DesignPeople,
  horizonDays: number,
): Promise<{ span: PastSpan | undefined; notes: Text[] }> {
  const spans = pastSpans(await snapshotDates(context.engine), horizonDays, mostSpans);
  const [latest, before] = spans;
  if (!latest || !before) return { span: latest, notes: [] };
  const counts: PastSums[] = [];
  for (const span of spans) counts.push(await outcomesIn(context, people, span, []));
  const [now, then] = counts;
  if (!now || !then || !isOutOfLine(counts)) return { span: latest, notes: [] };
  return { span: before, notes: [outOfLineNote(now.events / now.n, then.events / then.n, latest)] };
}

const noSums: PastSums = {
  n: 0,
  events: 0,
  scored: 0,
  scored_events: 0,
  score_sum: null,
  score_squares: null,
  score_events: null,
};

/** Of the versions scored today, those that were scored at the span's beginning too. */
async function scoredThen(
  context: Context,
  { scores }: DesignPeople,
  { from }: PastSpan,
): Promise<ScoreSource[]> {
  const then: ScoreSource[] = [];
  for (const source of scores)
    if (await wasScored(context.engine, source.versionId, from)) then.push({ ...source, asOf: from });
  return then;
}

async function scoreRatio(context: Context, people: DesignPeople): Promise<number | null> {
  if (!people.score) return null;
  const { dialect } = context.engine;
  const { condition } = people.segment;
  const means = await context.engine.first<{ chosen: number | null; widened: number | null }>(
    meanScores(
      people.facts,
      compileCondition(condition, dialect),
      compileCondition(withoutScores(condition), dialect),
      people.score.model,
    ),
  );
  return means?.chosen && means.widened ? means.chosen / means.widened : null;
}

function scaled(interval: Interval, ratio: number): Interval {
  const by = (value: number | null) => (value === null ? null : Math.min(1, value * ratio));
  return {
    ...interval,
    estimate: by(interval.estimate),
    lower: by(interval.lower),
    upper: by(interval.upper),
  };
}

async function covariate(
  context: Context,
  { score }: DesignPeople,
  sums: PastSums | null,
): Promise<{ covariateR2: number; notes: Text[] }> {
  const titles = score ? await versionTitles(context.engine, context.registry, [score.versionId]) : null;
  const told = (source: CovariateSource, r2: number) => ({
    covariateR2: r2,
    notes: [covariateNote(source, r2, (score && titles?.get(score.versionId)) ?? null)],
  });
  if (!score) return told('none', 0);
  const past = sums && squaredCorrelation(sums);
  if (past !== null) return told('past_scores', past);
  const row = await context.engine.first<{ card: string }>(
    sql`SELECT card FROM model_versions WHERE version_id = ${score.versionId}`,
  );
  const explained = row ? explainedByCard(JSON.parse(row.card) as ModelCard) : null;
  return explained === null ? told('none', 0) : told('model_card', explained);
}

/** 1 − Brier score ÷ variance of the outcome, over the rows the model was tested on. */
function explainedByCard(card: ModelCard): number | null {
  const tested = card.results.find(({ population }) => population === 'all');
  if (!tested || tested.brier === null || tested.n === 0) return null;
  const rate = tested.events / tested.n;
  const variance = rate * (1 - rate);
  return variance === 0 ? null : Math.max(0, 1 - tested.brier / variance);
}

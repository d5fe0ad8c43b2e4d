import { outOfLineNote, widenedNote } from '#core/experiment/notes.ts';
import { meanScores, type PastSums, pastOutcomes, pastPeople } from '#core/experiment/past/people.ts';
import { isOutOfLine, type PastSpan, pastSpans } from '#core/experiment/past/spans.ts';
import { compileCondition, scoresIn, withoutScores } from '#core/segment/compile.ts';
import { accountFacts, type ScoreSource } from '#core/segment/facts.ts';
import type { Sql } from '#core/sql/sql.ts';
import type { Text } from '#core/text/text.ts';
import type { Context } from '../../context.ts';
import { snapshotDates, wasScored } from '../../store/facts.ts';
import type { DesignPeople } from './people.ts';

/** People of the past like those of a design. */
export interface PastView {
  span: PastSpan;
  /** `pastPeople` of the span. */
  people: Sql;
  /** What choosing by a score that did not exist then changes a share by, as a factor; null: not known. */
  ratio: number | null;
  notes: Text[];
}

/** Stretches of the past that are looked at. */
export const mostSpans = 5;

/** People like those of the segment on a span's first date; chosen without scores where none are given. */
export function peopleOn(
  context: Context,
  people: DesignPeople,
  span: PastSpan,
  scored: readonly ScoreSource[],
): Sql {
  const { dialect } = context.engine;
  const { condition } = people.segment;
  return pastPeople(dialect, pastOf(dialect, people, span, scored, condition));
}

function pastOf(
  dialect: Context['engine']['dialect'],
  people: DesignPeople,
  span: PastSpan,
  scored: readonly ScoreSource[],
  condition: DesignPeople['segment']['condition'],
) {
  return {
    facts: accountFacts(dialect, span.from, scored),
    predicate: compileCondition(scored.length ? condition : withoutScores(condition), dialect),
    span,
    score: scored.find((source) => source.model === people.score?.model)?.model ?? null,
  };
}

/** The latest stretch of the past as long as the horizon whose figures are in line, or undefined where there is none. */
export async function pastView(
  context: Context,
  people: DesignPeople,
  horizonDays: number,
): Promise<PastView | undefined> {
  const { span, notes } = await chooseSpan(context, people, horizonDays);
  if (!span) return undefined;
  const scored = await scoredThen(context, people, span);
  const asked = scoresIn(people.segment.condition);
  const widened = asked.some((model) => !scored.some((source) => source.model === model));
  const ratio = widened ? await scoreRatio(context, people) : 1;
  const said = widened && !(ratio !== null && Math.abs(ratio - 1) < 0.0005);
  return {
    span,
    people: peopleOn(context, people, span, widened ? [] : scored),
    ratio,
    notes: [...notes, ...(said ? [widenedNote(ratio)] : [])],
  };
}

async function chooseSpan(
  context: Context,
  people: DesignPeople,
  horizonDays: number,
): Promise<{ span: PastSpan | undefined; notes: Text[] }> {
  const { engine } = context;
  const spans = pastSpans(await snapshotDates(engine), horizonDays, mostSpans);
  const [latest, before] = spans;
  if (!latest || !before) return { span: latest, notes: [] };
  const counts: { n: number; events: number }[] = [];
  for (const span of spans) {
    const sums = await engine.first<PastSums>(
      pastOutcomes(engine.dialect, pastOf(engine.dialect, people, span, [], people.segment.condition)),
    );
    counts.push({ n: sums?.n ?? 0, events: sums?.sum ?? 0 });
  }
  const [now, then] = counts;
  if (!now || !then || !isOutOfLine(counts)) return { span: latest, notes: [] };
  return { span: before, notes: [outOfLineNote(now.events / now.n, then.events / then.n, latest)] };
}

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

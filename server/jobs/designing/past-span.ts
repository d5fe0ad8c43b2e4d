import { outOfLineNote, widenedNote } from '#core/experiment/notes.ts';
import {
  meanScores,
  type PastPeople,
  type PastSums,
  pastOutcomes,
  pastPeople,
} from '#core/experiment/past/people.ts';
import { isOutOfLine, type PastSpan, pastSpans } from '#core/experiment/past/spans.ts';
import { factsAsked, scoresIn, withoutScores } from '#core/segment/asked.ts';
import { compileCondition } from '#core/segment/compile.ts';
import { accountFacts, type ScoreSource } from '#core/segment/facts.ts';
import { ident, type Sql, sql } from '#core/sql/sql.ts';
import type { Text } from '#core/text/text.ts';
import type { Context } from '../../context.ts';
import type { Session } from '../../engine/engine.ts';
import { snapshotDates, wasScored } from '../../store/portfolio/facts.ts';
import { remembered } from '../../store/remembered.ts';
import { sourcesThen } from '../../store/segments/sources.ts';
import type { DesignPeople } from './people.ts';

/** People of the past like those of a design. */
export interface PastView {
  span: PastSpan;
  /** `pastPeople` of the span, as a table of the connection. */
  people: Sql;
  /** What they were chosen by. */
  chosen: PastPeople;
  /** Scores there were on the span's first date, where people were chosen or can be adjusted by them. */
  scored: readonly ScoreSource[];
  /** What choosing by a score that did not exist then changes a share by, as a factor; null: not known. */
  ratio: number | null;
  notes: Text[];
}

/** Stretches of the past that are looked at. */
export const mostSpans = 5;

/** People like those of the segment on a span's first date; chosen without scores where none are given. */
export function pastOf(
  { engine: { dialect }, registry }: Context,
  people: DesignPeople,
  span: PastSpan,
  scored: readonly ScoreSource[],
): PastPeople {
  const { condition } = people.segment;
  const asked = scored.length ? condition : withoutScores(condition);
  return {
    facts: accountFacts(dialect, span.from, scored, {
      ...sourcesThen(registry, span.from),
      asked: factsAsked(asked),
    }),
    predicate: compileCondition(asked, dialect),
    span,
    score: scored.find((source) => source.model === people.score?.model)?.model ?? null,
  };
}

/**
 * The latest stretch of the past as long as the horizon whose figures are in line, or undefined where there is none. Its
 * people are put into a table of the connection, because every metric reads them.
 */
export async function pastView(
  context: Context,
  session: Session,
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
  const { dialect } = context.engine;
  const table = ident(`past_people_${horizonDays}`);
  await session.run(sql`DROP TABLE IF EXISTS ${table}`);
  const chosen = pastOf(context, people, span, widened ? [] : scored);
  await session.run(sql`CREATE TEMP TABLE ${table} AS ${pastPeople(dialect, chosen)}`);
  return {
    span,
    people: sql`SELECT * FROM ${table}`,
    chosen,
    scored,
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
  const counts = await remembered(engine, `past counts ${people.segment.id} ${horizonDays}`, async () => {
    const found: { n: number; events: number }[] = [];
    for (const span of spans) {
      const sums = await engine.first<PastSums>(
        pastOutcomes(engine.dialect, pastOf(context, people, span, [])),
      );
      found.push({ n: sums?.n ?? 0, events: sums?.sum ?? 0 });
    }
    return found;
  });
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

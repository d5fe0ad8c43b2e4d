import type { SegmentHistory } from '#core/contract/segments/views.ts';
import { messageOf } from '#core/errors/domain-error.ts';
import { factsAsked, scoresIn } from '#core/segment/asked.ts';
import { compileCondition } from '#core/segment/compile.ts';
import type { Condition } from '#core/segment/condition.ts';
import { accountFacts } from '#core/segment/facts.ts';
import { type Picked, readSize, type SizeRow, sizeOf } from '#core/segment/size.ts';
import type { Text } from '#core/text/text.ts';
import type { Context } from '../../context.ts';
import { scoreSources, snapshotDates } from '../../store/portfolio/facts.ts';
import { remembered } from '../../store/remembered.ts';
import { readFreezes, segmentUses } from '../../store/segments/freezes.ts';
import { readSegment } from '../../store/segments/segments.ts';
import { readSources } from '../../store/segments/sources.ts';
import { currentFacts, pickReady } from '../segmenting.ts';
import { refusalOf } from './overlap.ts';

type Month = SegmentHistory['months'][number];

const mostMonths = 13;

/** The last date with balances of each month, oldest first. */
const lastOfMonths = (dates: readonly string[]): string[] =>
  dates.filter((date, i) => dates[i + 1]?.slice(0, 7) !== date.slice(0, 7)).slice(-mostMonths);

const unknown = (asOf: string, reason: Text): Month => ({
  asOf,
  customers: null,
  accounts: null,
  arrears: [],
  reason,
});

async function count({ engine }: Context, asOf: string, picked: Picked): Promise<Month> {
  const { accounts, customers, arrears } = readSize(
    await engine.rows<SizeRow>(sizeOf(engine.dialect, picked)),
  );
  return { asOf, customers, accounts, arrears, reason: null };
}

/** Whom a condition picked on an earlier date, by what was known and scored then. */
async function monthThen(context: Context, condition: Condition, asOf: string): Promise<Month> {
  const { engine } = context;
  const scores = await scoreSources(engine, asOf);
  const given = scores.map(({ model }) => model);
  const missing = scoresIn(condition).find((model) => !given.includes(model));
  if (missing) {
    const details = { model: missing, known: given.join(', ') || null };
    return unknown(asOf, {
      es: messageOf('unknown_segment_score', 'es', details),
      en: messageOf('unknown_segment_score', 'en', details),
    });
  }
  const sources = await readSources(context, asOf, asOf);
  return count(context, asOf, {
    facts: accountFacts(
      engine.dialect,
      asOf,
      scores.filter(({ model }) => scoresIn(condition).includes(model)),
      { ...sources, asked: factsAsked(condition) },
    ),
    predicate: compileCondition(condition, engine.dialect),
  });
}

/** @throws not_found, no_snapshots */
export async function historyOf(context: Context, segmentId: string): Promise<SegmentHistory> {
  const { engine } = context;
  const { condition } = await readSegment(engine, segmentId);
  const facts = await currentFacts(context);
  const refused = refusalOf(condition, facts);
  const months: Month[] = [];
  for (const date of lastOfMonths(await snapshotDates(engine))) {
    if (refused) months.push(unknown(date, refused));
    else if (date === facts.asOf)
      months.push(await count(context, date, await pickReady(context, facts, condition)));
    else {
      const scored = (await scoreSources(engine, date)).map(({ versionId }) => versionId).join();
      const question = `segment month ${date} ${scored} ${JSON.stringify(condition)}`;
      months.push(await remembered(engine, question, () => monthThen(context, condition, date)));
    }
  }
  return {
    months,
    freezes: await readFreezes(engine, segmentId),
    uses: await segmentUses(engine, segmentId),
  };
}

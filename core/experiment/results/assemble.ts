import type { ExperimentResults } from '../../contract/experiments/results.ts';
import type { Text } from '../../text/text.ts';
import type { Gathered, GatheredColumn, RecordedLook } from './gathered.ts';
import { judge } from './judge.ts';
import type { Judgement } from './judgement.ts';
import { curveFinding, curveOf } from './parts/curve.ts';
import { plannedAndDone } from './parts/done.ts';
import { metricResult, type Reader } from './parts/metric-result.ts';
import { otherInference } from './parts/other-inference.ts';
import { reachedOf } from './parts/reached.ts';
import { secondaryPs } from './parts/secondary.ts';
import { seenBy } from './parts/seen.ts';
import { readSegments, segmentsFinding } from './parts/segments.ts';
import { sensitivityOf } from './parts/sensitivity.ts';
import { trustIn } from './parts/trust.ts';
import { maturedBy } from './parts/windows.ts';
import { judgedPlan } from './plan.ts';
import { reasonsFor } from './words/reasons.ts';
import { say } from './words/say.ts';
import { armSentence, headline, inPeople, nextStep, type Subject } from './words/verdict.ts';

/** A look that said something else when it was reached than the data, corrected since, say now. */
function correctedSince(
  recorded: readonly RecordedLook[],
  judgement: Judgement,
  arms: Readonly<Record<string, Text>>,
): Text | null {
  for (const look of recorded)
    for (const { arm, kind } of look.arms) {
      const now = judgement.arms.find((one) => one.arm === arm);
      const decided = kind === 'better' || kind === 'worse' || kind === 'equivalent';
      if (!now || !decided || now.kind === kind || now.kind === 'invalid' || now.kind === 'stopped_for_harm')
        continue;
      return say(
        {
          es: 'En la revisión {number} se anotó otra cosa para {arm}; los datos se corrigieron después.',
          en: 'Look {number} wrote down something else for {arm}; the data were corrected since.',
        },
        (locale) => ({ number: String(look.number), arm: (arms[arm] ?? { es: arm, en: arm })[locale] }),
      );
    }
  return null;
}

/** A judgement and what it rests on, from what was gathered: what the verdict and its record need. */
export function judgeGathered(gathered: Gathered, options: { pValues?: boolean } = {}) {
  const primary = gathered.columns.find(({ role }) => role === 'primary') as GatheredColumn;
  const plan = judgedPlan(gathered.design, gathered.schedule, primary.metric.better);
  const trust = trustIn(gathered);
  const judgement = judge(plan, seenBy(gathered, plan, primary, trust.invalid), options);
  return { primary, plan, trust, judgement };
}

function subjectOf(
  gathered: Gathered,
  primary: GatheredColumn,
  judgement: Judgement,
  failed: Text[],
  information: number,
): Subject {
  return {
    control: gathered.design.control,
    arms: gathered.armTitles,
    metric: primary.metric.text.title,
    unit: primary.metric.unit,
    currency: primary.currency,
    horizonDays: primary.horizonDays,
    better: primary.metric.better,
    margin: gathered.design.margin,
    information,
    nextLook:
      gathered.startsOn === null ? null : (judgement.looks.find(({ state }) => state === 'next')?.on ?? null),
    metrics: Object.fromEntries(
      gathered.columns.map(({ metricId, metric }) => [metricId, metric.text.title]),
    ),
    units: Object.fromEntries(
      gathered.columns.map(({ metricId, metric, currency }) => [metricId, { unit: metric.unit, currency }]),
    ),
    failed,
  };
}

/**
 * Everything the results page, the memo and the library show of an experiment, from counts and sums: the verdict by
 * the one frozen method first, the rest beside it. Pure; effects are read up to the day of the last look done (the last
 * known day once none is left), so that between looks nothing moves but counts and harm.
 */
export function assembleResults(gathered: Gathered): ExperimentResults {
  const { primary, plan, trust, judgement } = judgeGathered(gathered);
  const { asOf, entered, schedule } = gathered;
  const planned = schedule.planned.reduce((sum, { people }) => sum + people, 0);
  const people = entered.reduce((sum, one) => sum + one.people, 0);
  const matured = maturedBy(gathered, asOf, primary.horizonDays);
  const information = planned > 0 ? Math.min(1, matured / planned) : 0;
  const lastDone = judgement.looks.findLast(({ state }) => state === 'done')?.on ?? null;
  const readOn = judgement.ended && lastDone !== null ? asOf : lastDone;
  const secondary = secondaryPs(gathered, plan, judgement);
  const reader: Reader = { gathered, plan, judgement, readOn, secondary };
  const segments = readSegments(reader, primary);
  const subject = subjectOf(gathered, primary, judgement, trust.failed, information);
  const curve = curveOf(gathered, primary, lastDone);
  return {
    experimentId: gathered.experimentId,
    name: gathered.name,
    asOf,
    dataVersion: gathered.dataVersion,
    computedAt: gathered.computedAt,
    people,
    information,
    verdict: {
      kind: judgement.kind,
      headline: headline(judgement, subject),
      inPeople: inPeople(judgement, subject),
      arms: judgement.arms.map((arm) => ({
        arm: arm.arm,
        kind: arm.kind,
        sentence: armSentence(arm, subject),
      })),
      reasons: reasonsFor(judgement, subject, {
        people,
        matured,
        differs: gathered.differs,
        corrected: correctedSince(gathered.recorded, judgement, gathered.armTitles),
        segments: segmentsFinding(segments),
        inference: plan.inference,
      }),
      next: nextStep(judgement, subject),
      provisionalUntil: judgement.provisionalUntil,
    },
    checks: trust.checks,
    metrics: gathered.columns
      .filter(({ role }) => role !== 'curve')
      .map((column) => metricResult(reader, column)),
    looks:
      gathered.startsOn === null ? [] : judgement.looks.map((look) => ({ ...look, arms: [...look.arms] })),
    curve,
    curveFinding: curveFinding(curve, judgement, {
      better: primary.metric.better,
      horizonDays: primary.horizonDays,
      titles: gathered.armTitles,
      control: gathered.design.control,
    }),
    lost: trust.lost,
    leftOut: gathered.leftOut,
    segments,
    money: lastDone === null ? [] : gathered.money,
    harm: gathered.harm,
    sensitivity: [
      ...sensitivityOf(gathered, primary, lastDone),
      ...otherInference(gathered, primary, { plan, judgement, lookOn: lastDone }),
    ],
    reached: reachedOf(gathered, primary, lastDone),
    planned: plannedAndDone(gathered, plan, judgement),
    changes: gathered.changes,
  };
}

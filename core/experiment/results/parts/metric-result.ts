import { addDays } from '../../../contact/time/wall-clock.ts';
import type { MetricResult, Reading, ResultEffect } from '../../../contract/experiments/results.ts';
import { normalQuantile } from '../../../stats/distributions/normal.ts';
import type { Gathered, GatheredColumn } from '../gathered.ts';
import type { ArmJudgement, JudgedPlan, Judgement } from '../judgement.ts';
import { judgedBy } from '../words/methods.ts';
import { say } from '../words/say.ts';
import { armMeans } from './arms.ts';
import { collapse } from './collapse.ts';
import { adjusted, nothingYet, relative, unadjusted } from './effects.ts';
import { medians } from './medians.ts';
import { frozen, questionAt } from './seen.ts';
import { maturedBy } from './windows.ts';

/** What the results of every metric are read with. */
export interface Reader {
  gathered: Gathered;
  plan: JudgedPlan;
  judgement: Judgement;
  /** Day up to whose people effects are shown: that of the last look done, the last known day once none is left. */
  readOn: string | null;
  /** Corrected p-values of secondary metrics, by id and arm. */
  secondary: ReadonlyMap<string, number>;
}

export const pairKey = (id: string, arm: string): string => `${id} ${arm}`;

const pKinds = { group_sequential: 'repeated', always_valid: 'always_valid' } as const;

/** The judged effect of the primary metric is the look's: its interval holds over looks and arms. */
function judgedPrimary(arm: ArmJudgement, base: ResultEffect, plan: JudgedPlan): ResultEffect {
  const { estimate, lower, upper, standardError, pValue } = arm;
  return {
    ...base,
    estimate,
    lower,
    upper,
    standardError,
    pValue,
    ...(pValue !== null && plan.inference !== 'fixed' ? { pKind: pKinds[plan.inference] } : {}),
    method: say({ es: '{base}; {over}', en: '{base}; {over}' }, (locale) => ({
      base: base.method[locale],
      over: judgedBy[plan.inference][locale],
    })),
  };
}

const primaryReadings: Partial<Record<ArmJudgement['kind'], Reading>> = {
  better: 'better',
  worse: 'worse',
  equivalent: 'equivalent',
  inconclusive: 'inconclusive',
  running: 'not_yet',
  not_started: 'not_yet',
};

function readingOf(reader: Reader, column: GatheredColumn, arm: string, judged: ResultEffect): Reading {
  const { judgement, gathered } = reader;
  const own = judgement.arms.find((one) => one.arm === arm)!;
  if (column.role === 'primary') return primaryReadings[own.kind] ?? 'not_judged';
  if (column.role === 'guardrail') {
    const rail = judgement.guardrails.find((one) => one.metric === column.metricId && one.arm === arm);
    return judgement.invalid.length ? 'not_judged' : (rail?.reading ?? 'not_judged');
  }
  if (!judgement.ended) return 'not_yet';
  const p = reader.secondary.get(pairKey(column.id, arm));
  if (p === undefined || judged.estimate === null) return 'not_judged';
  if (p >= gathered.design.alpha) return 'inconclusive';
  return judged.estimate > 0 === (column.metric.better === 'higher') ? 'better' : 'worse';
}

function comparison(
  reader: Reader,
  column: GatheredColumn,
  arm: string,
): MetricResult['comparisons'][number] {
  const { gathered, plan, judgement, readOn } = reader;
  const { control } = gathered.design;
  const primary = column.role === 'primary';
  const own = judgement.arms.find((one) => one.arm === arm)!;
  const lookOn = primary && own.look !== null ? plan.looks[own.look - 1]!.on : readOn;
  if (lookOn === null) {
    const none = nothingYet('before_first_look');
    return {
      arm,
      control,
      judged: none,
      unadjusted: none,
      adjusted: null,
      relative: none,
      reading: 'not_yet',
      correctedP: null,
    };
  }
  if (column.metric.kind === 'quantile') {
    const effect = medians(gathered, column, arm);
    return {
      arm,
      control,
      judged: effect,
      unadjusted: effect,
      adjusted: null,
      relative: nothingYet('by_quantile'),
      reading: 'not_judged',
      correctedP: null,
    };
  }
  const asked = questionAt(gathered, column, arm, lookOn);
  const base = frozen(gathered, asked);
  const judged = primary ? judgedPrimary(own, base, plan) : base;
  return {
    arm,
    control,
    judged,
    unadjusted: unadjusted(asked),
    adjusted: adjusted(asked),
    relative: relative(asked),
    reading: readingOf(reader, column, arm, judged),
    correctedP: primary ? own.correctedP : (reader.secondary.get(pairKey(column.id, arm)) ?? null),
  };
}

/** The least harm seen with the design's power, one-sided, by the comparison that sees least; null: nothing known. */
function visibleHarm(
  reader: Reader,
  column: GatheredColumn,
  comparisons: MetricResult['comparisons'],
): number | null {
  if (column.role !== 'guardrail') return null;
  const { alpha, power } = reader.gathered.design;
  const errors = comparisons.flatMap(({ unadjusted: { standardError } }) => standardError || []);
  if (!errors.length) return null;
  return (normalQuantile(1 - alpha) + normalQuantile(power)) * Math.max(...errors);
}

export function metricResult(reader: Reader, column: GatheredColumn): MetricResult {
  const { gathered, plan, readOn } = reader;
  const { design, asOf, entered, schedule } = gathered;
  const { metric, horizonDays } = column;
  const comparisons = plan.arms.map((arm) => comparison(reader, column, arm));
  const closed = (cohort: string) => readOn !== null && addDays(cohort, horizonDays) <= readOn;
  return {
    id: column.metricId,
    title: metric.text.title,
    definition: metric.text.definition,
    sql: column.sql,
    role: column.role as MetricResult['role'],
    kind: metric.kind,
    unit: metric.unit,
    currency: column.currency,
    horizonDays,
    better: metric.better,
    margin: column.role === 'primary' ? design.margin : column.margin,
    visibleHarm: visibleHarm(reader, column, comparisons),
    matured: {
      n: maturedBy(gathered, asOf, horizonDays),
      people: entered.reduce((sum, { people }) => sum + people, 0),
      last: gathered.startsOn === null ? null : addDays(schedule.lastEntry, horizonDays),
    },
    arms: armMeans(readOn === null ? [] : collapse(gathered.cells, closed, column.id), {
      id: column.id,
      kind: metric.kind,
      alpha: design.alpha,
      arms: design.arms.map(({ name }) => name),
      capped: column.cap === null ? null : column.cappedShare,
    }),
    comparisons,
  };
}

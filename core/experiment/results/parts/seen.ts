import type { ResultEffect } from '../../../contract/experiments/results.ts';
import type { Gathered, GatheredColumn } from '../gathered.ts';
import type { GuardrailSeen, JudgedPlan, LookSeen, Seen } from '../judgement.ts';
import { collapse } from './collapse.ts';
import { adjusted, bounds, momentsIn, nothingYet, type Question, unadjusted } from './effects.ts';
import { closesOn, comparable, maturedBy } from './windows.ts';

/** The question a column asks of an arm among people comparable at a day. */
export function questionAt(gathered: Gathered, column: GatheredColumn, arm: string, on: string): Question {
  const { cells, design } = gathered;
  return {
    cells: collapse(cells, comparable(gathered, arm, on, column.horizonDays), column.id),
    id: column.id,
    kind: column.metric.kind,
    control: design.control,
    arm,
    alpha: design.alpha,
  };
}

/** By the frozen estimator. A quantile has only its own. */
export function frozen(gathered: Gathered, asked: Question): ResultEffect {
  if (asked.kind === 'quantile') return nothingYet('by_quantile');
  return gathered.design.analysis.estimator === 'adjusted' ? adjusted(asked) : unadjusted(asked);
}

function lookAt(gathered: Gathered, plan: JudgedPlan, column: GatheredColumn, on: string): LookSeen {
  const people = gathered.schedule.planned.reduce((sum, wave) => sum + wave.people, 0);
  return {
    information: people > 0 ? maturedBy(gathered, on, column.horizonDays) / people : 0,
    compared: plan.arms.map((arm) => {
      const asked = questionAt(gathered, column, arm, on);
      const { estimate, standardError } = frozen(gathered, asked);
      return {
        arm,
        n: momentsIn(asked, arm).n,
        controlN: momentsIn(asked, asked.control).n,
        estimate,
        standardError,
      };
    }),
  };
}

function guardrailsOf(gathered: Gathered, plan: JudgedPlan): GuardrailSeen[] {
  const rails = gathered.columns.filter(({ role, margin }) => role === 'guardrail' && margin !== null);
  return rails.flatMap((column) =>
    plan.arms.map((arm) => {
      const asked = questionAt(gathered, column, arm, gathered.asOf);
      const known = column.metric.kind !== 'quantile' && momentsIn(asked, arm).n > 0;
      const { lower, upper } = known ? bounds(asked) : { lower: null, upper: null };
      return {
        metric: column.metricId,
        arm,
        better: column.metric.better,
        margin: column.margin!,
        lower,
        upper,
        maturesOn: closesOn(gathered, column.horizonDays),
      };
    }),
  );
}

/** What `judge` is told: looks whose day has come, each on the people it may use. */
export function seenBy(
  gathered: Gathered,
  plan: JudgedPlan,
  primary: GatheredColumn,
  invalid: readonly string[],
): Seen {
  const { asOf, harm, stopped, entered } = gathered;
  return {
    asOf,
    started: entered.length > 0,
    looks: plan.looks.filter(({ on }) => on <= asOf).map(({ on }) => lookAt(gathered, plan, primary, on)),
    guardrails: guardrailsOf(gathered, plan),
    harm: harm.filter(({ crossed }) => crossed).map(({ arm, metric }) => ({ arm, metric })),
    invalid,
    stopped,
  };
}

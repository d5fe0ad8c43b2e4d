import type { z } from 'zod';
import type { Rehearsal } from '#core/contract/experiments/rehearsal.ts';
import type { contract } from '#core/contract/index.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import { shownUnits } from '#core/experiment/power/amounts.ts';
import { powerFor } from '#core/experiment/power/comparison.ts';
import { alphaPerComparison } from '#core/experiment/power/corrections.ts';
import { divide, primaryComparison, sizeDesign } from '#core/experiment/power/design-size.ts';
import { inferenceOf, inflationOf } from '#core/experiment/power/inflation.ts';
import { improving } from '#core/experiment/power/metric-size.ts';
import { boundaries } from '#core/experiment/sequential/boundaries.ts';
import {
  type RehearsalCounts,
  type RehearsalTask,
  rehearsedShares,
} from '#core/experiment/simulation/rehearse.ts';
import { rehearsalSentence } from '#core/experiment/simulation/sentence.ts';
import { normalQuantile } from '#core/stats/normal.ts';
import { runInWorker } from '../../threads/workers.ts';
import { readHistory } from '../designing/history.ts';
import { peopleOf } from '../designing/people.ts';
import { jobKind, type StepResult, type StepRun } from '../job.ts';
import { rehearsalUnits } from '../rehearsing/units.ts';

type Input = z.output<typeof contract.experimentRehearsal.run.body>;

const workerFile = new URL('../rehearsing/worker.ts', import.meta.url);
/** Draws of a person that are made in all, so that a rehearsal stays under a minute. */
const mostDraws = 8_000_000;
const fewestPeople = 200;

async function simulate(step: StepRun<Input>): Promise<StepResult> {
  const { context, input } = step;
  const { design } = input;
  const people = await peopleOf(context, design);
  step.progress(0.02);
  const units = await rehearsalUnits(context, design, people);
  const n = units.ids.length;
  if (n < fewestPeople) throw new DomainError('rehearsal_impossible', { metric: design.metric.id });
  step.checkCancelled();
  const { history } = await readHistory(context, design, people, n);
  step.progress(0.1);
  const sized = sizeDesign({ ...design, arrivalDays: 0 }, { ...history, eligible: n });
  const primary = history.metrics[0]!;
  const factor = shownUnits(primary.unit);
  const planted = input.effect ?? sized.smallestEffect;
  if (planted === null) throw new DomainError('rehearsal_impossible', { metric: design.metric.id });
  const alpha = alphaPerComparison(design.alpha, design.arms.length - 1, design.correction);
  const information = sized.looks.map((look) => look.information);
  const sequential = information.length > 1 && inferenceOf(design) === 'group_sequential';
  const looks = sequential
    ? boundaries({ alpha, sided: 2, shape: { kind: design.analysis.spending }, information }).map((one) => ({
        information: one.information,
        critical: one.upper,
      }))
    : [{ information: 1, critical: normalQuantile(1 - alpha / 2) }];
  const signed = (improving(primary) * planted) / factor;
  const counts = await runInWorker<RehearsalTask, RehearsalCounts>(
    workerFile,
    {
      ids: units.ids,
      strata: units.strata,
      strataCount: units.strataCount,
      outcomes: units.outcomes,
      score: design.analysis.estimator === 'adjusted' ? units.score : null,
      arms: design.arms.map(({ name, weight }) => ({ name, weight })),
      control: design.control,
      looks,
      binary: primary.kind === 'proportion',
      planted: signed,
      replications: Math.max(20, Math.min(input.replications, Math.floor(mostDraws / n))),
      salt: `${design.segmentId}:${step.jobId}`,
    },
    {
      onProgress: ({ done }) => step.progress(0.1 + 0.9 * done),
      checkCancelled: () => step.checkCancelled(),
    },
  );
  const rate = units.outcomes.reduce((sum, y) => sum + y, 0) / n;
  const found = {
    ...primary,
    base: { ...primary.base, estimate: rate },
    covariateR2: units.score ? primary.covariateR2 : 0,
  };
  const comparison = primaryComparison(
    design,
    found,
    divide(n, design.arms),
    inflationOf(design, alpha, information),
  );
  const shares = rehearsedShares(counts);
  const result: Omit<Rehearsal, 'sentence'> = {
    people: n,
    from: units.span.from,
    until: units.span.until,
    replications: counts.replications,
    falseAlarms: { found: shares.falseAlarms, promised: design.alpha },
    power: { found: shares.power, promised: comparison && powerFor(signed, comparison) },
    planted,
    looks: looks.length,
  };
  return { output: { ...result, sentence: rehearsalSentence(result, primary) } };
}

/** Tries a design on the past: how often it would cry wolf, and how often it would see an effect that is there. */
export default jobKind<Input>({
  steps: [{ name: 'simulate', run: simulate }],
  result: (outputs) => outputs.simulate,
  audit: (outputs) => {
    const { people, replications } = outputs.simulate as Rehearsal;
    return { people, replications };
  },
});

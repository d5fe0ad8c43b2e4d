import { createHash } from 'node:crypto';
import type { z } from 'zod';
import type { Rehearsal } from '#core/contract/experiments/rehearsal.ts';
import { verdictKind } from '#core/contract/experiments/results.ts';
import type { DesignHistory, MetricHistory } from '#core/contract/experiments/sizing.ts';
import type { contract } from '#core/contract/index.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import type { Design } from '#core/experiment/define.ts';
import { countReasons } from '#core/experiment/eligibility.ts';
import { familyError } from '#core/experiment/many/levels.ts';
import { shownUnits } from '#core/experiment/power/amounts.ts';
import { powerFor } from '#core/experiment/power/comparison.ts';
import { familyOf, primaryComparison, sizeDesign } from '#core/experiment/power/design-size.ts';
import { improving } from '#core/experiment/power/metric-size.ts';
import { type RehearsalCounts, rehearsedShares } from '#core/experiment/simulation/rehearse.ts';
import { rehearsalSentence } from '#core/experiment/simulation/sentence.ts';
import { runInWorker } from '../../threads/workers.ts';
import { readHistory } from '../designing/history.ts';
import { peopleOf } from '../designing/people.ts';
import { jobKind, type StepResult, type StepRun } from '../job.ts';
import { type RehearsalUnits, rehearsalUnits } from '../rehearsing/units.ts';
import type { RehearsalCall } from '../rehearsing/worker.ts';

type Input = z.output<typeof contract.experimentRehearsal.run.body>;

const workerFile = new URL('../rehearsing/worker.ts', import.meta.url);
/** Draws of a person that are made in all, so that a rehearsal stays under a minute. */
const mostDraws = 16_000_000;
const fewestPeople = 200;
/** More people than this are not needed to tell false alarms and power. */
const mostPeople = 40_000;

const seedOf = (text: string): number => createHash('sha256').update(text).digest().readUInt32BE(0);

/** The chance of a false alarm and of seeing the effect that the studio promised a design, with so many people. */
function promisedFor(design: Design, history: DesignHistory, units: RehearsalUnits, planted: number) {
  const sized = sizeDesign(design, history);
  const primary = history.metrics[0]!;
  const known = units.y.filter((y) => !Number.isNaN(y));
  const rate = known.reduce((sum, y) => sum + y, 0) / known.length;
  const found: MetricHistory = {
    ...primary,
    base: primary.kind === 'proportion' ? { ...primary.base, estimate: rate } : primary.base,
    covariateR2: units.scored && design.analysis.estimator === 'adjusted' ? primary.covariateR2 : 0,
  };
  const comparison = primaryComparison(
    design,
    found,
    sized.perArm,
    sized.looks.map((look) => look.information),
  );
  return {
    falseAlarms: familyError(familyOf(design, sized.looks.length)),
    power: comparison && powerFor((improving(primary) * planted) / shownUnits(primary.unit), comparison),
  };
}

async function simulate(step: StepRun<Input>): Promise<StepResult> {
  const { context, input } = step;
  const impossible = () => new DomainError('rehearsal_impossible', { metric: input.design.metric.id });
  const people = await peopleOf(context, input.design);
  const counted = await context.engine.rows<{ reason: string | null; n: number }>(
    countReasons(context.engine.dialect, people.judged),
  );
  const eligible = counted.find(({ reason }) => reason === null)?.n ?? 0;
  step.progress(0.02);
  const most = Math.min(mostPeople, Math.max(fewestPeople, eligible));
  const units = await rehearsalUnits(context, input.design, people, most);
  const n = units.y.length;
  if (n < fewestPeople) throw impossible();
  step.checkCancelled();
  const { history: told } = await readHistory(context, input.design, people, eligible);
  step.progress(0.1);
  const [history, design] = [
    { ...told, eligible: n },
    { ...input.design, arrivalDays: 0 },
  ];
  const primary = history.metrics[0]!;
  const planted = input.effect ?? sizeDesign(design, history).smallestEffect;
  if (planted === null) throw impossible();
  const { span, currency, scored: _, ...known } = units;
  const counts = await runInWorker<RehearsalCall, RehearsalCounts>(
    workerFile,
    {
      task: {
        ...known,
        design,
        startsOn: span.from,
        currency,
        planted: (improving(primary) * planted) / shownUnits(primary.unit),
        replications: Math.max(20, Math.min(input.replications, Math.floor(mostDraws / n))),
      },
      seed: seedOf(`${design.segmentId}:${step.jobId}`),
    },
    {
      onProgress: ({ done }) => step.progress(0.1 + 0.9 * done),
      checkCancelled: () => step.checkCancelled(),
    },
  );
  const shares = rehearsedShares(counts);
  const promised = promisedFor(design, history, units, planted);
  const share = (times: number) => times / counts.replications;
  const result: Omit<Rehearsal, 'sentence'> = {
    people: n,
    from: span.from,
    until: span.until,
    replications: counts.replications,
    falseAlarms: { found: shares.falseAlarms, promised: promised.falseAlarms },
    power: { found: shares.power, promised: promised.power },
    planted,
    looks: counts.looks,
    early: share(counts.early),
    endings: verdictKind.options.flatMap((kind) => {
      const times = counts.endings[kind];
      return times ? [{ kind, none: share(times.none), planted: share(times.planted) }] : [];
    }),
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

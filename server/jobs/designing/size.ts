import type { Experiment, Sizing } from '#core/contract/experiments.ts';
import type { Design } from '#core/experiment/define.ts';
import { checkDesign } from '#core/experiment/design.ts';
import { countReasons, reasonTitle } from '#core/experiment/eligibility.ts';
import { assumptionNote } from '#core/experiment/notes.ts';
import { sizeDesign } from '#core/experiment/sizing.ts';
import type { Context } from '../../context.ts';
import { pastRate } from './past-rate.ts';
import { type DesignPeople, peopleOf } from './people.ts';
import { type ArmTexts, armTexts, stylesOf } from './texts.ts';

export interface Sized {
  people: DesignPeople;
  sizing: Sizing;
  texts: Experiment['texts'];
  refused: ArmTexts['refused'];
}

/** Whom a design could reach, what it could see and what it would say. @throws as `checkDesign` and `peopleOf` */
export async function sizeExperiment(context: Context, design: Design): Promise<Sized> {
  checkDesign(design, stylesOf(context));
  const { engine } = context;
  const people = await peopleOf(context, design);
  const counted = await engine.rows<{ reason: string | null; n: number }>(
    countReasons(engine.dialect, people.judged),
  );
  const past = await pastRate(context, people, design.metric.horizonDays);
  const eligible = counted.find((row) => row.reason === null)?.n ?? 0;
  const { texts, refused } = await armTexts(context, design, people);
  return {
    people,
    texts,
    refused,
    sizing: {
      eligible,
      excluded: counted.flatMap(({ reason, n }) =>
        reason === null ? [] : [{ reason, title: reasonTitle(reason), n }],
      ),
      baseRate: past.baseRate,
      baseRateN: past.n,
      covariateR2: past.covariateR2,
      ...sizeDesign(design, { eligible, baseRate: past.baseRate, covariateR2: past.covariateR2 }),
      notes: [...past.notes, ...(design.assume ? [assumptionNote(design.assume)] : [])],
    },
  };
}

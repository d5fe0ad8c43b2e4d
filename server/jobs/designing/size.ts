import type { Experiment } from '#core/contract/experiments/experiments.ts';
import type { Sizing } from '#core/contract/experiments/sizing.ts';
import type { Design } from '#core/experiment/define.ts';
import { checkDesign } from '#core/experiment/design.ts';
import { countReasons, reasonTitle } from '#core/experiment/eligibility.ts';
import { assumptionNote } from '#core/experiment/notes.ts';
import { sizeDesign } from '#core/experiment/power/design-size.ts';
import type { Context } from '../../context.ts';
import { readHistory } from './history.ts';
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
  checkDesign(design, await stylesOf(context));
  const { engine } = context;
  const people = await peopleOf(context, design);
  const counted = await engine.rows<{ reason: string | null; n: number }>(
    countReasons(engine.dialect, people.judged),
  );
  const eligible = counted.find((row) => row.reason === null)?.n ?? 0;
  const { history, notes } = await readHistory(context, design, people, eligible);
  const [primary] = history.metrics;
  const { texts, refused } = await armTexts(context, design, people);
  return {
    people,
    texts,
    refused,
    sizing: {
      ...history,
      ...sizeDesign(design, history),
      excluded: counted.flatMap(({ reason, n }) =>
        reason === null ? [] : [{ reason, title: reasonTitle(reason), n }],
      ),
      baseRate: primary?.base ?? { estimate: null, lower: null, upper: null },
      baseRateN: primary?.n ?? 0,
      covariateR2: primary?.covariateR2 ?? 0,
      notes: [...notes, ...(design.assume ? [assumptionNote(design.assume)] : [])],
    },
  };
}

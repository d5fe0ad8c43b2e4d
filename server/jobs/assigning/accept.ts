import { DomainError } from '#core/errors/domain-error.ts';
import type { DrawPlan } from '#core/experiment/assigning/draw.ts';
import type { Design } from '#core/experiment/define.ts';
import type { Context } from '../../context.ts';
import { largestDifference, type Prepared } from './prepared.ts';

export interface Accepted {
  /** The salt of the draw that stands: the first accepted. */
  salt: string;
  tried: number;
  /** Every salt accepted, in order: what a randomisation test draws from. Without a threshold, that one. */
  salts: string[];
  largestDifference: number;
}

/** The salt of a further draw of the same people; the first is the plan's own. */
const saltOf = (base: string, attempt: number): string => (attempt === 0 ? base : `${base}:${attempt}`);

/**
 * Draws until the threshold stated beforehand is met and then on to the number of draws stated, so that how rare acceptance is, and
 * which draws could have stood, is known. The first accepted stands. Without a threshold the one draw does.
 *
 * @throws no_accepted_draw when none was under the limit; cancelled
 */
export async function acceptDraw(
  context: Context,
  prepared: Prepared,
  design: Design,
  plan: DrawPlan,
  step: { progress(done: number | null): void; checkCancelled(): void },
): Promise<Accepted> {
  const { rerandomise, control } = design;
  if (!rerandomise)
    return {
      salt: plan.salt,
      tried: 1,
      salts: [plan.salt],
      largestDifference: await largestDifference(context, prepared, plan, control),
    };
  const accepted: { salt: string; largest: number }[] = [];
  let best = Number.POSITIVE_INFINITY;
  for (let attempt = 0; attempt < rerandomise.most; attempt++) {
    step.checkCancelled();
    step.progress(attempt / rerandomise.most);
    const salt = saltOf(plan.salt, attempt);
    const largest = await largestDifference(context, prepared, { ...plan, salt }, control);
    best = Math.min(best, largest);
    if (largest < rerandomise.limit) accepted.push({ salt, largest });
  }
  const [first] = accepted;
  if (!first)
    throw new DomainError('no_accepted_draw', {
      tried: rerandomise.most,
      limit: rerandomise.limit,
      best: Number(best.toFixed(3)),
    });
  return {
    salt: first.salt,
    tried: rerandomise.most,
    salts: accepted.map(({ salt }) => salt),
    largestDifference: first.largest,
  };
}

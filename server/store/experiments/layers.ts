import { addDays } from '#core/contact/time/wall-clock.ts';
import type { Design } from '#core/experiment/define.ts';
import type { Candidates } from '#core/experiment/eligibility.ts';
import type { Session } from '../../engine/engine.ts';
import { readDesigns } from './designs.ts';

/** Days from entering on which a person is in an experiment: while its outcome is counted or messages may still come. */
export const daysIn = ({ metric, arms, graceDays }: Design): number =>
  Math.max(metric.horizonDays, ...arms.flatMap(({ touches }) => touches.map(({ day }) => day + graceDays)));

/**
 * The other experiments of a layer, and since when whoever entered is still in one of them on a day. Everybody ever drawn into `own`
 * stays out of its later draws.
 */
export async function occupying(
  session: Session,
  { layer, today, own }: { layer: string; today: string; own: string | null },
): Promise<Candidates['running']> {
  const others = (await readDesigns(session))
    .filter((record) => record.id !== own && record.state !== 'draft' && record.design.layer === layer)
    .map(({ id, design }) => ({ experimentId: id, enteredSince: addDays(today, -daysIn(design)) }))
    .sort((a, b) => (a.experimentId < b.experimentId ? -1 : 1));
  return [...(own === null ? [] : [{ experimentId: own, enteredSince: null }]), ...others];
}

import { addDays } from '#core/contact/time/wall-clock.ts';
import type { Experiment } from '#core/contract/experiments/experiments.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import type { Design } from '#core/experiment/define.ts';
import type { Claim } from '#core/message/claim.ts';
import { reasonOf } from '#core/message/reasons.ts';
import type { MessageStyle } from '#core/message/style.ts';
import type { Text } from '#core/text/text.ts';
import type { Context } from '../../context.ts';
import { stylesInUse } from '../../store/messages/styles.ts';
import { backOf } from '../messages/back.ts';
import type { DesignPeople } from './people.ts';
import { type TouchText, textsFor } from './texts-for.ts';

/** The styles of this installation with every text that may be chosen: shipped, or approved in the workspace. */
export const stylesOf = (context: Context): Promise<ReadonlyMap<string, MessageStyle>> =>
  stylesInUse(context);

export interface RefusedText {
  arm: string;
  template: string;
  reason: Text;
  /** The figure that is not so, where that is the reason. */
  claim: Claim | null;
}

export interface ArmTexts {
  texts: Experiment['texts'];
  /** Texts that may not be sent to these people. */
  refused: RefusedText[];
}

/** The day of the last message: the last to enter, at their last touch, as late as it may wait. */
export function lastSendOf(design: Design, today: string): string {
  const lastTouch = Math.max(0, ...design.arms.flatMap((arm) => arm.touches.map(({ day }) => day)));
  const { entryDays, arrivalDays, graceDays } = design;
  return addDays(design.sendOn ?? today, entryDays - 1 + arrivalDays + graceDays + lastTouch);
}

function expiring({ claim, template }: TouchText, arm: string, lastSend: string): RefusedText[] {
  if (!claim?.validUntil || claim.validUntil >= lastSend) return [];
  const { text } = reasonOf('claim_expires', { validUntil: claim.validUntil, lastSend });
  return [{ arm, template, reason: text, claim: null }];
}

/**
 * Refuses to go on with texts that may not be sent to these people, or whose figures would expire before the last send.
 *
 * @throws claim_false, text_blocked
 */
export async function requireTexts(
  context: Context,
  design: Design,
  people: Pick<DesignPeople, 'members' | 'today'>,
): Promise<void> {
  refuseFirst((await armTexts(context, design, people)).refused);
}

/** @throws claim_false, text_blocked */
export function refuseFirst([first]: readonly RefusedText[]): void {
  if (!first) return;
  const { arm, template, reason, claim } = first;
  const values = { arm, template, reason_es: reason.es, reason_en: reason.en };
  throw new DomainError(claim && !claim.holds ? 'claim_false' : 'text_blocked', values);
}

/** What each arm would say at each touch, in every text and language, with the figures its claims rest on. */
export async function armTexts(
  context: Context,
  design: Design,
  people: Pick<DesignPeople, 'members' | 'today'>,
): Promise<ArmTexts> {
  const back = await backOf(context, {
    people: people.members,
    country: design.assume?.jurisdiction?.slice(0, 2) ?? null,
    segmentId: design.segmentId,
    today: people.today,
  });
  const styles = await stylesInUse(context);
  const lastSend = lastSendOf(design, people.today);
  const refused: RefusedText[] = [];
  const texts: Experiment['texts'] = [];
  for (const arm of design.arms)
    for (const [i, touch] of arm.touches.entries()) {
      const made = await textsFor(back, styles, touch);
      refused.push(...made.refused.map((one) => ({ arm: arm.name, ...one })));
      for (const text of made.texts) {
        refused.push(...expiring(text, arm.name, lastSend));
        const { claim, ...said } = text;
        texts.push({
          arm: arm.name,
          touch: i + 1,
          ...said,
          claim: claim && { ...claim, country: claim.group.country },
        });
      }
    }
  return { texts, refused };
}

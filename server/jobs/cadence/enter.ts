import { addDays } from '#core/contact/time/wall-clock.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import type { Context } from '../../context.ts';
import type { Session } from '../../engine/engine.ts';
import { type DesignRecord, readDesign } from '../../store/experiments/designs.ts';
import { readDraws } from '../../store/experiments/draws.ts';
import { openArms } from '../../store/experiments/due.ts';
import { insertEvent } from '../../store/experiments/events.ts';
import { instant, workspaceToday } from '../../store/workspace.ts';
import { type Drawing, type MadeDraw, makeDraw, publishDraw } from '../assigning/draw.ts';
import { newcomersOf } from '../designing/people.ts';

export interface Entering {
  experimentId: string;
  /** People drawn today; 0 with the reason when there is none. */
  people: number;
  reason: 'arrivals_over' | 'drawn_before' | 'nobody_new' | 'no_open_arms' | 'scores_missing' | null;
}

interface Entry {
  entering: Entering;
  publish(session: Session): Promise<void>;
}

type Step = Pick<Drawing, 'jobId' | 'progress' | 'checkCancelled'>;

const none = (experimentId: string, reason: Entering['reason']): Entry => ({
  entering: { experimentId, people: 0, reason },
  publish: async () => {},
});

/** A condition on scores that nobody has given for the newest balances: who is new cannot be told. */
const unscored = (error: unknown): boolean =>
  error instanceof DomainError && error.code === 'unknown_segment_score';

/**
 * Draws those whom the experiment's segment picks now and who were never drawn into it, among the arms open today, in blocks of
 * their own under a dated salt. Nobody is moved. At most once a day, and only while people still may enter.
 */
export async function drawNewcomers(
  context: Context,
  record: DesignRecord,
  by: string,
  step: Step,
): Promise<Entry> {
  const { design, id, startsOn } = record;
  const { engine } = context;
  const today = await workspaceToday(context, design.assume?.today);
  if (startsOn === null || design.arrivalDays === 0 || today >= addDays(startsOn, design.arrivalDays))
    return none(id, 'arrivals_over');
  if ((await readDraws(engine, id)).some(({ cohort }) => cohort === today)) return none(id, 'drawn_before');
  const arms = await openArms(engine, record);
  if (arms.length < 2 || !arms.some(({ name }) => name === design.control)) return none(id, 'no_open_arms');
  const planHash = record.planHash ?? '';
  let made: MadeDraw | null;
  try {
    const people = await newcomersOf(context, design, id);
    const salt = `${planHash}:${today}`;
    const drawn = { ...record, design: { ...design, rerandomise: undefined } };
    made = await makeDraw(context, { ...step, record: drawn, people, arms, salt, planHash, entryDays: 1 }, 0);
  } catch (error) {
    if (unscored(error)) return none(id, 'scores_missing');
    throw error;
  }
  if (!made) return none(id, 'nobody_new');
  const { draw } = made;
  return {
    entering: { experimentId: id, people: draw.people, reason: null },
    publish: async (session) => {
      const now = await readDesign(session, id);
      if (now.status !== 'running') return;
      await publishDraw(context, session, { record, planHash }, made);
      await insertEvent(session, id, {
        kind: 'entered',
        arm: null,
        on: draw.waves[0]?.entersOn ?? today,
        at: instant(context.now()),
        by,
        reason: String(draw.people),
        planVersion: record.planVersion,
      });
    },
  };
}

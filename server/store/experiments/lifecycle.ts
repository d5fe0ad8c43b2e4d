import { addDays } from '#core/contact/time/wall-clock.ts';
import type { Experiment } from '#core/contract/experiments/experiments.ts';
import type { ExperimentEvent, ExperimentStatus, PlanChanges } from '#core/contract/experiments/lifecycle.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import { changeDesign } from '#core/experiment/change-plan.ts';
import { hashPlan } from '#core/experiment/plan.ts';
import { type ArmStatus, spellsOf } from '#core/experiment/spells.ts';
import type { MessageStyle } from '#core/message/style.ts';
import { sql } from '#core/sql/sql.ts';
import type { Context } from '../../context.ts';
import type { Session } from '../../engine/engine.ts';
import { writeAudit } from '../audit.ts';
import { releaseBatch } from '../contact/batches.ts';
import { instant, workspaceToday } from '../workspace.ts';
import { type DesignRecord, readDesign } from './designs.ts';
import { shiftEntries } from './entries.ts';
import { insertEvent, readEvents } from './events.ts';
import { insertVersion } from './versions.ts';

/** Who asks for a change of an experiment, and why. Each function below holds in the session's transaction. */
export interface Asked {
  experimentId: string;
  reason: string;
  /** A principal, or the name of the watch that acted on its own. */
  by: string;
}

/** @throws not_found, experiment_not_running */
async function requireStatus(
  session: Session,
  id: string,
  allowed: readonly ExperimentStatus[],
): Promise<DesignRecord> {
  const record = await readDesign(session, id);
  if (!allowed.includes(record.status))
    throw new DomainError('experiment_not_running', {
      experiment: record.design.name,
      status: record.status,
    });
  return record;
}

async function record(
  context: Context,
  session: Session,
  { design, planVersion }: DesignRecord,
  asked: Asked,
  event: { kind: ExperimentEvent['kind']; arm?: string; planVersion?: number },
): Promise<void> {
  const at = instant(context.now());
  await insertEvent(session, asked.experimentId, {
    kind: event.kind,
    arm: event.arm ?? null,
    // What is planned for tomorrow is decided today, so a change holds from tomorrow on.
    on: addDays(await workspaceToday(context, design.assume?.today), 1),
    at,
    by: asked.by,
    reason: asked.reason,
    planVersion: event.planVersion ?? planVersion,
  });
  await writeAudit(session, {
    at,
    by: asked.by,
    action: `experiment.${event.kind}`,
    subject: asked.experimentId,
    details: { arm: event.arm ?? null, reason: asked.reason },
  });
}

const setStatus = (session: Session, id: string, status: ExperimentStatus): Promise<number> =>
  session.run(sql`UPDATE designs SET status = ${status} WHERE experiment_id = ${id}`);

/** Gives back what is reserved and has not begun to leave: the next day's run judges it again. */
async function releaseReserved(session: Session, id: string): Promise<void> {
  const held = await session.rows<{ batch_id: string }>(
    sql`SELECT batch_id FROM batches WHERE experiment_id = ${id} AND state = 'reserved' ORDER BY batch_id`,
  );
  for (const { batch_id } of held) await releaseBatch(session, batch_id);
}

async function armStatus(session: Session, held: DesignRecord, arm: string): Promise<ArmStatus> {
  const names = held.design.arms.map(({ name }) => name);
  if (!names.includes(arm)) throw new DomainError('unknown_arm', { arm, known: names.join(', ') });
  return spellsOf([arm], held.startsOn, await readEvents(session, held.id))[0]!.status;
}

/** Pauses every arm together: nobody enters and nothing leaves. @throws not_found, experiment_not_running */
export async function pauseExperiment(context: Context, session: Session, asked: Asked): Promise<void> {
  const held = await requireStatus(session, asked.experimentId, ['running']);
  await setStatus(session, held.id, 'paused');
  await releaseReserved(session, held.id);
  await record(context, session, held, asked, { kind: 'paused' });
}

/** Pauses one arm: its people keep it and get nothing meanwhile. @throws unknown_arm, arm_state, experiment_not_running */
export async function pauseArm(
  context: Context,
  session: Session,
  asked: Asked & { arm: string },
): Promise<void> {
  const held = await requireStatus(session, asked.experimentId, ['running', 'paused']);
  const status = await armStatus(session, held, asked.arm);
  if (status !== 'open') throw new DomainError('arm_state', { arm: asked.arm, status });
  await releaseReserved(session, held.id);
  await record(context, session, held, asked, { kind: 'arm_paused', arm: asked.arm });
}

/**
 * Closes an arm for good: its people stay in it and get nothing more; whoever enters later is drawn among the others.
 *
 * @throws unknown_arm, arm_state, control_stays, experiment_not_running
 */
export async function dropArm(
  context: Context,
  session: Session,
  asked: Asked & { arm: string },
): Promise<void> {
  const held = await requireStatus(session, asked.experimentId, ['running', 'paused']);
  const status = await armStatus(session, held, asked.arm);
  if (status === 'dropped') throw new DomainError('arm_state', { arm: asked.arm, status });
  if (asked.arm === held.design.control) throw new DomainError('control_stays', { arm: asked.arm });
  await releaseReserved(session, held.id);
  await record(context, session, held, asked, { kind: 'arm_dropped', arm: asked.arm });
}

/**
 * Goes on after a pause of everything, or of one arm. Waves whose day passed meanwhile enter on the days that follow, in their order.
 *
 * @throws experiment_not_running, unknown_arm, arm_state
 */
export async function resume(
  context: Context,
  session: Session,
  asked: Asked & { arm?: string | undefined },
): Promise<void> {
  if (asked.arm !== undefined) {
    const held = await requireStatus(session, asked.experimentId, ['running', 'paused']);
    const status = await armStatus(session, held, asked.arm);
    if (status !== 'paused') throw new DomainError('arm_state', { arm: asked.arm, status });
    return record(context, session, held, asked, { kind: 'arm_resumed', arm: asked.arm });
  }
  const held = await requireStatus(session, asked.experimentId, ['paused']);
  const since = (await readEvents(session, held.id)).findLast(({ kind }) => kind === 'paused')?.on;
  if (since) await shiftEntries(context, session, held, since);
  await setStatus(session, held.id, 'running');
  await record(context, session, held, asked, { kind: 'resumed' });
}

/** Ends it before its time: nobody enters and nothing leaves any more. @throws not_found, experiment_not_running */
export async function stop(context: Context, session: Session, asked: Asked): Promise<void> {
  const held = await requireStatus(session, asked.experimentId, ['running', 'paused']);
  await setStatus(session, held.id, 'stopped');
  await releaseReserved(session, held.id);
  await record(context, session, held, asked, { kind: 'stopped' });
}

/** Its last window has closed. */
export async function end(context: Context, session: Session, asked: Asked): Promise<void> {
  const held = await requireStatus(session, asked.experimentId, ['running', 'paused']);
  await setStatus(session, held.id, 'ended');
  await record(context, session, held, asked, { kind: 'ended' });
}

/** Writes down what was decided with it; one still running goes on until it is stopped. */
export async function decide(context: Context, session: Session, asked: Asked): Promise<void> {
  const held = await requireStatus(session, asked.experimentId, ['running', 'paused', 'stopped', 'ended']);
  await record(context, session, held, asked, { kind: 'decided' });
}

export interface PlanChange extends Asked {
  changes: PlanChanges;
  styles: ReadonlyMap<string, MessageStyle>;
  /** What the arms say under the new version; left as they were when no text changes. */
  texts?: Experiment['texts'];
}

/**
 * Changes the plan as a new version with its own hash; the salt of the draws stays that of the first. @throws as `changeDesign`
 */
export async function changePlan(context: Context, session: Session, asked: PlanChange): Promise<void> {
  const held = await requireStatus(session, asked.experimentId, ['running', 'paused']);
  const { design, changes } = changeDesign(held.design, asked.changes, asked.styles);
  const version = held.planVersion + 1;
  await insertVersion(session, held.id, {
    version,
    design,
    planHash: hashPlan({ of: held.planHash, version, design }),
    at: instant(context.now()),
    by: asked.by,
    reason: asked.reason,
    changes,
  });
  await session.run(sql`UPDATE designs SET design = ${JSON.stringify(design)}, plan_version = ${version},
    texts = ${JSON.stringify(asked.texts ?? held.texts)} WHERE experiment_id = ${held.id}`);
  await releaseReserved(session, held.id);
  await record(context, session, held, asked, { kind: 'plan_changed', planVersion: version });
}

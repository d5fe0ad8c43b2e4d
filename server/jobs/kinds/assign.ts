import { DomainError } from '#core/errors/domain-error.ts';
import { hashPlan } from '#core/experiment/plan.ts';
import { sql } from '#core/sql/sql.ts';
import type { Context } from '../../context.ts';
import type { Session } from '../../engine/engine.ts';
import { dataVersion } from '../../store/data-version.ts';
import {
  type DesignRecord,
  markAssigned,
  readDesign,
  saveBalance,
  savePlanHash,
} from '../../store/experiments/designs.ts';
import { readDraws } from '../../store/experiments/draws.ts';
import { insertEvent } from '../../store/experiments/events.ts';
import { insertVersion } from '../../store/experiments/versions.ts';
import { instant } from '../../store/workspace.ts';
import { makeDraw, publishDraw } from '../assigning/draw.ts';
import { letGo } from '../assigning/prepared.ts';
import { type DesignPeople, peopleOf } from '../designing/people.ts';
import { requireTexts } from '../designing/texts.ts';
import { jobKind } from '../job.ts';

interface AssignInput {
  experimentId: string;
}

interface Frozen {
  planHash: string;
}

const planVersion = 1;

async function readDraft(context: Context, id: string): Promise<DesignRecord> {
  const record = await readDesign(context.engine, id);
  if (record.state !== 'draft') throw new DomainError('already_assigned', { experiment: record.design.name });
  if ((await dataVersion(context.engine)) !== record.dataVersion)
    throw new DomainError('data_changed', { name: record.design.name });
  return record;
}

/** The plan as it is frozen: what was designed, on which data, in which words; nothing the machine drew. */
function planOf({ design, asOf, texts, dataVersion: data }: DesignRecord, people: DesignPeople): unknown {
  const { segmentId: _, ...rest } = design;
  return {
    planVersion,
    design: rest,
    condition: people.segment.condition,
    asOf,
    data,
    score: people.score?.versionId ?? null,
    texts: texts.map(({ arm, language, text }) => ({ arm, language, text })),
  };
}

async function refuseUsedPlan(session: Session, experimentId: string, planHash: string): Promise<void> {
  const used = await session.first<{ experiment_id: string }>(
    sql`SELECT experiment_id FROM designs WHERE plan_hash = ${planHash} AND experiment_id <> ${experimentId}
      AND state <> 'draft'`,
  );
  if (used) throw new DomainError('plan_already_used', { experiment: used.experiment_id });
}

/**
 * Assigns an experiment, once: freezes its plan under a hash, puts every eligible person in an arm in one
 * transaction and compares the arms. The hash is the salt, so equal plans on equal data give equal assignments.
 */
export default jobKind<AssignInput>({
  steps: [
    {
      name: 'freeze',
      async run({ context, input }) {
        const record = await readDraft(context, input.experimentId);
        const people = await peopleOf(context, record.design);
        await requireTexts(context, record.design, people);
        const planHash = hashPlan(planOf(record, people));
        return {
          output: { planHash } satisfies Frozen,
          publish: async (session) => {
            await refuseUsedPlan(session, record.id, planHash);
            await savePlanHash(session, record.id, planHash);
          },
        };
      },
    },
    {
      name: 'assign',
      async run({ context, jobId, by, input, outputs, progress, checkCancelled }) {
        const { planHash } = outputs.freeze as Frozen;
        const record = await readDraft(context, input.experimentId);
        const { design } = record;
        const people = await peopleOf(context, design);
        const made = await makeDraw(
          context,
          {
            record,
            people,
            arms: design.arms,
            salt: planHash,
            planHash,
            entryDays: design.entryDays,
            jobId,
            progress,
            checkCancelled,
          },
          design.arms.length,
        );
        const draw = made?.draw;
        return {
          output: { rows: draw?.people ?? 0, arms: draw?.arms.map(({ arm, n }) => ({ name: arm, n })) ?? [] },
          publish: async (session) => {
            if (!made || !draw) return;
            const startsOn = draw.waves[0]?.entersOn ?? people.today;
            if (!(await markAssigned(session, record.id, startsOn)))
              throw new DomainError('already_assigned', { experiment: design.name });
            await publishDraw(context, session, { record, planHash }, made);
            const at = instant(context.now());
            const first = { at, by, reason: '' };
            await insertVersion(session, record.id, { ...first, version: 1, design, planHash, changes: [] });
            await insertEvent(session, record.id, {
              ...first,
              kind: 'started',
              arm: null,
              on: startsOn,
              planVersion: 1,
            });
          },
        };
      },
    },
    {
      name: 'balance',
      async run({ context, jobId, input }) {
        await letGo(context, jobId);
        const [draw] = await readDraws(context.engine, input.experimentId);
        const whole = draw?.balance.filter(({ wave }) => wave === null) ?? [];
        return {
          output: { largestDifference: draw?.largestDifference ?? 0 },
          publish: (session) =>
            saveBalance(
              session,
              input.experimentId,
              whole.map(({ wave: _, ...row }) => row),
            ),
        };
      },
    },
  ],
  result: (outputs) => ({
    ...(outputs.freeze as object),
    ...(outputs.assign as object),
    ...(outputs.balance as object),
  }),
  cleanUp: ({ context, jobId }) => letGo(context, jobId),
  audit: (outputs) => ({
    planHash: (outputs.freeze as Frozen).planHash,
    people: (outputs.assign as { rows: number }).rows,
  }),
});

import { DomainError } from '#core/errors/domain-error.ts';
import { type AssignmentPlan, assignInSql, plannedCounts } from '#core/experiment/assign.ts';
import { type CovariateSums, covariateSums, standardisedDifferences } from '#core/experiment/balance.ts';
import { eligiblePeople } from '#core/experiment/eligibility.ts';
import { hashPlan } from '#core/experiment/plan.ts';
import { leadAccounts, stratify } from '#core/experiment/strata.ts';
import { type Sql, sql } from '#core/sql/sql.ts';
import type { Context } from '../../context.ts';
import type { Session } from '../../engine/engine.ts';
import { workspaceNow } from '../../store/contact-ledger.ts';
import { dataVersion } from '../../store/data-version.ts';
import {
  type DesignRecord,
  markAssigned,
  readDesign,
  saveBalance,
  savePlanHash,
} from '../../store/designs.ts';
import { type DesignPeople, peopleOf } from '../designing/people.ts';
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

const leadOf = (context: Context, people: DesignPeople, eligible: Sql): Sql =>
  leadAccounts(context.engine.dialect, {
    facts: people.facts,
    members: people.members,
    eligible,
    score: people.score?.model ?? null,
  });

async function insertAssignments(
  session: Session,
  experimentId: string,
  assigned: Sql,
  planHash: string,
  at: string,
): Promise<Map<string, number>> {
  await session.run(sql`INSERT INTO assignments
    SELECT x.hash, ${experimentId}, x.customer_id, x.arm, x.stratum, x.block, x.propensity, ${planHash}, ${planHash},
      CAST(${at.replace('Z', '')} AS TIMESTAMP)
    FROM (${assigned}) x`);
  const counts = await session.rows<{ arm: string; n: number }>(
    sql`SELECT arm, CAST(count(*) AS BIGINT) AS n FROM assignments WHERE experiment_id = ${experimentId} GROUP BY arm`,
  );
  return new Map(counts.map(({ arm, n }) => [arm, n]));
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
        const planHash = hashPlan(planOf(record, await peopleOf(context, record.design)));
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
      async run({ context, input, outputs }) {
        const { planHash } = outputs.freeze as Frozen;
        const record = await readDraft(context, input.experimentId);
        const people = await peopleOf(context, record.design);
        const eligible = eligiblePeople(people.judged);
        const { dialect } = context.engine;
        const plan: AssignmentPlan = { salt: planHash, arms: record.design.arms };
        const counted = await context.engine.first<{ n: number }>(
          sql`SELECT CAST(count(*) AS BIGINT) AS n FROM (${eligible}) e`,
        );
        const n = counted?.n ?? 0;
        if (n < plan.arms.length)
          throw new DomainError('too_few_people', { people: n, arms: plan.arms.length });
        const planned = plannedCounts(n, plan);
        const at = await workspaceNow(context, context.engine);
        const assigned = assignInSql(dialect, stratify(dialect, leadOf(context, people, eligible)), plan);
        return {
          output: { rows: n, arms: plan.arms.map(({ name }) => ({ name, n: planned.get(name) ?? 0 })) },
          publish: async (session) => {
            if (!(await markAssigned(session, record.id)))
              throw new DomainError('already_assigned', { experiment: record.design.name });
            const counts = await insertAssignments(session, record.id, assigned, planHash, at);
            for (const [arm, people] of planned)
              if ((counts.get(arm) ?? 0) !== people)
                throw new DomainError('data_changed', { name: record.design.name });
          },
        };
      },
    },
    {
      name: 'balance',
      async run({ context, input }) {
        const record = await readDesign(context.engine, input.experimentId);
        const people = await peopleOf(context, record.design);
        const assigned = sql`SELECT customer_id, arm FROM assignments WHERE experiment_id = ${record.id}`;
        const sums = await context.engine.rows<CovariateSums>(
          covariateSums(context.engine.dialect, leadOf(context, people, assigned), assigned),
        );
        const balance = standardisedDifferences(sums, record.design.control);
        const largest = Math.max(0, ...balance.map((row) => Math.abs(row.standardisedDifference ?? 0)));
        return {
          output: { largestDifference: largest },
          publish: (session) => saveBalance(session, record.id, balance),
        };
      },
    },
  ],
  result: (outputs) => ({
    ...(outputs.freeze as object),
    ...(outputs.assign as object),
    ...(outputs.balance as object),
  }),
  audit: (outputs) => ({
    planHash: (outputs.freeze as Frozen).planHash,
    people: (outputs.assign as { rows: number }).rows,
  }),
});

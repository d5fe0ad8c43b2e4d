import { md5 } from '@noble/hashes/legacy.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { placeRules } from '#core/contact/plan.ts';
import type { RuleKind } from '#core/contact/rule.ts';
import type { PersonExperiment } from '#core/contract/portfolio/people.ts';
import { raw, sql } from '#core/sql/sql.ts';
import type { Text } from '#core/text/text.ts';
import type { Context } from '../../context.ts';

interface AssignmentRow {
  experiment_id: string;
  name: string;
  arm: string;
  stratum: string;
  block: number;
  propensity: number;
  salt: string;
  plan_hash: string;
  assigned_at: string;
  assignment_id: string;
  place: number;
  people: number;
}

type Line = PersonExperiment['log'][number];

async function assignmentsOf({ engine }: Context, id: string): Promise<AssignmentRow[]> {
  return engine.rows<AssignmentRow>(sql`
    SELECT a.experiment_id, d.design ->> '$.name' AS name, a.arm, a.stratum, a.block, a.propensity, a.salt, a.plan_hash, a.assigned_at, a.assignment_id,
      (SELECT CAST(count(*) AS BIGINT) FROM assignments o WHERE o.experiment_id = a.experiment_id AND o.stratum = a.stratum
        AND (o.assignment_id, o.customer_id) <= (a.assignment_id, a.customer_id)) AS place,
      (SELECT CAST(count(*) AS BIGINT) FROM assignments o WHERE o.experiment_id = a.experiment_id AND o.stratum = a.stratum) AS people
    FROM assignments a JOIN designs d ON d.experiment_id = a.experiment_id WHERE a.customer_id = ${id} ORDER BY a.assigned_at DESC, a.experiment_id`);
}

/** What each check and each export did with the person, with every rule that kept them back. */
async function logOf(context: Context, id: string, experimentId: string): Promise<Line[]> {
  const { engine, registry } = context;
  const titleOf = (rule: string | null): Text | null =>
    rule === null
      ? null
      : ((registry.rules.get(rule) as unknown as RuleKind | undefined)?.text.title ??
        placeRules[rule as keyof typeof placeRules] ?? { es: rule, en: rule });
  const rows = await engine.rows<Omit<Line, 'title'>>(sql`
    SELECT r.export_id AS "exportId", x.batch_id AS "batchId", r.touch, r.channel, r.state, r.rule, e.rule_set AS "ruleSet",
      x.started_at AS "happenedAt", k.planned_at AS "plannedAt", r.message_key AS key
    FROM export_rows r JOIN export_runs x ON x.export_id = r.export_id
    LEFT JOIN contact_checks k ON k.batch_id = x.batch_id AND k.assignment_id = r.assignment_id
    LEFT JOIN exclusions e ON e.batch_id = x.batch_id AND e.assignment_id = r.assignment_id AND e.decides
    WHERE r.customer_id = ${id} AND x.experiment_id = ${experimentId}
    UNION ALL
    SELECT NULL, b.batch_id, b.touch, NULL, CASE WHEN e.decides THEN 'kept_back' ELSE 'also_failed' END, e.rule, e.rule_set, b.checked_at, NULL, NULL
    FROM exclusions e JOIN batches b ON b.batch_id = e.batch_id WHERE e.customer_id = ${id} AND e.experiment_id = ${experimentId}
    UNION ALL
    SELECT NULL, b.batch_id, k.touch, k.channel, CASE WHEN b.state = 'released' THEN 'released' ELSE 'cleared' END, NULL, k.rule_set, b.checked_at, k.planned_at, NULL
    FROM contact_checks k JOIN batches b ON b.batch_id = k.batch_id WHERE k.customer_id = ${id} AND k.experiment_id = ${experimentId}
    ORDER BY ${raw('"happenedAt" DESC, touch DESC, state DESC, rule')}`);
  return rows.map((row) => ({ ...row, title: titleOf(row.rule) }));
}

/** The experiments a person is in: the arm and why, and every message that left or did not. */
export async function experimentsOf(context: Context, id: string): Promise<PersonExperiment[]> {
  const found: PersonExperiment[] = [];
  for (const row of await assignmentsOf(context, id)) {
    const hash = bytesToHex(md5(utf8ToBytes(`${row.salt}:${id}`.normalize('NFC'))));
    found.push({
      experimentId: row.experiment_id,
      name: row.name,
      arm: row.arm,
      stratum: row.stratum,
      block: row.block,
      propensity: row.propensity,
      salt: row.salt,
      planHash: row.plan_hash,
      assignedAt: row.assigned_at,
      hash,
      place: row.place,
      people: row.people,
      verified: hash === row.assignment_id,
      log: await logOf(context, id, row.experiment_id),
    });
  }
  return found;
}

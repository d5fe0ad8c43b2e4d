import { placeRules } from '#core/contact/plan.ts';
import type { RuleKind } from '#core/contact/rule.ts';
import type { ExperimentResults } from '#core/contract/experiments/results.ts';
import type { Design } from '#core/experiment/define.ts';
import type { GatheredStage } from '#core/experiment/results/gathered.ts';
import { list, type Sql, sql } from '#core/sql/sql.ts';
import type { Text } from '#core/text/text.ts';
import type { Session } from '../../engine/engine.ts';
import type { PlugIn } from '../../registry.ts';
import { hasLeft } from '../delivery/exports.ts';

interface Row {
  arm: string;
  stratum: string;
  day: string;
  assigned: number;
  due: number;
  cleared: number;
  exported: number;
  sent: number;
  delivered: number;
  present: number;
}

const stages: readonly { stage: GatheredStage['stage']; n: keyof Row; of: keyof Row; sends: boolean }[] = [
  { stage: 'assigned', n: 'assigned', of: 'assigned', sends: false },
  { stage: 'cleared', n: 'cleared', of: 'assigned', sends: true },
  { stage: 'exported', n: 'exported', of: 'cleared', sends: true },
  { stage: 'delivered', n: 'delivered', of: 'sent', sends: true },
  { stage: 'outcomes', n: 'present', of: 'assigned', sends: false },
];

/** By arm, stratum and day of entering: people still there at each stage, up to a day; the first message alone is followed. */
export const stagesSql = ({ experimentId, asOf }: { experimentId: string; asOf: string }): Sql => sql`
    WITH entered AS (
      SELECT assignment_id, customer_id, arm, stratum, entered_on FROM assignments
      WHERE experiment_id = ${experimentId} AND entered_on <= CAST(${asOf} AS DATE)
    ), checked AS (
      SELECT DISTINCT assignment_id FROM contact_checks WHERE experiment_id = ${experimentId} AND touch = 1 AND state <> 'released'
    ), kept AS (
      SELECT DISTINCT x.assignment_id FROM exclusions x JOIN batches b ON b.batch_id = x.batch_id AND b.touch = 1
      WHERE x.experiment_id = ${experimentId} AND x.decides AND b.state <> 'released'
    ), gone_out AS (
      SELECT x.assignment_id, min(k.planned_at) AS planned_at FROM export_rows x
      JOIN export_runs y ON y.export_id = x.export_id
      LEFT JOIN contact_checks k ON k.batch_id = y.batch_id AND k.assignment_id = x.assignment_id
      WHERE y.experiment_id = ${experimentId} AND ${hasLeft(sql`x.state`)} AND x.touch = 1 GROUP BY x.assignment_id
    ), arrived AS (
      SELECT customer_id, max(CASE WHEN coalesce(delivered, false) THEN 1 ELSE 0 END) AS delivered FROM current_contacts
      WHERE experiment_id = ${experimentId} AND CAST(sent_at AS DATE) <= CAST(${asOf} AS DATE) GROUP BY customer_id
    ), held AS (
      SELECT DISTINCT a.customer_id FROM current_accounts a JOIN current_customers c ON c.customer_id = a.customer_id
    )
    SELECT e.arm, e.stratum, CAST(e.entered_on AS VARCHAR) AS day,
      CAST(count(*) AS BIGINT) AS assigned,
      CAST(count(CASE WHEN c.assignment_id IS NOT NULL OR k.assignment_id IS NOT NULL THEN 1 END) AS BIGINT) AS due,
      CAST(count(c.assignment_id) AS BIGINT) AS cleared,
      CAST(count(CASE WHEN c.assignment_id IS NOT NULL AND o.assignment_id IS NOT NULL THEN 1 END) AS BIGINT) AS exported,
      CAST(count(CASE WHEN CAST(o.planned_at AS DATE) < CAST(${asOf} AS DATE) THEN 1 END) AS BIGINT) AS sent,
      CAST(count(CASE WHEN CAST(o.planned_at AS DATE) < CAST(${asOf} AS DATE) AND r.delivered = 1 THEN 1 END) AS BIGINT) AS delivered,
      CAST(count(h.customer_id) AS BIGINT) AS present
    FROM entered e
    LEFT JOIN checked c ON c.assignment_id = e.assignment_id
    LEFT JOIN kept k ON k.assignment_id = e.assignment_id
    LEFT JOIN gone_out o ON o.assignment_id = e.assignment_id
    LEFT JOIN arrived r ON r.customer_id = e.customer_id
    LEFT JOIN held h ON h.customer_id = e.customer_id
    GROUP BY e.arm, e.stratum, e.entered_on ORDER BY e.arm, e.stratum, e.entered_on`;

/**
 * People of each arm, stratum and day of entering still there at each stage, up to a day. The first message alone is
 * followed: later ones depend on what people did meanwhile. Arms that send nothing take no part in its stages; a stage
 * that nobody has come to is left out.
 */
export async function readStages(
  session: Session,
  { experimentId, design, asOf }: { experimentId: string; design: Design; asOf: string },
): Promise<GatheredStage[]> {
  const rows = await session.rows<Row>(stagesSql({ experimentId, asOf }));
  const speaking = new Set(design.arms.filter(({ touches }) => touches.length > 0).map(({ name }) => name));
  // Whoever entered on a day on which anybody's first message was judged should have been judged.
  const judged = new Set(rows.filter(({ due }) => due > 0).map(({ day }) => day));
  return stages
    .map(({ stage, n, of, sends }) => ({
      stage,
      cells: rows
        .filter(({ arm, day }) => !sends || (speaking.has(arm) && judged.has(day)))
        .map((row) => ({
          arm: row.arm,
          stratum: row.stratum,
          day: row.day,
          n: Number(row[n]),
          of: Number(row[of]),
        })),
    }))
    .filter(({ stage, cells }) => stage === 'assigned' || cells.some(({ n }) => n > 0));
}

/** Who was kept back by which rule at their first message, and who was not reached, by arm; most people first. */
export async function readLeftOut(
  session: Session,
  rules: ReadonlyMap<string, PlugIn>,
  { experimentId, asOf, arms }: { experimentId: string; asOf: string; arms: readonly string[] },
): Promise<ExperimentResults['leftOut']> {
  const rows = await session.rows<{ reason: string; arm: string; n: number }>(sql`
    SELECT x.rule AS reason, x.arm, CAST(count(DISTINCT x.assignment_id) AS BIGINT) AS n
    FROM exclusions x JOIN batches b ON b.batch_id = x.batch_id
    JOIN assignments a ON a.assignment_id = x.assignment_id AND a.experiment_id = x.experiment_id
    WHERE x.experiment_id = ${experimentId} AND x.decides AND b.touch = 1 AND b.state <> 'released'
      AND x.arm IN ${list(arms)} AND a.entered_on <= CAST(${asOf} AS DATE)
    GROUP BY x.rule, x.arm
    UNION ALL
    SELECT 'not_delivered', k.arm, CAST(count(DISTINCT k.customer_id) AS BIGINT) FROM current_contacts k
    WHERE k.experiment_id = ${experimentId} AND NOT coalesce(k.delivered, false) AND k.arm IN ${list(arms)}
      AND k.customer_id NOT IN (SELECT customer_id FROM current_contacts WHERE experiment_id = ${experimentId} AND delivered)
    GROUP BY k.arm ORDER BY 1, 2`);
  const titleOf = (rule: string): Text =>
    rule === 'not_delivered'
      ? { es: 'el mensaje no llegó', en: 'the message did not arrive' }
      : ((rules.get(rule) as unknown as RuleKind | undefined)?.text.title ??
        placeRules[rule as keyof typeof placeRules] ?? { es: rule, en: rule });
  const reasons = [...new Set(rows.map(({ reason }) => reason))];
  const total = (reason: string) =>
    rows.filter((row) => row.reason === reason).reduce((sum, { n }) => sum + n, 0);
  return reasons
    .sort((a, b) => total(b) - total(a) || (a < b ? -1 : 1))
    .map((reason) => ({
      reason,
      title: titleOf(reason),
      counts: arms.map((arm) => ({
        arm,
        n: rows.find((row) => row.reason === reason && row.arm === arm)?.n ?? 0,
      })),
    }));
}

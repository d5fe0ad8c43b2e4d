import { placeRules } from '#core/contact/plan.ts';
import type { Batch } from '#core/contract/delivery/batches.ts';
import type { ForgetLine } from '#core/contract/portfolio/keeping.ts';
import { sql } from '#core/sql/sql.ts';
import type { Session } from '../../engine/engine.ts';
import { lineOf } from './erase.ts';

const rule = 'forgotten';

function keptBack(batch: Batch): Batch {
  const found = batch.excluded.find((one) => one.rule === rule);
  const others = batch.excluded.filter((one) => one.rule !== rule);
  return {
    ...batch,
    cleared: batch.cleared - 1,
    excluded: [
      ...others,
      {
        rule,
        ruleSet: 'HOUSE',
        version: '1',
        status: 'house',
        title: placeRules.forgotten,
        n: (found?.n ?? 0) + 1,
        failing: (found?.failing ?? 0) + 1,
      },
    ],
  };
}

/** Takes a person out of every batch that has not left: their place becomes an exclusion, so that the counts still add up. */
export async function leaveBatches(session: Session, customerId: string): Promise<ForgetLine[]> {
  const waiting = await session.rows<{
    batch_id: string;
    assignment_id: string;
    arm: string;
    experiment_id: string;
    rule_set: string;
    summary: string;
  }>(sql`
    SELECT c.batch_id, c.assignment_id, c.arm, c.experiment_id, c.rule_set, b.summary FROM contact_checks c
    JOIN batches b ON b.batch_id = c.batch_id AND b.state = 'reserved' WHERE c.customer_id = ${customerId} ORDER BY c.batch_id`);
  for (const row of waiting) {
    const batch = keptBack(JSON.parse(row.summary) as Batch);
    const ruleSets = batch.ruleSets.map((set) =>
      set.id === row.rule_set ? { ...set, cleared: set.cleared - 1 } : set,
    );
    await session.run(
      sql`UPDATE batches SET summary = ${JSON.stringify({ ...batch, ruleSets })} WHERE batch_id = ${row.batch_id}`,
    );
    await session.run(
      sql`INSERT INTO exclusions (batch_id, assignment_id, experiment_id, customer_id, arm, rule, rule_set, rule_version, rule_status, decides)
        VALUES (${row.batch_id}, ${row.assignment_id}, ${row.experiment_id}, ${customerId}, ${row.arm}, ${rule}, 'HOUSE', '1', 'house', true)`,
    );
    await session.run(
      sql`DELETE FROM contact_checks WHERE batch_id = ${row.batch_id} AND assignment_id = ${row.assignment_id}`,
    );
  }
  return waiting.length ? [lineOf('contact_checks', 'erased', waiting.length)] : [];
}

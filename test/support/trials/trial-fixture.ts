import { design as designSchema } from '#core/experiment/define.ts';
import { raw, type Sql, sql } from '#core/sql/sql.ts';
import type { Context } from '#server/context.ts';

export interface TrialOptions {
  id: string;
  /** Customers and the arm of each: a SELECT of customer_id, arm. */
  people: Sql;
  arms: readonly string[];
  plannedAt: string;
  channel?: string;
}

/** A trial whose messages an export has handed over, as the line leaves it; arms are styles. */
export async function putTrial(
  context: Context,
  { id, people, arms, plannedAt, channel = 'sms' }: TrialOptions,
) {
  const { engine } = context;
  const design = designSchema.parse({
    name: 'Prueba',
    segmentId: 'segment',
    arms: arms.map((style) => ({
      name: style,
      weight: 1,
      touches: [{ style, channel, templates: [channel] }],
    })),
    control: arms[0],
  });
  const name = raw(`'${id}'`);
  const at = raw(`TIMESTAMP '${plannedAt}'`);
  const statements = [
    sql`INSERT INTO designs (experiment_id, state, design, sizing, texts, as_of, data_version, created_at, by_principal) VALUES (${id}, 'exported', ${JSON.stringify(design)}, '{}', '[]', '2026-10-31', 'v', '2026-10-31', 'owner')`,
    sql`INSERT INTO assignments (assignment_id, experiment_id, customer_id, arm, stratum, block, propensity, salt, plan_hash, assigned_at)
SELECT ${name} || ':' || customer_id, ${name}, customer_id, arm, 's', 0, ${1 / arms.length}, 'salt', 'plan', ${at} FROM (${people})`,
    sql`INSERT INTO export_runs (export_id, batch_id, experiment_id, destination, options, state, rows_sent, rows_excluded, started_at, by_principal) VALUES (${id}, ${id}, ${id}, 'file', '{}', 'written', 0, 0, '2026-10-31', 'owner')`,
    sql`INSERT INTO contact_checks (batch_id, assignment_id, experiment_id, customer_id, arm, touch, channel, planned_at, planned_local, send_before, send_before_local, time_zone, zone_source, rule_set, rule_version, state)
SELECT ${name}, assignment_id, ${name}, customer_id, arm, 1, ${channel}, ${at}, ${at}, ${at}, ${at}, 'UTC', 'explicit', 'test', '1', 'sent' FROM assignments WHERE experiment_id = ${name}`,
    sql`INSERT INTO export_rows (export_id, message_key, assignment_id, customer_id, arm, touch, channel, state)
SELECT ${name}, 'message:' || assignment_id, assignment_id, customer_id, arm, 1, ${channel}, 'written' FROM assignments WHERE experiment_id = ${name}`,
  ];
  await engine.transaction(async (session) => {
    for (const statement of statements) await session.run(statement);
  });
}

/** Gives everybody in a trial another arm, as if the draw had come out differently. */
export async function changeArms(context: Context, id: string, arm: string): Promise<void> {
  await context.engine.transaction(async (session) => {
    for (const table of ['assignments', 'contact_checks'])
      await session.run(sql`UPDATE ${raw(table)} SET arm = ${arm} WHERE experiment_id = ${id}`);
    await session.run(sql`UPDATE export_rows SET arm = ${arm} WHERE export_id = ${id}`);
  });
}

import { raw, sql } from '#core/sql/sql.ts';
import type { Context } from '#server/context.ts';
import { putExperiment } from '../contact/contact-fixture.ts';

/** Tables that hold something of each person of the fixture, and the columns that name them. */
const perPerson = {
  customers: ["'p' || i AS customer_id", 'i AS source_row'],
  accounts: ["'p' || i AS customer_id", "'ap' || i AS account_id", 'i AS source_row'],
  snapshots: ["'ap' || i AS account_id", 'i AS source_row'],
  segment_members: ["'p' || i AS customer_id", "'ap' || i AS account_id"],
  contact_permissions: ["'p' || i AS customer_id", 'i AS source_row'],
  assignments: [
    "'p' || i AS customer_id",
    "'plan:p' || i AS assignment_id",
    "(['neutral', 'loss_aversion', 'social_proof'])[1 + i % 3] AS arm",
  ],
} as const;

/** The contact fixture with so many people, copied from its first by the engine. */
export async function putCrowd(context: Context, people: number): Promise<void> {
  await putExperiment(context, [{ id: 'p0' }], { sendOn: '2026-03-03' });
  for (const [table, columns] of Object.entries(perPerson))
    await context.engine.run(sql`INSERT INTO ${raw(table)} SELECT t.* REPLACE (${raw(columns.join(', '))})
      FROM ${raw(table)} t, range(1, ${raw(String(people))}) r(i)`);
}

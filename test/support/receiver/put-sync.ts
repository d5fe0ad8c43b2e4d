import type { SyncDefinition } from '#core/contract/delivery/syncs.ts';
import { sql } from '#core/sql/sql.ts';
import type { Context } from '#server/context.ts';
import { insertSync } from '#server/store/delivery/sync/syncs.ts';
import { put } from '../contact/contact-fixture.ts';

/** A segment of everybody past due, frozen before anybody was in it. */
export const putPastDue = (context: Context): Promise<void> =>
  put(
    context,
    'segments',
    [
      {
        segment_id: 'past-due',
        name: 'En mora',
        condition: JSON.stringify({ column: 'days_past_due', is: 'between', from: 1 }),
        size: '{}',
        data_version: 'v',
        frozen_at: '2026-03-01',
        created_at: '2026-03-01',
        by_principal: 'owner',
      },
    ],
    false,
  );

/** A sync of that segment to the destination `hook`. */
export async function putSync(context: Context, given: Partial<SyncDefinition> = {}): Promise<void> {
  const definition: SyncDefinition = {
    segmentId: 'past-due',
    columns: ['segment', 'days_past_due', 'arrears', 'currency', 'arm_exp', 'style_exp'],
    mode: 'upsert',
    leaving: 'clear',
    ...given,
  };
  await insertSync(
    context.engine,
    'sync',
    { name: 'Perfiles', destinationId: 'hook', definition },
    '2026-03-01',
    'owner',
  );
}

export const setDays = (context: Context, person: string, days: number): Promise<number> =>
  context.engine.run(sql`UPDATE snapshots SET days_past_due = ${days} WHERE account_id = ${`a${person}`}`);

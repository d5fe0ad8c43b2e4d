import { v7 as uuidv7 } from 'uuid';
import { addDays } from '#core/contact/time/wall-clock.ts';
import { contract } from '#core/contract/index.ts';
import { valueSentence } from '#core/holdout/words.ts';
import { sql } from '#core/sql/sql.ts';
import { handle } from '../http/handle.ts';
import { expectedCost } from '../jobs/holding/expected.ts';
import { contactValue } from '../jobs/holding/value.ts';
import { writeAudit } from '../store/audit.ts';
import {
  approveHoldout,
  describeHoldout,
  describeHoldouts,
  endHoldout,
  insertHoldout,
  readHoldout,
} from '../store/holdouts/holdouts.ts';
import { instant, workspaceToday } from '../store/workspace.ts';

const resource = contract.holdouts;

export const handlers = [
  handle(resource.list, async ({ context }) => ({ holdouts: await describeHoldouts(context.engine) })),
  handle(resource.propose, async ({ context, principal, input }) => {
    const id = uuidv7();
    const expected = await expectedCost(context, input.body);
    const at = instant(context.now());
    await insertHoldout(context.engine, { id, plan: input.body, expected, at, by: principal.id });
    return describeHoldout(context.engine, id);
  }),
  handle(resource.approve, async ({ context, principal, input }) => {
    const { holdoutId } = input.params;
    const at = instant(context.now());
    await context.engine.transaction(async (session) => {
      await approveHoldout(session, holdoutId, { ...input.body, at });
      await writeAudit(session, {
        at,
        by: principal.id,
        action: 'holdout.approved',
        subject: holdoutId,
        details: { name: input.body.name },
      });
    });
    return describeHoldout(context.engine, holdoutId);
  }),
  handle(resource.end, async ({ context, principal, input }) => {
    const { holdoutId } = input.params;
    const at = instant(context.now());
    const today = await workspaceToday(context);
    await context.engine.transaction(async (session) => {
      await endHoldout(session, holdoutId, at, today);
      await writeAudit(session, { at, by: principal.id, action: 'holdout.ended', subject: holdoutId });
    });
    return describeHoldout(context.engine, holdoutId);
  }),
  handle(resource.day, ({ submit }) => submit('draw-holdout', {})),
  handle(resource.value, async ({ context, input }) => {
    const { engine } = context;
    const { id } = await readHoldout(engine, input.params.holdoutId);
    const { horizonDays } = input.query;
    const today = await workspaceToday(context);
    const until = input.query.until ?? today;
    const from = input.query.from ?? addDays(until, -365);
    const matured = addDays(today, -horizonDays);
    const last = until < matured ? until : matured;
    const people = sql`SELECT customer_id, min(entered_on) AS entered_on, ${engine.dialect.argMax(sql`held`, sql`-hash_place`)} AS held FROM (
        SELECT h.*, row_number() OVER (ORDER BY h.entered_on, h.hash) AS hash_place FROM holdout_people h WHERE h.holdout_id = ${id}
      ) x WHERE entered_on >= CAST(${from} AS DATE) AND entered_on <= CAST(${last} AS DATE) GROUP BY customer_id`;
    const { clearing, cash } = await contactValue(context, people, { horizonDays, asOf: today });
    const cohorts = await engine.first<{ n: number }>(
      sql`SELECT CAST(count(DISTINCT entered_on) AS BIGINT) AS n FROM (${people}) p`,
    );
    return {
      from,
      until,
      horizonDays,
      maturedUntil: from <= last ? last : null,
      cohorts: cohorts?.n ?? 0,
      clearing,
      cash,
      sentence: valueSentence(clearing, horizonDays),
    };
  }),
];

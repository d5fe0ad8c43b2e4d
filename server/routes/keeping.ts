import { v7 as uuidv7 } from 'uuid';
import { contract } from '#core/contract/index.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import type { Context } from '../context.ts';
import { handle } from '../http/handle.ts';
import { previewForgetting } from '../jobs/keeping/preview.ts';
import { writeAudit } from '../store/audit.ts';
import { insertForgetting, openForgetting, readReports } from '../store/keeping/forgettings.ts';
import { holdOn, placeHold, readHolds, refuseHeld, releaseHold } from '../store/keeping/holds.ts';
import { readRetention, rowsOverAge, setRetention } from '../store/keeping/retention.ts';
import { requirePerson } from '../store/people/known.ts';
import { instant, workspaceToday } from '../store/workspace.ts';

/** What would be destroyed, in figures, for whoever has not confirmed. @throws forget_not_confirmed */
async function askToConfirm(context: Context, customerId: string): Promise<never> {
  const lines = await previewForgetting(context, customerId);
  const tables = lines.filter(({ kind }) => kind === 'table');
  throw new DomainError('forget_not_confirmed', {
    rows: tables.reduce((sum, { rows }) => sum + (rows ?? 0), 0),
    tables: new Set(tables.map(({ place }) => place)).size,
    files: new Set(lines.filter(({ kind }) => kind === 'file').map(({ place }) => place)).size,
  });
}

export const handlers = [
  handle(contract.keeping.preview, async ({ context, input }) => {
    const { customerId } = input.params;
    await requirePerson(context, customerId);
    return {
      customerId,
      hold: await holdOn(context.engine, customerId),
      lines: await previewForgetting(context, customerId),
    };
  }),
  handle(contract.keeping.forget, async ({ context, principal, input, submit }) => {
    const { customerId } = input.params;
    await requirePerson(context, customerId);
    await refuseHeld(context.engine, customerId);
    if (input.body.confirm !== customerId) await askToConfirm(context, customerId);
    const under = await openForgetting(context.engine, customerId);
    const id = under?.forgetting_id ?? uuidv7();
    if (!under)
      await insertForgetting(context.engine, {
        id,
        customerId,
        token: `forgotten-${Buffer.from(context.randomBytes(8)).toString('hex')}`,
        note: input.body.note.replaceAll(customerId, '…'),
        at: instant(context.now()),
        by: principal.id,
      });
    return submit('forget', { forgettingId: id });
  }),
  handle(contract.keeping.reports, async ({ context }) => ({ reports: await readReports(context.engine) })),
  handle(contract.keeping.hold, async ({ context, principal, input }) => {
    const { customerId } = input.params;
    await requirePerson(context, customerId);
    const at = instant(context.now());
    return context.engine.transaction(async (session) => {
      const hold = await placeHold(session, { customerId, reason: input.body.reason, at, by: principal.id });
      await writeAudit(session, { at, by: principal.id, action: 'person.hold', subject: customerId });
      return hold;
    });
  }),
  handle(contract.keeping.release, async ({ context, principal, input }) => {
    const { customerId } = input.params;
    const at = instant(context.now());
    return context.engine.transaction(async (session) => {
      const hold = await releaseHold(session, { customerId, at, by: principal.id });
      await writeAudit(session, { at, by: principal.id, action: 'person.release', subject: customerId });
      return hold;
    });
  }),
  handle(contract.keeping.holds, async ({ context }) => ({ holds: await readHolds(context.engine) })),
  handle(contract.keeping.retention, async ({ context }) => ({ rules: await readRetention(context.engine) })),
  handle(contract.keeping.setRetention, async ({ context, principal, input }) => {
    const at = instant(context.now());
    const { table } = input.params;
    const { days, column } = input.body;
    return context.engine.transaction(async (session) => {
      const rule = await setRetention(session, { table, days, column, at, by: principal.id });
      await writeAudit(session, {
        at,
        by: principal.id,
        action: 'retention.set',
        subject: table,
        details: { days, column: rule.column },
      });
      return rule;
    });
  }),
  handle(contract.keeping.overAge, async ({ context }) => {
    const over = await rowsOverAge(context.engine, await workspaceToday(context));
    return { lines: over.map(({ line }) => line) };
  }),
  handle(contract.keeping.retain, async ({ context, submit }) => {
    const over = await rowsOverAge(context.engine, await workspaceToday(context));
    if (!over.some(({ line }) => line.rows > 0)) throw new DomainError('nothing_over_age');
    return submit('retain', {});
  }),
];

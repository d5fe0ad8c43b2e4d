import { v7 as uuidv7 } from 'uuid';
import { contract } from '#core/contract/index.ts';
import type { Attribute } from '#core/delivery/attributes/list.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import { maskAddress } from '#core/people/mask.ts';
import type { Context } from '../context.ts';
import { handle, type Principal } from '../http/handle.ts';
import { resolveDestination } from '../jobs/delivering/resolve.ts';
import { prepareSync, readAttributes } from '../jobs/delivering/sync.ts';
import { writeAudit } from '../store/audit.ts';
import { type FirstRow, previewSync } from '../store/delivery/sync/sync-rows.ts';
import {
  insertSync,
  readSync,
  readSyncInUse,
  readSyncs,
  requireNoRun,
  retireSync,
} from '../store/delivery/sync/syncs.ts';
import { instant } from '../store/workspace.ts';

const mayReadPersonal = (principal: Principal): boolean => principal.permissions.includes('personal:read');

/** @throws forbidden */
function requirePersonal(principal: Principal, attributes: readonly Attribute[]): void {
  if (attributes.some(({ personal }) => personal) && !mayReadPersonal(principal))
    throw new DomainError('forbidden', { permission: 'personal:read' });
}

const note = (context: Context, by: string, action: string, subject: string) => ({
  at: instant(context.now()),
  by,
  action: `sync.${action}`,
  subject,
});

type Cell = string | number | null;

/** A row as it may be looked at: personal values masked but for who may read them. */
function shown(row: FirstRow, attributes: readonly Attribute[], unmasked: boolean): Record<string, Cell> {
  const values = JSON.parse(row.payload) as Record<string, Cell>;
  const cells = attributes.map(({ name, personal }): [string, Cell] => {
    const value = values[name] ?? null;
    return [name, personal && value !== null && !unmasked ? maskAddress(String(value)) : value];
  });
  return Object.fromEntries([
    ['customer_id', row.customer_id],
    ['operation', row.operation],
    ['standing', row.standing],
    ['rule', row.rule],
    ...cells,
  ]);
}

export const handlers = [
  handle(contract.syncs.list, async ({ context }) => ({
    syncs: await readSyncs(context.engine),
    attributes: (await readAttributes(context)).map(({ source: _, ...attribute }) => attribute),
  })),
  handle(contract.syncs.create, async ({ context, principal, input }) => {
    const id = uuidv7();
    const resolved = await resolveDestination(context, context.engine, input.body.destinationId);
    const { attributes } = await prepareSync(context, { id, ...input.body }, resolved);
    requirePersonal(principal, attributes);
    await context.engine.transaction(async (session) => {
      const line = note(context, principal.id, 'create', id);
      await insertSync(session, id, input.body, line.at, principal.id);
      await writeAudit(session, {
        ...line,
        details: { destination: input.body.destinationId, mode: input.body.definition.mode },
      });
    });
    return readSync(context.engine, id);
  }),
  handle(contract.syncs.retire, async ({ context, principal, input }) => {
    const sync = await readSyncInUse(context.engine, input.params.syncId);
    const { id } = sync;
    await requireNoRun(context.engine, sync);
    await context.engine.transaction(async (session) => {
      const line = note(context, principal.id, 'retire', id);
      await retireSync(session, id, line.at);
      await writeAudit(session, line);
    });
    return { id };
  }),
  handle(contract.syncs.preview, async ({ context, principal, input }) => {
    const sync = await readSyncInUse(context.engine, input.params.syncId);
    const resolved = await resolveDestination(context, context.engine, sync.destinationId);
    const { comparing, attributes } = await prepareSync(context, sync, resolved);
    const { people, counts, first } = await context.engine.transaction((session) =>
      previewSync(session, context.engine.dialect, comparing, 10),
    );
    const { fresh, changed, same, leaving, dead, stopped } = counts;
    const unmasked = mayReadPersonal(principal);
    return {
      people,
      fresh,
      changed,
      same,
      leaving,
      dead,
      stopped,
      rows: fresh + changed + leaving + (sync.definition.mode === 'full' ? same : 0),
      first: first.map((row) => shown(row, attributes, unmasked)),
    };
  }),
  handle(contract.syncs.run, async ({ context, principal, input, submit }) => {
    const sync = await readSyncInUse(context.engine, input.params.syncId);
    await requireNoRun(context.engine, sync);
    const resolved = await resolveDestination(context, context.engine, sync.destinationId);
    const { approvedBy } = input.body;
    if (resolved.approval && !approvedBy)
      throw new DomainError('approval_needed', { name: resolved.name.es });
    requirePersonal(
      principal,
      (await readAttributes(context)).filter(({ name }) => sync.definition.columns.includes(name)),
    );
    return submit('sync', {
      syncId: sync.id,
      destination: sync.destinationId,
      ...(approvedBy ? { approvedBy } : {}),
    });
  }),
];

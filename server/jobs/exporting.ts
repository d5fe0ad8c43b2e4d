import { type Cleared, clear } from '#core/contact/clear.ts';
import { columnsOf, type MessageColumn, messagesOf } from '#core/contact/messages.ts';
import type { Batch } from '#core/contract/delivery/batches.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import { raw, type Sql } from '#core/sql/sql.ts';
import type { Context } from '../context.ts';
import type { Destination } from '../destinations/destination.ts';
import type { Session } from '../engine/engine.ts';
import { readBatch } from '../store/contact/batches.ts';
import { workspaceNow } from '../store/contact/contact-ledger.ts';
import { readDesign } from '../store/experiments/designs.ts';
import { isSimulated } from '../store/workspace.ts';

/** @throws not_found */
export function destinationNamed(context: Context, id: string): Destination {
  const found = context.registry.destinations.get(id) as unknown as Destination | undefined;
  if (!found) throw new DomainError('not_found', { kind: 'destination', id });
  return found;
}

/** The options with their defaults. @throws destination_options */
export function parseOptions(destination: Destination, id: string, given: unknown): unknown {
  const parsed = destination.options.safeParse(given);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues
    .map((issue) => `${issue.path.join('.') || 'options'}: ${issue.message}`)
    .join('; ');
  throw new DomainError('destination_options', { destination: id, problems });
}

/** Asks the gate, by the workspace's own clock. @throws what `clear` throws */
export async function clearBatch(context: Context, session: Session, id: string): Promise<Cleared<Batch>> {
  const batch = await readBatch(session, id);
  return clear(batch, {
    now: await workspaceNow(context, session, batch.assumptions?.today),
    simulated: await isSimulated(session),
    acceptedUnverifiedBy: batch.acceptedUnverifiedBy,
    unverified: batch.unverified.map(({ ruleSet, rule }) => `${ruleSet} ${rule}`),
  });
}

export interface Messages {
  columns: MessageColumn[];
  query: Sql;
}

/** The messages of a batch as one destination would get them. */
export async function messagesFor(
  context: Context,
  batch: Batch,
  destination: string,
  withAddress: boolean,
): Promise<Messages> {
  const record = await readDesign(context.engine, batch.experimentId);
  return {
    columns: columnsOf(withAddress),
    query: messagesOf(context.engine.dialect, {
      batchId: batch.id,
      destination,
      experimentName: record.design.name,
      planHash: record.planHash ?? '',
      segmentId: record.design.segmentId,
      asOf: batch.asOf ?? record.asOf,
      arms: record.design.arms,
      texts: record.texts,
      withAddress,
    }),
  };
}

/** Whether amounts to pay are arrears; a portfolio without any names balances instead. */
const holdsArrears = async ({ engine }: Context): Promise<boolean> =>
  (await engine.first(raw('SELECT 1 AS one FROM current_snapshots WHERE arrears IS NOT NULL LIMIT 1'))) !==
  undefined;

/** Everything the rows rest on that the portfolio does not hold, and how well the rules are sourced. */
export async function assumptionsOf(context: Context, batch: Batch): Promise<Record<string, unknown>> {
  const record = await readDesign(context.engine, batch.experimentId);
  return {
    ...batch.assumptions,
    simulated: await isSimulated(context.engine),
    asOf: batch.asOf ?? record.asOf,
    amount: (await holdsArrears(context)) ? 'arrears' : 'balance',
    sendOn: batch.sendOn,
    sendAt: record.design.sendAt,
    plannedAt: batch.plannedAt,
    ruleSets: batch.ruleSets.map(({ id, version, status }) => ({ id, version, status })),
    unverified: batch.unverified.map(({ ruleSet, rule }) => `${ruleSet} ${rule}`),
    acceptedUnverifiedBy: batch.acceptedUnverifiedBy,
    notJudged: batch.notJudged,
  };
}

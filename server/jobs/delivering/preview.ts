import type { Batch } from '#core/contract/delivery/batches.ts';
import type { Preview } from '#core/contract/delivery/exports.ts';
import { sql } from '#core/sql/sql.ts';
import type { Context } from '../../context.ts';
import { readBatch } from '../../store/contact/batches.ts';
import { readFreshness } from '../../store/contact/contact-ledger.ts';
import { readMappings } from '../../store/delivery/mappings.ts';
import { countByChannel, countHeld, readDifference } from '../../store/delivery/preview.ts';
import { readDesign } from '../../store/experiments/designs.ts';
import { readCosts } from '../../store/messages/statements.ts';
import { type Messages, messagesFor } from '../exporting.ts';
import { type Resolved, resolveDestination } from './resolve.ts';

/**
 * What would leave of a batch by a destination, and all that is worth knowing before: nothing is written and nothing
 * leaves. Addresses stand among the first rows only where the destination sends them and the reader may see them.
 *
 * @throws not_found, destination_retired, secret_key_lost
 */
export async function previewBatch(
  context: Context,
  given: { batchId: string; destination: string; limit: number; seesPersonal: boolean },
): Promise<Preview> {
  const { engine } = context;
  const batch = await readBatch(engine, given.batchId);
  const resolved = await resolveDestination(context, engine, given.destination);
  const { destination, options } = resolved;
  const personal = destination.personal(options);
  const messages = await messagesFor(context, batch, given.destination, personal && given.seesPersonal);
  const { design } = await readDesign(engine, batch.experimentId);
  return {
    rows: batch.cleared,
    columns: messages.columns.map(({ name }) => name),
    first: await engine.rows<Preview['first'][number]>(
      sql`SELECT * FROM (${messages.query}) m ORDER BY customer_id LIMIT ${given.limit}`,
    ),
    difference: await readDifference(engine, engine.dialect, {
      batchId: batch.id,
      experimentId: batch.experimentId,
      destination: given.destination,
      arms: design.arms,
    }),
    costs: await costsOf(context, batch),
    held: await countHeld(engine, batch.id),
    freshness: await readFreshness(context, engine, batch.assumptions?.today),
    destination: {
      name: resolved.name,
      guarantee: destination.guarantees(options).messages,
      approval: resolved.approval,
      personal,
      unmapped: await unmappedTexts(context, resolved, messages),
    },
  };
}

/** A price in the currency of the debt, else the one stated for the channel whatever the debt. */
async function costsOf({ engine }: Context, batch: Batch): Promise<Preview['costs']> {
  const prices = await readCosts(engine);
  const counts = await countByChannel(engine, batch.id);
  return counts.map(({ channel, currency, messages }) => {
    const ofChannel = prices.filter((one) => one.channel === channel);
    const price =
      ofChannel.find((one) => one.currency === currency) ?? ofChannel.find(({ statedBy }) => statedBy);
    return {
      channel,
      messages,
      amount: price ? (Number(price.amount) * messages).toFixed(2) : null,
      currency: price?.currency ?? null,
      measuredOn: price?.n ?? 0,
      statedBy: price?.statedBy ?? null,
    };
  });
}

async function unmappedTexts(
  { engine }: Context,
  { id, destination }: Resolved,
  { query }: Messages,
): Promise<string[]> {
  if (!destination.calls?.mapping) return [];
  const approved = new Set(
    (await readMappings(engine, id))
      .filter(({ state }) => state === 'approved')
      .map(({ template, language }) => `${template} ${language}`),
  );
  const texts = await engine.rows<{ template: string; language: string }>(
    sql`SELECT DISTINCT style || ':' || template AS template, language FROM (${query}) m WHERE template IS NOT NULL ORDER BY 1, 2`,
  );
  return texts
    .map(({ template, language }) => `${template} ${language}`)
    .filter((text) => !approved.has(text));
}

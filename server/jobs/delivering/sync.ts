import type { Sync, SyncDefinition } from '#core/contract/delivery/syncs.ts';
import type { Comparing } from '#core/delivery/attributes/compare.ts';
import { type Attribute, attributesOf, factsOf } from '#core/delivery/attributes/list.ts';
import { attributeRows } from '#core/delivery/attributes/rows.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import { factsAsked } from '#core/segment/asked.ts';
import { checkCondition } from '#core/segment/check.ts';
import { compileCondition } from '#core/segment/compile.ts';
import { accountFacts } from '#core/segment/facts.ts';
import type { Picked } from '#core/segment/size.ts';
import type { Context } from '../../context.ts';
import { readDesigns } from '../../store/experiments/designs.ts';
import { readSegment } from '../../store/segments/segments.ts';
import { workspaceToday } from '../../store/workspace.ts';
import { currentFacts, type Facts, titlesOf } from '../segmenting.ts';
import type { Resolved } from './resolve.ts';

async function attributesFor(context: Context, facts: Facts): Promise<Attribute[]> {
  const titles = await titlesOf(context, facts);
  const designs = (await readDesigns(context.engine)).filter(({ state }) => state !== 'draft');
  return attributesOf({
    models: facts.scores.map(({ model }) => ({ model, title: titles.score?.(model) })),
    experiments: designs.map(({ id, design, status }) => ({
      id,
      name: design.name,
      running: status === 'running' || status === 'paused',
      styles: new Map(
        design.arms.map(({ name, touches }) => [
          name,
          [...new Set(touches.map(({ style }) => style))].join(', '),
        ]),
      ),
    })),
  });
}

/** What may leave of people as attributes today; nothing before there are balances. */
export async function readAttributes(context: Context): Promise<Attribute[]> {
  try {
    return await attributesFor(context, await currentFacts(context));
  } catch (error) {
    if (error instanceof DomainError && error.code === 'no_snapshots') return [];
    throw error;
  }
}

/**
 * The attributes a sync names, in its order.
 *
 * @throws attribute_unknown, attribute_twice, attribute_personal
 */
function chosen(
  definition: SyncDefinition,
  attributes: readonly Attribute[],
  resolved: Resolved,
): Attribute[] {
  const known = new Map(attributes.map((attribute) => [attribute.name, attribute]));
  const personal = resolved.destination.personal(resolved.options);
  return definition.columns.map((name, i) => {
    const attribute = known.get(name);
    if (!attribute) throw new DomainError('attribute_unknown', { name, known: [...known.keys()].join(', ') });
    if (definition.columns.indexOf(name) !== i) throw new DomainError('attribute_twice', { name });
    if (attribute.personal && !personal)
      throw new DomainError('attribute_personal', { name, destination: resolved.name.es });
    return attribute;
  });
}

/** @throws destination_carries */
export function requireAttributes(resolved: Resolved): void {
  if (!resolved.destination.calls || !resolved.destination.guarantees(resolved.options).attributes)
    throw new DomainError('destination_carries', { name: resolved.name.es, carries: 'attributes' });
}

export interface Prepared {
  comparing: Comparing;
  /** The segment as it picks accounts now. */
  segment: { segmentId: string; asOf: string; picked: Picked };
  attributes: Attribute[];
}

/**
 * Everything a sync compares today: the people its segment picks now, with their attributes.
 *
 * @throws destination_carries, sync_keeps_profiles, sync_segment_gone, no_snapshots, attribute_unknown, attribute_twice, attribute_personal, and as
 * `checkCondition`
 */
export async function prepareSync(
  context: Context,
  sync: Pick<Sync, 'id' | 'name' | 'destinationId' | 'definition'>,
  resolved: Resolved,
): Promise<Prepared> {
  requireAttributes(resolved);
  const { dialect } = context.engine;
  const { definition } = sync;
  if (definition.leaving === 'remove' && resolved.destination.calls?.keepsProfiles)
    throw new DomainError('sync_keeps_profiles', { destination: resolved.name.es });
  const segment = await readSegment(context.engine, definition.segmentId).catch((error: unknown) => {
    if (error instanceof DomainError && error.code === 'not_found')
      throw new DomainError('sync_segment_gone', { name: sync.name, segment: definition.segmentId });
    throw error;
  });
  const facts = await currentFacts(context);
  const attributes = chosen(definition, await attributesFor(context, facts), resolved);
  checkCondition(segment.condition, facts.vocabulary);
  const asked = [...new Set([...factsAsked(segment.condition), ...factsOf(attributes)])];
  const picked = {
    facts: accountFacts(dialect, facts.asOf, facts.scores, { ...facts.sources, asked }),
    predicate: compileCondition(segment.condition, dialect),
  };
  return {
    attributes,
    segment: { segmentId: definition.segmentId, asOf: facts.asOf, picked },
    comparing: {
      syncId: sync.id,
      destination: sync.destinationId,
      definition,
      rows: attributeRows(dialect, { picked, segment: segment.name, attributes }),
      today: await workspaceToday(context),
    },
  };
}

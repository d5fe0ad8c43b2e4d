import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import type { TemplateMapping } from '#core/contract/delivery/destinations.ts';
import { contract } from '#core/contract/index.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import type { Context } from '../context.ts';
import type { Destination } from '../destinations/destination.ts';
import { handle } from '../http/handle.ts';
import { describeRow, resolveDestination, secretOptions } from '../jobs/delivering/resolve.ts';
import { openWorld } from '../jobs/delivering/world.ts';
import { destinationNamed, parseOptions } from '../jobs/exporting.ts';
import { writeAudit } from '../store/audit.ts';
import {
  type DestinationDraft,
  noteTest,
  readDestination,
  readDestinations,
  retireDestination,
  writeDestination,
} from '../store/delivery/destinations.ts';
import { readMappings, writeMapping } from '../store/delivery/mappings.ts';
import { openSecret, sealSecret } from '../store/secrets.ts';
import { instant } from '../store/workspace.ts';

interface Given {
  name: string;
  options: Record<string, unknown>;
  approval: boolean;
}

const schemaOf = (schema: z.ZodType): unknown =>
  z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });

/** Options that say where things go. */
const places = ['url', 'host', 'port'] as const;

/** A secret goes to the place it was given for, and to no other. @throws secret_again */
function requireSamePlace(before: string, given: Record<string, unknown>): void {
  const old = JSON.parse(before) as Record<string, unknown>;
  for (const name of places)
    if (old[name] !== undefined && given[name] !== undefined && old[name] !== given[name])
      throw new DomainError('secret_again', { option: name, value: String(given[name]) });
}

/** What is to be stored of a destination: its options judged whole, its secrets sealed; one left out stays as it was. */
async function draftOf(
  context: Context,
  id: string,
  kind: string,
  given: Given,
  sealedBefore: Record<string, string>,
): Promise<DestinationDraft> {
  const destination = destinationNamed(context, kind);
  const names = secretOptions(destination);
  const isGiven = (name: string) => given.options[name] !== undefined && given.options[name] !== '';
  const kept = Object.fromEntries(
    names.flatMap((name) => {
      const sealed = sealedBefore[name];
      return isGiven(name) || sealed === undefined ? [] : [[name, openSecret(context, sealed)] as const];
    }),
  );
  const whole = {
    ...kept,
    ...Object.fromEntries(Object.entries(given.options).filter(([name]) => isGiven(name))),
  };
  const options = parseOptions(destination, kind, whole) as Record<string, unknown>;
  await requireReachable(context, destination, options);
  const open = Object.fromEntries(Object.entries(options).filter(([name]) => !names.includes(name)));
  const sealed = names.flatMap((name) =>
    typeof options[name] === 'string' ? [[name, sealSecret(context, options[name])] as const] : [],
  );
  return {
    destination_id: id,
    name: given.name,
    kind,
    options: JSON.stringify(open),
    secrets: JSON.stringify(Object.fromEntries(sealed)),
    approval: given.approval,
    personal: destination.personal(options),
  };
}

/** An address that nothing may be sent to is refused when it is typed. @throws address_refused */
async function requireReachable(
  context: Context,
  { calls, writes }: Destination,
  options: unknown,
): Promise<void> {
  const world = openWorld(context, 1);
  try {
    writes?.requireReachable?.(options, world);
    await (await calls?.open(options, world))?.close();
  } finally {
    await world.dispatcher.close();
  }
}

const stored = async (context: Context, id: string) =>
  describeRow(context, await readDestination(context.engine, id));

const note = (context: Context, by: string, action: string, subject: string) => ({
  at: instant(context.now()),
  by,
  action: `destination.${action}`,
  subject,
});

export const handlers = [
  handle(contract.destinations.list, async ({ context }) => ({
    destinations: (await readDestinations(context.engine)).map((row) => describeRow(context, row)),
    kinds: [...(context.registry.destinations as unknown as ReadonlyMap<string, Destination>)].map(
      ([id, kind]) => ({
        id,
        ...kind.text,
        parameters: schemaOf(kind.options),
        secrets: secretOptions(kind),
        mapping: kind.calls?.mapping ? schemaOf(kind.calls.mapping) : null,
      }),
    ),
  })),
  handle(contract.destinations.create, async ({ context, principal, input }) => {
    const id = uuidv7();
    const draft = await draftOf(context, id, input.body.kind, input.body, {});
    await context.engine.transaction(async (session) => {
      const line = note(context, principal.id, 'create', id);
      await writeDestination(session, draft, line.at, principal.id);
      await writeAudit(session, { ...line, details: { kind: draft.kind } });
    });
    return stored(context, id);
  }),
  handle(contract.destinations.update, async ({ context, principal, input }) => {
    const id = input.params.destinationId;
    const before = await readDestination(context.engine, id);
    const sealed = JSON.parse(before.secrets) as Record<string, string>;
    const draft = await draftOf(context, id, before.kind, input.body, sealed);
    if (Object.keys(sealed).some((name) => !input.body.options[name]))
      requireSamePlace(before.options, JSON.parse(draft.options) as Record<string, unknown>);
    await context.engine.transaction(async (session) => {
      const line = note(context, principal.id, 'update', id);
      await writeDestination(session, draft, line.at, principal.id);
      await writeAudit(session, { ...line, details: { kind: draft.kind } });
    });
    return stored(context, id);
  }),
  handle(contract.destinations.retire, async ({ context, principal, input }) => {
    const id = input.params.destinationId;
    await context.engine.transaction(async (session) => {
      const line = note(context, principal.id, 'retire', id);
      await retireDestination(session, await readDestination(session, id), line.at);
      await writeAudit(session, line);
    });
    return stored(context, id);
  }),
  handle(contract.destinations.test, async ({ context, input }) => {
    const id = input.params.destinationId;
    const { destination, options } = await resolveDestination(context, context.engine, id);
    const world = openWorld(context, 1);
    try {
      const receiver = await destination.calls?.open(options, world);
      const problem = receiver
        ? await receiver.test()
        : ((await destination.writes?.test?.(options, world)) ?? null);
      await receiver?.close();
      await noteTest(context.engine, id, instant(context.now()), problem);
      return { problem };
    } finally {
      await world.dispatcher.close();
    }
  }),
  handle(contract.destinations.mappings, async ({ context, input }) => {
    await readDestination(context.engine, input.params.destinationId);
    return { mappings: await readMappings(context.engine, input.params.destinationId) };
  }),
  handle(contract.destinations.map, async ({ context, principal, input }) => {
    const { destinationId, template, language } = input.params;
    const row = await readDestination(context.engine, destinationId);
    const schema = destinationNamed(context, row.kind).calls?.mapping;
    const parsed = schema?.safeParse(input.body.mapping);
    if (!parsed?.success) {
      const problems = parsed?.error.issues
        .map(({ path, message }) => `${path.join('.')}: ${message}`)
        .join('; ');
      throw new DomainError('destination_options', { destination: row.name, problems: problems ?? template });
    }
    const mapping: TemplateMapping = {
      template,
      language,
      mapping: input.body.mapping,
      state: input.body.state,
      approvedBy: input.body.approvedBy ?? null,
      changedAt: context.now().toISOString(),
      by: principal.id,
    };
    await context.engine.transaction(async (session) => {
      await writeMapping(session, destinationId, mapping);
      await writeAudit(session, {
        ...note(context, principal.id, 'map', destinationId),
        details: { template, language, state: mapping.state },
      });
    });
    return mapping;
  }),
];

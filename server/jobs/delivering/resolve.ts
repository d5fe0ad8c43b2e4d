import { z } from 'zod';
import type { DestinationRecord } from '#core/contract/delivery/destinations.ts';
import type { Carried, Guarantee } from '#core/delivery/answer.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import type { Text } from '#core/text/text.ts';
import type { Context } from '../../context.ts';
import type { Destination } from '../../destinations/destination.ts';
import type { Session } from '../../engine/engine.ts';
import { type DestinationRow, findDestination, requireInUse } from '../../store/delivery/destinations.ts';
import { openSecret } from '../../store/secrets.ts';
import { destinationNamed, parseOptions } from '../exporting.ts';

/** Somewhere things go, with its options and, while it is in use, its secrets. */
export interface Resolved {
  id: string;
  name: Text;
  kind: string;
  destination: Destination;
  options: unknown;
  approval: boolean;
}

const named = (name: string): Text => ({ es: name, en: name });

/** The names of the options of a kind that are secrets. */
export function secretOptions(destination: Destination): string[] {
  const schema = z.toJSONSchema(destination.options, { io: 'input', unrepresentable: 'any' }) as {
    properties?: Record<string, { secret?: boolean }>;
  };
  return Object.entries(schema.properties ?? {})
    .filter(([, property]) => property.secret === true)
    .map(([name]) => name);
}

function optionsOf(context: Context, row: DestinationRow): unknown {
  const sealed = JSON.parse(row.secrets) as Record<string, string>;
  const secrets = Object.fromEntries(
    Object.entries(sealed).map(([name, value]) => [name, openSecret(context, value)]),
  );
  return parseOptions(destinationNamed(context, row.kind), row.kind, {
    ...(JSON.parse(row.options) as Record<string, unknown>),
    ...secrets,
  });
}

/**
 * A destination to send by: one set up by name, or a kind that writes files and asks for no secret, with the options given.
 *
 * @throws not_found, destination_retired, destination_options, secret_key_lost
 */
export async function resolveDestination(
  context: Context,
  session: Session,
  id: string,
  given: unknown = {},
): Promise<Resolved> {
  const row = await findDestination(session, id);
  if (!row) {
    const destination = destinationNamed(context, id);
    // What needs a secret is set up by name: given here, it would stand unsealed in the job and the run.
    if (!destination.writes || secretOptions(destination).length)
      throw new DomainError('not_found', { kind: 'destination', id });
    const { title } = destination.text;
    return {
      id,
      name: title,
      kind: id,
      destination,
      options: parseOptions(destination, id, given),
      approval: false,
    };
  }
  requireInUse(row);
  return {
    id,
    name: named(row.name),
    kind: row.kind,
    destination: destinationNamed(context, row.kind),
    options: optionsOf(context, row),
    approval: row.approval,
  };
}

/** How a destination is called and what it promises, also once it is retired. */
export async function describeDestination(
  context: Context,
  session: Session,
  id: string,
  carries: Carried,
): Promise<{ name: Text; guarantee: Guarantee }> {
  const row = await findDestination(session, id);
  const destination = destinationNamed(context, row?.kind ?? id);
  const options = row
    ? destination.options.safeParse({ ...(JSON.parse(row.options) as object), ...placeholders(destination) })
    : null;
  const guarantees = destination.guarantees(options?.success ? options.data : {});
  return {
    name: row ? named(row.name) : destination.text.title,
    guarantee: guarantees[carries] ?? 'at_most_once',
  };
}

/** Guarantees never depend on a secret, so any text that reads as one will do. */
const placeholders = (destination: Destination): Record<string, string> =>
  Object.fromEntries(secretOptions(destination).map((name) => [name, `whsec_${'A'.repeat(32)}`]));

export function describeRow(context: Context, row: DestinationRow): DestinationRecord {
  const destination = destinationNamed(context, row.kind);
  const options = JSON.parse(row.options) as Record<string, unknown>;
  const parsed = destination.options.safeParse({ ...options, ...placeholders(destination) });
  return {
    id: row.destination_id,
    name: row.name,
    kind: row.kind,
    kindTitle: destination.text.title,
    options,
    secrets: Object.keys(JSON.parse(row.secrets) as object),
    approval: row.approval,
    personal: row.personal,
    guarantees: destination.guarantees(parsed.success ? parsed.data : {}),
    mapsTemplates: destination.calls?.mapping !== undefined,
    test:
      row.tested_at && row.test
        ? { at: row.tested_at, ...(JSON.parse(row.test) as { problem: string | null }) }
        : null,
    retiredAt: row.retired_at,
    createdAt: row.created_at,
    changedAt: row.changed_at,
    by: row.by_principal,
  };
}

import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { DomainError } from '#core/errors/domain-error.ts';
import { InsideAddress, isInside } from './inside.ts';

const bare = (host: string): string => host.replace(/^\[|\]$/g, '');

/** Judges a host as it was typed; a name is judged once it has been resolved. @throws address_refused */
export function requireHost(host: string, allowed: readonly string[]): void {
  const named = bare(host) === 'localhost' ? '127.0.0.1' : bare(host);
  if (isIP(named) && isInside(named, allowed))
    throw new DomainError('address_refused', { address: host, reason: 'inside the house' });
}

/**
 * The address to connect to, judged: connecting to it, not to the name, leaves a name no second answer.
 *
 * @throws InsideAddress when any of a name's addresses may not be reached; what the lookup throws
 */
export async function resolveHost(host: string, allowed: readonly string[]): Promise<string> {
  const found = await lookup(bare(host), { all: true });
  const inside = found.find(({ address }) => isInside(address, allowed));
  if (inside) throw new InsideAddress(`${host} (${inside.address})`);
  return found[0]?.address ?? bare(host);
}

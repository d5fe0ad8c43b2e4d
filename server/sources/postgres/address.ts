import type { ClientConfig } from 'pg';
import { DomainError } from '#core/errors/domain-error.ts';

/** Parameters an address may carry: they say how the connection is protected, and none is a secret. */
const allowed = ['sslmode', 'sslrootcert', 'sslcert', 'sslkey'];

export interface Address {
  /** As it is shown and kept. */
  shown: string;
  user: string;
  config: ClientConfig;
}

/**
 * Reads the address of a database, `postgresql://user@host:port/database`; what follows a `#` only names the answer.
 *
 * @throws load_postgres_password, load_postgres_address
 */
export function readAddress(address: string): Address {
  const url = URL.canParse(address) ? new URL(address) : null;
  const shown = address
    .replace(/(:\/\/[^/@:?#]*):.*@/s, '$1:…@')
    .replace(/([?&][^=&#]*pass[^=&#]*=)[^&#]*/gi, '$1…');
  const refuse = (reason: string): never => {
    throw new DomainError('load_postgres_address', { address: shown, reason });
  };
  if (shown !== address || url?.password || url?.searchParams.has('password'))
    throw new DomainError('load_postgres_password', { address: shown });
  if (!url || !/^postgres(ql)?:$/.test(url.protocol)) return refuse('postgresql://');
  const strange = [...url.searchParams.keys()].find((name) => !allowed.includes(name));
  if (strange !== undefined) return refuse(strange);
  if (!url.hostname) return refuse('host');
  if (!url.username) return refuse('user@');
  if (url.pathname.length < 2) return refuse('/database');
  const plain = new URL(url);
  plain.hash = '';
  // sslmode then means what it means to every other client of PostgreSQL.
  if (plain.searchParams.has('sslmode')) plain.searchParams.set('uselibpqcompat', 'true');
  return {
    shown: address,
    user: decodeURIComponent(url.username),
    config: { connectionString: plain.href },
  };
}

import { isIP } from 'node:net';
import { checkServerIdentity, type PeerCertificate } from 'node:tls';
import pg from 'pg';
import { isInside } from '../inside.ts';
import { resolveHost } from '../reach.ts';
import type { World } from '../world.ts';

export interface Database {
  host: string;
  port: number;
  database: string;
  user: string;
  password: string;
  tls: 'verify' | 'encrypt' | 'none';
  ca?: string | undefined;
}

const bare = (host: string): string => host.replace(/^\[|\]$/g, '');

/** Connections to one database that are used one after the other by whoever needs one. */
export class Connections {
  readonly #database: Database;
  readonly #world: World;
  readonly #idle: pg.Client[] = [];

  constructor(database: Database, world: World) {
    this.#database = database;
    this.#world = world;
  }

  /** Hands out a connection; one that fails is not used again. `sent` is false while none has been made. */
  async with<T>(
    work: (client: pg.Client) => Promise<T>,
    onFailure: (error: unknown, sent: boolean) => T,
  ): Promise<T> {
    let client: pg.Client;
    try {
      client = this.#idle.pop() ?? (await this.#connect());
    } catch (error) {
      return onFailure(error, false);
    }
    try {
      const result = await work(client);
      this.#idle.push(client);
      return result;
    } catch (error) {
      void client.end().catch(() => {});
      return onFailure(error, true);
    }
  }

  async #connect(): Promise<pg.Client> {
    const { host, port, database, user, password, tls, ca } = this.#database;
    const { allowedPrivate, callTimeoutMs } = this.#world;
    const address = await resolveHost(host, allowedPrivate);
    if (tls === 'none' && !isInside(address, []))
      throw new Error(`${host} is public: not encrypted connections stay inside the house`);
    const verified = {
      rejectUnauthorized: true,
      ...(isIP(bare(host)) ? {} : { servername: bare(host) }),
      // The connection goes to the address that was judged; the certificate is for the name that was typed.
      checkServerIdentity: (_: string, certificate: PeerCertificate) =>
        checkServerIdentity(bare(host), certificate),
      ...(ca ? { ca } : {}),
    };
    const client = new pg.Client({
      host: address,
      port,
      database,
      user,
      password,
      ssl: { verify: verified, encrypt: { rejectUnauthorized: false }, none: false }[tls],
      application_name: 'ensayo',
      connectionTimeoutMillis: Math.min(callTimeoutMs, 15_000),
      statement_timeout: callTimeoutMs,
      query_timeout: callTimeoutMs + 1_000,
      keepAlive: true,
    });
    // One cut while at rest is found out about when it is used.
    client.on('error', () => {
      const at = this.#idle.indexOf(client);
      if (at >= 0) this.#idle.splice(at, 1);
    });
    try {
      await client.connect();
    } catch (error) {
      void client.end().catch(() => {});
      throw error;
    }
    return client;
  }

  async close(): Promise<void> {
    await Promise.all(this.#idle.splice(0).map((client) => client.end().catch(() => {})));
  }
}

import { createContext } from 'svelte';
import type { Permission } from '#core/contract/permissions.ts';
import { isUnauthenticated } from './problem.ts';
import type { Server } from './server.svelte.ts';

/** Who uses the page and what they may do. */
export class Session {
  state = $state<'unknown' | 'signed-out' | 'signed-in'>('unknown');
  principal = $state('');
  problem = $state.raw<unknown>(undefined);
  #permissions = $state.raw<ReadonlySet<Permission>>(new Set());
  readonly #server: Server;

  constructor(server: Server) {
    this.#server = server;
    server.onSignedOut = () => {
      this.state = 'signed-out';
    };
  }

  may = (permission: Permission): boolean => this.#permissions.has(permission);

  /** Uses a one-time code where there is one, else the cookie this browser already holds. */
  async open(code: string | undefined): Promise<void> {
    try {
      const { principal, permissions } = code
        ? await this.#server.client.session.signIn({ body: { code } })
        : await this.#server.client.session.current();
      this.#permissions = new Set(permissions);
      this.principal = principal;
      this.state = 'signed-in';
    } catch (error) {
      if (code) return this.#afterUsedCode(error);
      if (!isUnauthenticated(error)) this.problem = error;
      this.state = 'signed-out';
    }
  }

  /** A link opened a second time is no reason to send somebody away who is signed in already. */
  async #afterUsedCode(error: unknown): Promise<void> {
    await this.open(undefined);
    if (this.state === 'signed-out') this.problem = error;
  }

  async close(): Promise<void> {
    await this.#server.client.session.signOut();
    this.#server.forget();
    this.state = 'signed-out';
  }
}

export const [getSession, setSession] = createContext<Session>();

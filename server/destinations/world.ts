import type { Dispatcher } from 'undici';

/** What a destination may use of the world: handed down, so that tests and the server's owner decide. */
export interface World {
  now(): Date;
  /** Uniform in [0, 1). */
  draw(): number;
  /** Names or ranges inside the house that the server's owner lets people type. */
  allowedPrivate: readonly string[];
  /** Connections that refuse addresses inside the house. */
  dispatcher: Dispatcher;
  /** Time limit of one call, in milliseconds. */
  callTimeoutMs: number;
}

import { createContext } from 'svelte';
import { type Address, parseAddress, writeAddress } from './match.ts';

/**
 * The address as state. It lives after the #, so the server needs no fallback and a one-time code in it never
 * reaches a server log.
 */
export class Router {
  #address = $state.raw<Address>({ path: '/', query: {} });
  readonly #window: Window;

  constructor(target: Window) {
    this.#window = target;
    const read = () => {
      this.#address = parseAddress(target.location.hash);
    };
    read();
    target.addEventListener('hashchange', read);
  }

  get path(): string {
    return this.#address.path;
  }

  get query(): Record<string, string> {
    return this.#address.query;
  }

  go(address: string): void {
    this.#window.location.hash = address.replace(/^#/, '');
  }

  /** Changes the address without a new step to go back over, as when a filter is typed. */
  replace(address: Address): void {
    this.#window.history.replaceState(null, '', writeAddress(address));
    this.#address = address;
  }

  /** Changes what the address says of this screen, as a step to go back over. */
  step(query: Record<string, string>): void {
    this.go(writeAddress({ path: this.path, query: { ...this.query, ...query } }));
  }

  set(query: Record<string, string>): void {
    this.replace({ path: this.path, query: { ...this.query, ...query } });
  }
}

export const [getRouter, setRouter] = createContext<Router>();

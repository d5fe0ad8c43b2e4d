import { createContext } from 'svelte';
import { addressOf, type CallInput, type Client, createClient, send } from '#core/contract/client.ts';
import type { Endpoint, Input, Output } from '#core/contract/endpoint.ts';
import { contract } from '#core/contract/index.ts';
import { isUnauthenticated } from './problem.ts';
import { transport } from './transport.ts';

type Loose = Endpoint<never, never, never, never> | Endpoint;

/** The server as the page sees it: calls, answers kept for a quick return, and a count that says data changed. */
export class Server {
  readonly client: Client = createClient((endpoint, input) => send(transport(), endpoint, input));
  /** Goes up whenever something was written, here or by a job: everything on screen is then asked again. */
  version = $state(0);
  /** Goes up whenever work begins or ends: only where the line stands is asked again. */
  pulse = $state(0);
  readonly #kept = new Map<string, unknown>();
  readonly #underWay = new Map<string, Promise<unknown>>();
  onSignedOut: () => void = () => {};

  changed = (): void => {
    this.version += 1;
  };

  kept(key: string): unknown {
    return this.#kept.get(key);
  }

  forget(): void {
    this.#kept.clear();
  }

  /** Asks and keeps the answer; who asks the same while it is on its way shares it. */
  ask(endpoint: Loose, input: CallInput, signal: AbortSignal): Promise<unknown> {
    if (endpoint.method !== 'GET') return this.#send(endpoint, input, signal);
    const key = `${this.version} ${this.pulse} ${addressOf(endpoint as Endpoint, input)}`;
    const under = this.#underWay.get(key);
    if (under) return under;
    const asked = this.#send(endpoint, input).finally(() => this.#underWay.delete(key));
    this.#underWay.set(key, asked);
    return asked;
  }

  /** Asks for one reader alone, who can break it off; the answer is kept all the same. */
  askAlone(endpoint: Loose, input: CallInput, signal: AbortSignal): Promise<unknown> {
    return this.#send(endpoint, input, signal);
  }

  async #send(endpoint: Loose, input: CallInput, signal?: AbortSignal): Promise<unknown> {
    try {
      const answer = await send(transport(signal), endpoint as Endpoint, input);
      if (endpoint.method === 'GET') this.#kept.set(addressOf(endpoint as Endpoint, input), answer);
      return answer;
    } catch (error) {
      if (isUnauthenticated(error)) this.onSignedOut();
      throw error;
    }
  }
}

export const [getServer, setServer] = createContext<Server>();

/** What a screen shows of one endpoint: the last answer stays on screen while a newer one is on its way. */
export class Answer<T> {
  data = $state.raw<T | undefined>(undefined);
  error = $state.raw<unknown>(undefined);
  loading = $state(true);
}

/** Reads a GET endpoint while the component lives; asks again when its input or the server's data changes. */
export function useAnswer<E extends Loose>(
  endpoint: E,
  input: () => Input<E> | null = () => ({}) as Input<E>,
): Answer<Output<E>> {
  const server = getServer();
  const answer = new Answer<Output<E>>();
  let shown = '';
  const ofLine = (endpoint as Endpoint).id === contract.system.line.id;
  $effect.pre(() => {
    const given = input() as CallInput | null;
    void server.version;
    if (ofLine) void server.pulse;
    if (!given) return;
    const key = addressOf(endpoint as Endpoint, given);
    const kept = server.kept(key) as Output<E> | undefined;
    if (key !== shown) Object.assign(answer, { data: kept, error: undefined });
    shown = key;
    return follow(answer, (signal) => server.ask(endpoint, given, signal) as Promise<Output<E>>);
  });
  return answer;
}

type AnswersOf<T extends readonly unknown[]> = { readonly [K in keyof T]: Answer<T[K]> };

/** Several answers as one, there when the last of them is: what is on screen is not pushed down by what comes later. */
export function useAll<T extends readonly unknown[]>(...answers: AnswersOf<T>): Answer<T> {
  return {
    get data() {
      return answers.every(({ data }) => data !== undefined)
        ? (answers.map(({ data }) => data) as unknown as T)
        : undefined;
    },
    get error() {
      return answers.find(({ error }) => error !== undefined)?.error;
    },
    get loading() {
      return answers.some(({ loading }) => loading);
    },
  };
}

/** Asks while a person is still choosing: waits for a pause, drops what is out of date. Null input asks nothing. */
export function useLive<E extends Loose>(
  endpoint: E,
  input: () => Input<E> | null,
  pauseMs = 300,
): Answer<Output<E>> {
  const server = getServer();
  const answer = new Answer<Output<E>>();
  const text = $derived(JSON.stringify(input()));
  $effect(() => {
    void server.version;
    const given = JSON.parse(text) as CallInput | null;
    if (!given) {
      Object.assign(answer, { data: undefined, error: undefined, loading: false });
      return;
    }
    answer.loading = true;
    let stop: (() => void) | undefined;
    const timer = setTimeout(() => {
      stop = follow(answer, (signal) => server.ask(endpoint, given, signal) as Promise<Output<E>>);
    }, pauseMs);
    return () => {
      clearTimeout(timer);
      stop?.();
    };
  });
  return answer;
}

function follow<T>(answer: Answer<T>, ask: (signal: AbortSignal) => Promise<T>): () => void {
  const stop = new AbortController();
  answer.loading = true;
  ask(stop.signal).then(
    (data) => {
      if (!stop.signal.aborted) Object.assign(answer, { data, error: undefined, loading: false });
    },
    (error: unknown) => {
      if (!stop.signal.aborted) Object.assign(answer, { error, loading: false });
    },
  );
  return () => stop.abort();
}

import { RemoteError, send } from '#core/contract/client.ts';
import { contract } from '#core/contract/index.ts';
import type { QueryChart, QueryPage, SavedQuery } from '#core/contract/query.ts';
import { transport } from '../../api/transport.ts';
import { defaultChart, fits } from '../../charts/explore/explore-columns.ts';
import type { Router } from '../../router/router.svelte.ts';
import { type Past, readHistory, remember } from './question/history.ts';

export interface FaultPlace {
  line: number;
  column: number;
}

/** A query as it stands in a list or an address. */
export interface Opening {
  sql: string;
  chart: QueryChart | null;
  name: string;
  saved?: SavedQuery | null;
}

/** What is being asked, what came back and how it is drawn; the address holds what a link must show again. */
export class Exploration {
  sql = $state('');
  result = $state.raw<QueryPage | null>(null);
  /** The text the result on screen answers. */
  answered = $state('');
  error = $state.raw<unknown>(undefined);
  running = $state(false);
  startedAt = $state(0);
  chart = $state.raw<QueryChart | null>(null);
  /** What the query is called, while its text is the one that was opened. */
  #named = $state.raw({ sql: '', name: '' });
  /** The saved query this began from. */
  saved = $state.raw<SavedQuery | null>(null);
  past = $state.raw<Past[]>([]);
  #stop: AbortController | undefined;
  readonly #router: Router;
  readonly #storage: Storage;
  readonly #now: () => Date;

  constructor(router: Router, storage: Storage, now: () => Date) {
    this.#router = router;
    this.#storage = storage;
    this.#now = now;
    this.past = readHistory(storage);
  }

  get faultAt(): FaultPlace | null {
    if (!(this.error instanceof RemoteError)) return null;
    const { line, column } = this.error.problem.details;
    return typeof line === 'number' && line > 0 && typeof column === 'number' ? { line, column } : null;
  }

  /** Whether the text or the chart differ from what was saved. */
  get isChanged(): boolean {
    const { saved } = this;
    return (
      saved !== null && (saved.sql !== this.sql || JSON.stringify(saved.chart) !== JSON.stringify(this.chart))
    );
  }

  get name(): string {
    return this.#named.sql === this.sql ? this.#named.name : '';
  }

  /** Takes up a query with its chart and runs it. */
  open({ sql, chart, name, saved = null }: Opening): Promise<void> {
    this.#named = { sql, name };
    this.sql = sql;
    this.saved = saved;
    this.chart = chart;
    return this.run();
  }

  async run(): Promise<void> {
    const { sql } = this;
    this.#stop?.abort();
    const stop = new AbortController();
    this.#stop = stop;
    this.running = true;
    this.startedAt = performance.now();
    this.error = undefined;
    this.writeAddress();
    try {
      const body = { sql, parameters: {} };
      const page = (await send(transport(stop.signal), contract.queries.page as never, {
        body,
      })) as QueryPage;
      if (stop.signal.aborted) return;
      this.result = page;
      this.answered = sql;
      if (!this.chart || !fits(this.chart, page.columns)) this.chart = defaultChart(page.columns, page.rows);
      this.past = remember(this.#storage, sql, this.#now().toISOString());
    } catch (error) {
      if (!stop.signal.aborted) this.error = error;
    } finally {
      if (this.#stop === stop) {
        this.running = false;
        this.writeAddress();
      }
    }
  }

  /** The server kills the process that answers as soon as nobody waits for it. */
  cancel(): void {
    this.#stop?.abort();
    this.#stop = undefined;
    this.running = false;
  }

  choose(chart: QueryChart): void {
    this.chart = chart;
    this.writeAddress();
  }

  keep(saved: SavedQuery): void {
    this.saved = saved;
    this.#named = saved;
    this.writeAddress();
  }

  /** A saved query by its id; anything else by its own text. */
  writeAddress(): void {
    const { saved, sql, chart } = this;
    const id = saved?.id ?? '';
    const whole = saved !== null && !this.isChanged;
    this.#router.set({
      id,
      sql: whole ? '' : sql,
      chart: whole || !chart ? '' : JSON.stringify(chart),
    });
  }
}

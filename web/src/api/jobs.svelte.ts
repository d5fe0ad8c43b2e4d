import { createContext } from 'svelte';
import { SvelteMap } from 'svelte/reactivity';
import { hasEnded } from '#core/contract/client.ts';
import { basePath, contract } from '#core/contract/index.ts';
import type { Job } from '#core/contract/jobs.ts';
import type { Server } from './server.svelte.ts';

const putAway = 'ensayo.put-away';

export type JobFilter = (job: Job) => boolean;

/** Long work, followed live over one stream for the whole page; a page opened later finds it again. */
export class Jobs {
  readonly #jobs = new SvelteMap<string, Job>();
  readonly #server: Server;
  /** Failures the reader has put away, on this machine. */
  #dismissed = $state.raw<readonly string[]>(JSON.parse(localStorage.getItem(putAway) ?? '[]'));
  #stream: EventSource | undefined;
  connected = $state(true);
  /** Whether the list has been read once: until then nothing is known of work under way. */
  known = $state(false);
  onEnd: (job: Job) => void = () => {};

  constructor(server: Server) {
    this.#server = server;
  }

  /** Newest first. */
  get all(): Job[] {
    return [...this.#jobs.values()].sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1));
  }

  follow(): () => void {
    this.#readAll().catch(() => {
      this.connected = false;
    });
    const stream = new EventSource(`${basePath}${contract.jobs.stream.path}`);
    this.#stream = stream;
    stream.addEventListener('open', () => {
      this.connected = true;
      this.#readAll().catch(() => {});
    });
    stream.addEventListener('error', () => {
      this.connected = false;
    });
    stream.addEventListener('job', (event) => this.take(JSON.parse(event.data) as Job));
    return () => this.#stream?.close();
  }

  /** Takes note of a job's newest state. */
  take(job: Job): void {
    const before = this.#jobs.get(job.id);
    if (before && hasEnded(before)) return;
    this.#jobs.set(job.id, job);
    if (before?.state !== job.state) this.#server.pulse += 1;
    if (!hasEnded(job)) return;
    if (job.state === 'done') this.#server.changed();
    if (before) this.onEnd(job);
  }

  /** The work under way that fits, else the newest that fits if it failed and was not put away. */
  current(fits: JobFilter): Job | undefined {
    const fitting = this.all.filter(fits);
    const live = fitting.findLast((job) => !hasEnded(job));
    if (live) return live;
    const last = fitting[0];
    return last?.state === 'failed' && !this.#dismissed.includes(last.id) ? last : undefined;
  }

  dismiss(id: string): void {
    this.#dismissed = [id, ...this.#dismissed].slice(0, 100);
    localStorage.setItem(putAway, JSON.stringify(this.#dismissed));
  }

  async cancel(id: string): Promise<void> {
    this.take(await this.#server.client.jobs.cancel({ params: { jobId: id } }));
  }

  async #readAll(): Promise<void> {
    const { jobs } = await this.#server.client.jobs.list({ query: { limit: 50 } }).finally(() => {
      this.known = true;
    });
    for (const job of jobs) {
      const before = this.#jobs.get(job.id);
      if (before) this.take(job);
      else this.#jobs.set(job.id, job);
    }
  }
}

export const [getJobs, setJobs] = createContext<Jobs>();

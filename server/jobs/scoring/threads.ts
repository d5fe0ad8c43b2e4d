import { Worker } from 'node:worker_threads';
import { DomainError, isErrorCode } from '#core/errors/domain-error.ts';
import type { SavedModel } from '#models/training/trained.ts';
import type { WorkerAnswer, WorkerCall } from '../../threads/workers.ts';
import { buffersOf, type SentRows } from './batch.ts';
import type { ScoringCall } from './worker.ts';

type Answer = WorkerAnswer<Float64Array | null>;
type Settle = { resolve: (scores: Float64Array | null) => void; reject: (error: Error) => void };

const bootFile = new URL('../../threads/worker-boot.mjs', import.meta.url);
const workerFile = new URL('./worker.ts', import.meta.url).href;
/** Batches a thread may have: one under way and one waiting, so that it never idles. */
const batchesAThread = 2;

const failureOf = (answer: Exclude<Answer, { kind: 'done' | 'progress' }>): Error => {
  if (answer.kind === 'failed' && isErrorCode(answer.code))
    return new DomainError(answer.code, answer.details);
  return new Error('message' in answer ? answer.message : answer.code);
};

/** One thread with the model in it; its answers come in the order of the calls. */
class Thread {
  readonly #worker = new Worker(bootFile, { workerData: { file: workerFile } });
  readonly #cancel = new SharedArrayBuffer(4);
  readonly #waiting: Settle[] = [];
  #ended: Error | null = null;

  constructor() {
    this.#worker.on('message', (answer: Answer) => {
      if (answer.kind === 'progress') return;
      const settle = this.#waiting.shift();
      if (answer.kind === 'done') settle?.resolve(answer.result);
      else settle?.reject(failureOf(answer));
    });
    this.#worker.on('error', (error) => this.#fail(error));
    this.#worker.on('exit', (code) => this.#fail(new Error(`the thread ended with code ${code}`)));
  }

  get load(): number {
    return this.#waiting.length;
  }

  call(task: ScoringCall, transfer: ArrayBuffer[] = []): Promise<Float64Array | null> {
    const ended = this.#ended;
    if (ended) return Promise.reject(ended);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#worker.postMessage({ task, cancel: this.#cancel } satisfies WorkerCall<ScoringCall>, transfer);
    });
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }

  #fail(error: Error): void {
    this.#ended ??= error;
    for (const { reject } of this.#waiting.splice(0)) reject(error);
  }
}

/** Threads that predict batch after batch with one model. */
export class ScoringThreads {
  readonly #threads: Thread[];
  readonly #under = new Set<Promise<unknown>>();
  #failure: Error | null = null;

  constructor(count: number) {
    this.#threads = Array.from({ length: count }, () => new Thread());
  }

  /** @throws saved_model_unreadable, saved_model_format and what else the learner says of what it saved */
  async open(saved: SavedModel): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.call({ kind: 'open', saved })));
  }

  /**
   * Hands rows to the least busy thread, waiting while all have enough: what is read ahead stays bounded. The promise
   * inside ends with their scores.
   *
   * @throws what an earlier batch failed with: nothing more is read then
   */
  async predict(sent: SentRows): Promise<{ scores: Promise<Float64Array> }> {
    while (this.#under.size >= this.#threads.length * batchesAThread) await Promise.race(this.#under);
    if (this.#failure) throw this.#failure;
    const [thread] = this.#threads.toSorted((a, b) => a.load - b.load);
    const scores = thread!.call({ kind: 'rows', sent }, buffersOf(sent)) as Promise<Float64Array>;
    const under: Promise<unknown> = scores.then(
      () => this.#under.delete(under),
      (error: Error) => {
        this.#failure ??= error;
        this.#under.delete(under);
      },
    );
    this.#under.add(under);
    return { scores };
  }

  async close(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.end()));
  }
}

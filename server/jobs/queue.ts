import { EventEmitter } from 'node:events';
import type { Job } from '#core/contract/jobs.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import type { TextValues } from '#core/text/text.ts';
import type { Context } from '../context.ts';
import { writeAudit } from '../store/audit.ts';
import * as store from '../store/jobs.ts';
import { instant } from '../store/workspace.ts';
import { describeJob } from './describe-job.ts';
import { attemptsOf, isBound, type JobKind, type StepRun, Stopped } from './job.ts';
import { asJobError } from './job-error.ts';
import { Lanes, type Turn } from './lanes.ts';
import type { Live } from './live.ts';
import { jobsAfter, newJob, type Submission } from './new-job.ts';

/** A change of a job, with its place in the stream of changes. */
export interface JobChange {
  seq: number;
  job: Job;
}

const progressEveryMs = 200;

/**
 * Runs long work one job at a time; work that mostly waits for others has lanes of its own beside it. What a job has done is stored step by step, so that a job cut off by a stop
 * goes on from its first unpublished step when the workspace is opened again.
 */
export class JobQueue {
  readonly #changes = new EventEmitter().setMaxListeners(0);
  readonly #live = new Map<string, Live>();
  readonly kinds: ReadonlyMap<string, JobKind>;
  #context: Context | null = null;
  readonly #lanes = new Lanes();
  readonly #stopping = new AbortController();
  #states: Promise<unknown> = Promise.resolve();
  #seq = 0;
  #stopped = false;

  constructor(kinds: ReadonlyMap<string, JobKind>) {
    this.kinds = kinds;
  }

  /** Takes up the workspace: jobs that were running when it stopped are marked interrupted and queued again. */
  async start(context: Context, resume = true): Promise<Job[]> {
    this.#context = context;
    this.#seq = await store.lastJobEvent(context.engine);
    for (const state of ['running', 'cancelling'] as const)
      for (const record of await store.readJobsIn(context.engine, state))
        await store.updateJob(context.engine, record.job_id, { state: 'interrupted' });
    const interrupted = await store.readJobsIn(context.engine, 'interrupted');
    if (!resume) return interrupted.map((record) => this.#describe(record));
    for (const record of interrupted) this.#enqueue(record);
    for (const record of await store.readJobsIn(context.engine, 'queued')) this.#enqueue(record);
    return interrupted.map((record) => this.#describe(record));
  }

  /** No further step is started; waits for the one under way. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#stopping.abort();
    await this.#lanes.settled();
  }

  async submit({ kind, input, by, idempotencyKey }: Submission): Promise<Job> {
    const context = this.#ready();
    if (!this.kinds.has(kind)) throw new DomainError('not_found', { kind: 'job kind', id: kind });
    if (idempotencyKey) {
      const earlier = await store.readJobByKey(context.engine, idempotencyKey);
      if (earlier) return this.#describe(earlier);
    }
    const record = newJob(context, { kind, input, by, idempotencyKey });
    await store.insertJob(context.engine, record);
    const job = await this.#announce(record.job_id);
    this.#enqueue(record);
    return job;
  }

  async get(id: string): Promise<Job> {
    const record = await store.readJob(this.#ready().engine, id);
    if (!record) throw new DomainError('not_found', { kind: 'job', id });
    return this.#describe(record);
  }

  async list(limit: number, offset: number): Promise<Job[]> {
    return (await store.readJobs(this.#ready().engine, limit, offset)).map((record) =>
      this.#describe(record),
    );
  }

  async cancel(id: string): Promise<Job> {
    const context = this.#ready();
    const begun = await this.#oneAtATime(async () => {
      const record = await store.readJob(context.engine, id);
      if (!record) throw new DomainError('not_found', { kind: 'job', id });
      const { state } = record;
      const live = this.#live.get(id);
      const kind = this.kinds.get(record.kind) as JobKind<unknown> | undefined;
      if (live?.bound || (state === 'interrupted' && isBound(kind, JSON.parse(record.outputs) as object)))
        throw new DomainError('too_late_to_cancel', { id });
      if (live && state === 'running') {
        live.cancelled = true;
        await store.updateJob(context.engine, id, { state: 'cancelling' });
      } else if (state === 'queued' || state === 'interrupted') {
        const finished_at = instant(context.now());
        await store.updateJob(context.engine, id, { state: 'cancelled', finished_at });
      }
      return state === 'interrupted' ? { kind, input: JSON.parse(record.input) as unknown } : null;
    });
    await begun?.kind?.cleanUp?.({ context, jobId: id, input: begun.input });
    return this.#announce(id);
  }

  /** Changes after an event: those missed first, then live ones until the signal ends them. */
  async *changes(after: number | null, signal: AbortSignal): AsyncGenerator<JobChange> {
    const waiting: JobChange[] = [];
    let wake = () => {};
    const listen = (change: JobChange) => {
      waiting.push(change);
      wake();
    };
    const end = () => wake();
    this.#changes.on('change', listen);
    signal.addEventListener('abort', end);
    try {
      if (after !== null)
        for (const event of await store.jobEventsAfter(this.#ready().engine, after))
          yield { seq: event.seq, job: JSON.parse(event.body) as Job };
      while (!signal.aborted && !this.#stopped) {
        const change = waiting.shift();
        if (change) yield change;
        else
          await new Promise<void>((resolve) => {
            wake = resolve;
            if (waiting.length || signal.aborted) resolve();
          });
      }
    } finally {
      this.#changes.off('change', listen);
      signal.removeEventListener('abort', end);
    }
  }

  /** Resolves when the job has ended, whichever way. */
  async finished(id: string, onChange: (job: Job) => void = () => {}): Promise<Job> {
    const stop = new AbortController();
    const changes = this.changes(null, stop.signal);
    // Listening starts here: a job that ends while its state is read is not missed.
    let next = changes.next();
    let job = await this.get(id);
    onChange(job);
    const ended = () => job.state === 'done' || job.state === 'failed' || job.state === 'cancelled';
    while (!ended()) {
      const change = await next;
      if (change.done) break;
      next = changes.next();
      if (change.value.job.id !== id) continue;
      job = change.value.job;
      onChange(job);
    }
    stop.abort();
    return job;
  }

  #ready(): Context {
    if (!this.#context) throw new Error('the job queue was not started');
    return this.#context;
  }

  /** A job's state is read and changed by one at a time: a cancel never crosses a start or an end. */
  #oneAtATime<T>(change: () => Promise<T>): Promise<T> {
    const done = this.#states.then(change);
    this.#states = done.catch(() => {});
    return done;
  }

  /** Marks a waiting job as running; undefined when it no longer waits. */
  #begin(id: string, live: Live): Promise<store.JobRecord | undefined> {
    const context = this.#ready();
    return this.#oneAtATime(async () => {
      const record = await store.readJob(context.engine, id);
      if (!record || (record.state !== 'queued' && record.state !== 'interrupted')) return undefined;
      if (record.attempts < attemptsOf(this.kinds.get(record.kind)))
        await store.updateJob(context.engine, id, { state: 'running', attempts: record.attempts + 1 });
      this.#live.set(id, live);
      return record;
    });
  }

  #enqueue(record: store.JobRecord): void {
    const id = record.job_id;
    const kind = this.kinds.get(record.kind) as JobKind<unknown> | undefined;
    const lane = kind?.lane?.(JSON.parse(record.input)) ?? '';
    const failed = (err: unknown) => this.#context?.log.error({ err, job: id }, 'a job could not be ended');
    this.#lanes.add(lane, (turn) => (this.#stopped ? Promise.resolve() : this.#run(id, turn).catch(failed)));
  }

  async #run(id: string, turn: Turn): Promise<void> {
    const context = this.#ready();
    const live: Live = { steps: new Map(), cancelled: false, bound: false };
    const record = await this.#begin(id, live);
    if (!record) return;
    const kind = this.kinds.get(record.kind) as JobKind<unknown> | undefined;
    const input = JSON.parse(record.input) as unknown;
    const outputs = JSON.parse(record.outputs) as Record<string, unknown>;
    live.bound = isBound(kind, outputs);
    try {
      if (!kind) throw new DomainError('not_found', { kind: 'job kind', id: record.kind });
      if (record.attempts >= attemptsOf(kind))
        throw new DomainError('conflict', { reason: `${record.attempts} × interrupted` });
      for (const step of kind.steps) {
        if (step.name in outputs) continue;
        if (this.#stopped) return;
        await this.#step(context, id, record, step, input, outputs, live, turn);
      }
      const next = await jobsAfter(context, { id, by: record.by_principal, kind, outputs });
      await this.#end(context, id, record, 'done', null, kind.audit?.(outputs), next);
    } catch (error) {
      if (error instanceof Stopped) return;
      if (live.bound) {
        context.log.error({ err: error, job: id }, 'to be finished at the next start');
        await this.#oneAtATime(() => store.updateJob(context.engine, id, { state: 'interrupted' }));
        await this.#announce(id);
        return;
      }
      await kind
        ?.cleanUp?.({ context, jobId: id, input })
        .catch((problem: unknown) => context.log.error({ problem }));
      const state = error instanceof DomainError && error.code === 'cancelled' ? 'cancelled' : 'failed';
      await this.#end(context, id, record, state, asJobError(error, context));
    } finally {
      this.#live.delete(id);
    }
  }

  async #step(
    context: Context,
    id: string,
    record: store.JobRecord,
    step: JobKind<unknown>['steps'][number],
    input: unknown,
    outputs: Record<string, unknown>,
    live: Live,
    turn: Turn,
  ): Promise<void> {
    const state: Job['steps'][number] = {
      name: step.name,
      state: 'running',
      progress: null,
      note: null,
      seconds: null,
    };
    live.steps.set(step.name, state);
    const began = performance.now();
    let told = 0;
    await this.#announce(id);
    const checkCancelled = () => {
      if (live.cancelled && !live.bound) throw new DomainError('cancelled');
    };
    const run: StepRun<unknown> = {
      context,
      jobId: id,
      by: record.by_principal,
      input,
      outputs,
      stopping: this.#stopping.signal,
      turn,
      checkCancelled,
      progress: (done, note) => {
        state.progress = done;
        state.note = note ?? null;
        state.seconds = (performance.now() - began) / 1000;
        if (performance.now() - told < progressEveryMs) return;
        told = performance.now();
        this.#announce(id).catch((problem: unknown) => context.log.error({ problem }));
      },
    };
    checkCancelled();
    const { output, publish } = await step.run(run);
    live.bound ||= step.binding === true;
    checkCancelled();
    await context.engine.transaction(async (session) => {
      await publish?.(session);
      await store.saveOutputs(session, id, { ...outputs, [step.name]: output });
    });
    live.bound ||= step.binding === 'once published';
    outputs[step.name] = output;
    Object.assign(state, { state: 'done', progress: 1, seconds: (performance.now() - began) / 1000 });
  }

  async #end(
    context: Context,
    id: string,
    record: store.JobRecord,
    state: 'done' | 'failed' | 'cancelled',
    error: Job['error'],
    details?: TextValues,
    next: readonly store.JobRecord[] = [],
  ): Promise<void> {
    const at = instant(context.now());
    await this.#oneAtATime(() =>
      context.engine.transaction(async (session) => {
        await store.updateJob(session, id, { state, error: error && JSON.stringify(error), finished_at: at });
        for (const one of next) await store.insertJob(session, one);
        await writeAudit(session, {
          at,
          by: record.by_principal,
          action: `job.${record.kind}.${state}`,
          subject: id,
          details: { ...details, ...(error ? { code: error.code } : {}) },
        });
      }),
    );
    await this.#announce(id);
    for (const one of next) {
      await this.#announce(one.job_id);
      this.#enqueue(one);
    }
  }

  async #announce(id: string): Promise<Job> {
    const context = this.#ready();
    const job = await this.get(id);
    const seq = ++this.#seq;
    await store.appendJobEvent(context.engine, seq, job, instant(context.now()));
    this.#changes.emit('change', { seq, job } satisfies JobChange);
    return job;
  }

  #describe(record: store.JobRecord): Job {
    return describeJob(record, this.kinds.get(record.kind), this.#live.get(record.job_id)?.steps);
  }
}

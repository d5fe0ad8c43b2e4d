import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { mkdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { DomainError, isErrorCode } from '#core/errors/domain-error.ts';
import type { TextValues } from '#core/text/text.ts';
import type { Parameters } from '../engine/sandbox.ts';
import type { QueryCall, QueryFormat } from './answer.ts';
import type { Setup } from './child.ts';
import { type Frame, jsonFrame, readFrames, readJson } from './frames.ts';
import { bytesOf, outOfMemoryExit } from './limits.ts';
import type { Snapshot } from './snapshots.ts';

export interface Asked {
  sql: string;
  parameters: Parameters;
  format: QueryFormat;
  /** Seconds the process may work; time that the reader takes is not counted. */
  seconds: number;
  signal: AbortSignal;
}

export interface Limits {
  memoryLimit: string;
  threads: number;
}

const boot = fileURLToPath(new URL('./child-boot.mjs', import.meta.url));
/** What Node itself and rows on their way take beside the engine. */
const besideEngine = 600e6;
const spillTimes = 4;
const watchEveryMs = 100;
const pageBytes = 4096;
/** A reader who takes nothing for so long gives its place up. */
const mostStallMs = 120_000;
const mostStartMs = 60_000;

/** A process with nothing of the server's: an empty environment, a folder of its own, one snapshot to read. */
export class QueryProcess {
  readonly snapshot: Snapshot;
  readonly #child: ChildProcess;
  readonly #channel: Duplex;
  readonly #frames: AsyncGenerator<Frame>;
  readonly #folder: string;
  readonly #limits: Limits;
  readonly #exited: Promise<unknown>;
  #reason: DomainError | null = null;
  alive = true;

  private constructor(snapshot: Snapshot, folder: string, limits: Limits) {
    this.snapshot = snapshot;
    this.#folder = folder;
    this.#limits = limits;
    this.#child = spawn(process.execPath, ['--max-old-space-size=512', boot], {
      cwd: folder,
      env: {},
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    });
    this.#channel = this.#child.stdio[3] as Duplex;
    this.#channel.on('error', () => {});
    this.#frames = readFrames(this.#channel as AsyncIterable<Buffer>);
    this.#exited = once(this.#child, 'exit')
      .catch((error: unknown) => {
        this.#reason ??= new DomainError('query_died', { reason: String(error) });
      })
      .then(() => {
        this.alive = false;
        return rm(folder, { recursive: true, force: true });
      });
  }

  /** @throws query_died */
  static async start(snapshot: Snapshot, folder: string, limits: Limits): Promise<QueryProcess> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const started = new QueryProcess(snapshot, folder, limits);
    started.#channel.write(jsonFrame('call', started.#setup()));
    const late = setTimeout(
      () => started.end(new DomainError('query_died', { reason: 'start' })),
      mostStartMs,
    );
    const { value: frame, done } = await started.#next().finally(() => clearTimeout(late));
    if (done) throw await started.#whyEnded();
    if (frame.kind === 'failed') throw readRefusal(frame);
    return started;
  }

  #setup(): Setup {
    const bytes = bytesOf(this.#limits.memoryLimit);
    return {
      folder: this.snapshot.folder,
      tables: this.snapshot.tables,
      out: join(this.#folder, 'out'),
      spill: join(this.#folder, 'spill'),
      memoryLimit: this.#limits.memoryLimit,
      spillLimit: `${Math.round((spillTimes * bytes) / 1e6)}MB`,
      threads: this.#limits.threads,
      mostBytes: bytes + besideEngine,
    };
  }

  /** Asks one query and gives its answer as it comes. Whatever ends it early ends the process too. */
  async *run(asked: Asked): AsyncGenerator<Uint8Array> {
    const { sql, parameters, format, signal } = asked;
    const { memoryLimit } = this.#limits;
    const out = join(this.#folder, 'out', 'answer.parquet');
    const call: QueryCall = { sql, parameters, format, out, memoryLimit, snapshot: this.snapshot.state };
    const gone = () => this.end(new DomainError('cancelled'));
    signal.addEventListener('abort', gone);
    const watch = setInterval(() => void this.#watch(out), watchEveryMs);
    let finished = false;
    try {
      if (signal.aborted) gone();
      this.#channel.write(jsonFrame('call', call));
      const refusal = yield* this.#pieces(asked.seconds);
      finished = true;
      if (refusal) throw refusal;
      if (format === 'parquet') {
        yield* createReadStream(out) as AsyncIterable<Uint8Array>;
        await rm(out, { force: true });
      }
    } finally {
      clearInterval(watch);
      signal.removeEventListener('abort', gone);
      if (!finished) this.end(new DomainError('cancelled'));
    }
  }

  /** A channel that breaks and one that ends say the same: there is nobody there. */
  async #next(): Promise<IteratorResult<Frame, void>> {
    return this.#frames.next().catch(() => ({ done: true, value: undefined }));
  }

  /** What is told to its end, in words of refusal or not, leaves a process that can be asked again. */
  async *#pieces(seconds: number): AsyncGenerator<Uint8Array, DomainError | null> {
    let leftMs = seconds * 1000;
    for (;;) {
      const began = performance.now();
      const slow = setTimeout(() => this.end(new DomainError('query_too_slow', { seconds })), leftMs);
      const { value: frame, done } = await this.#next().finally(() => clearTimeout(slow));
      leftMs -= performance.now() - began;
      if (done) throw await this.#whyEnded();
      if (frame.kind === 'end') return null;
      if (frame.kind === 'failed') return readRefusal(frame);
      const stalled = setTimeout(() => this.end(new DomainError('cancelled')), mostStallMs);
      try {
        yield frame.bytes;
      } finally {
        clearTimeout(stalled);
      }
    }
  }

  /** Memory as the system counts it, and the size of a file that is being written. */
  async #watch(out: string): Promise<void> {
    const bytes = bytesOf(this.#limits.memoryLimit);
    const resident = await readFile(`/proc/${this.#child.pid}/statm`, 'utf8')
      .then((text) => Number(text.split(' ')[1]) * pageBytes)
      .catch(() => 0);
    const written = await stat(out).then(
      ({ size }) => size,
      () => 0,
    );
    if (resident > bytes + besideEngine || written > spillTimes * bytes) this.end(this.#tooMuch());
  }

  #tooMuch(): DomainError {
    return new DomainError('query_too_much_memory', { limit: this.#limits.memoryLimit });
  }

  async #whyEnded(): Promise<DomainError> {
    await this.#exited;
    if (this.#reason) return this.#reason;
    if (this.#child.exitCode === outOfMemoryExit) return this.#tooMuch();
    const reason = this.#child.signalCode ?? `code ${this.#child.exitCode}`;
    return new DomainError('query_died', { reason });
  }

  /** Kills it; the query that was running fails for this reason. */
  end(reason: DomainError = new DomainError('cancelled')): void {
    this.#reason ??= reason;
    this.alive = false;
    this.#child.kill('SIGKILL');
  }

  async gone(): Promise<void> {
    await this.#exited;
  }
}

function readRefusal(frame: Frame): DomainError {
  const { code, details } = readJson<{ code: string; details: TextValues }>(frame);
  return isErrorCode(code) ? new DomainError(code, details) : new DomainError('query_died', { reason: code });
}

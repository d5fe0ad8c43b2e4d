import type { Context } from '../../../context.ts';
import type { Session } from '../../../engine/engine.ts';
import { type Heard, readHeard, toAskAgain } from '../../../store/contact/heard.ts';
import { withheldNow } from '../../../store/contact/still-allowed.ts';
import { settleRows } from '../../../store/delivery/marks.ts';
import { instant } from '../../../store/workspace.ts';
import type { Run } from '../run.ts';

/** How long what was asked about people holds. */
const askedMs = 1_000;

/** What a watch has learnt in a transaction; it counts once that is committed. */
export interface Learnt {
  heard: Heard | null;
  /** By the clock of `performance`. */
  atMs: number;
  /** Rows that do not wait any more. */
  withheld: ReadonlySet<number>;
}

/** Keeps in mind who of a run may still get the message: all are asked about once, and then those of whom something was heard. */
export class Watch {
  readonly #context: Context;
  readonly #run: Run;
  #heard: Heard | null = null;
  #atMs = Number.NEGATIVE_INFINITY;

  constructor(context: Context, run: Run) {
    this.#context = context;
    this.#run = run;
  }

  /** When people were asked about last, by the clock of `performance`. */
  get atMs(): number {
    return this.#atMs;
  }

  /** The instant by the workspace's own clock, in milliseconds. */
  nowMs(heard: Heard | null): number {
    return heard?.today ? Date.parse(`${heard.today}T00:00:00Z`) : this.#context.now().getTime();
  }

  /** Settles, in the session's transaction, waiting rows of people who must not get their message after all. */
  async ask(session: Session): Promise<Learnt> {
    const atMs = performance.now();
    if (atMs - this.#atMs < askedMs) return { heard: this.#heard, atMs: this.#atMs, withheld: new Set() };
    const { id, clearedAt } = this.#run;
    const heard = await readHeard(session, id);
    const of = clearedAt === null ? null : toAskAgain(this.#heard, heard);
    if (of === null || clearedAt === null) return { heard, atMs, withheld: new Set() };
    const { dialect } = this.#context.engine;
    const found = await withheldNow(session, dialect, id, of, clearedAt);
    const rows = found.map(({ seq, reason }) => ({ seq, state: 'withheld' as const, reason }));
    await settleRows(session, dialect, id, rows, instant(this.#context.now()));
    return { heard, atMs, withheld: new Set(found.map(({ seq }) => seq)) };
  }

  learn({ heard, atMs }: Learnt): void {
    this.#heard = heard;
    this.#atMs = atMs;
  }
}

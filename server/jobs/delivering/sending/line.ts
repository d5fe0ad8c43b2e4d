import type { Context } from '../../../context.ts';
import type { Session } from '../../../engine/engine.ts';
import { markSending, type Settled, settleRows } from '../../../store/delivery/marks.ts';
import { haltRun, insertCalls } from '../../../store/delivery/rows.ts';
import { instant } from '../../../store/workspace.ts';
import type { Run } from '../run.ts';
import { type Caller, type Made, nothingMade } from './make-calls.ts';
import type { Learnt, Watch } from './watch.ts';
import { type Packet, type Packets, packetOf } from './window.ts';

/** Rows marked ahead of their calls. */
const rowsAhead = 10_000;
/**
 * The same where what is in doubt is not sent again: once the process is killed, nobody gets what was marked and had not left. It is not
 * less than twice what may be under way.
 */
const fewAhead = 500;
/** Calls are marked so long ahead as the receiver takes them. */
const aheadMs = 500;
/** What became of calls is not kept back for longer. */
const settleMs = 250;
/** Beyond this a call whose people were asked about waits for the next time. */
const freshMs = 3_000;

const rowsOf = (packets: readonly Packet[]): number =>
  packets.reduce((sum, { parts }) => sum + parts.length, 0);

/** Thrown where rows that were to be marked do not wait any more. */
class Changed extends Error {}

/**
 * Sends calls one after the other, so many at a time. Behind them one commit follows the other: what became of calls is settled, people
 * are asked about, and the next calls are marked, of which only then the first byte leaves.
 */
export class Line {
  readonly #context: Context;
  readonly #run: Run;
  readonly #caller: Caller;
  readonly #watch: Watch;
  readonly #most: number;
  readonly #goesOn: () => Promise<boolean>;
  readonly #queue: Packet[] = [];
  readonly #made: Made = nothingMade();
  readonly #gone = new Set<number>();
  #busy = 0;
  #rows = 0;
  #over = false;
  #failed: { error: unknown } | null = null;
  #turned = () => {};

  /** @param goesOn asked now and then whether more may be sent */
  constructor(given: {
    context: Context;
    run: Run;
    caller: Caller;
    watch: Watch;
    most: number;
    goesOn: () => Promise<boolean>;
  }) {
    this.#context = given.context;
    this.#run = given.run;
    this.#caller = given.caller;
    this.#watch = given.watch;
    this.#most = given.most;
    this.#goesOn = given.goesOn;
  }

  /** @returns whether all of it was sent, or settled otherwise */
  async send(source: AsyncIterator<Packets>): Promise<boolean> {
    const ready: Packet[] = [];
    let ended = false;
    try {
      while (true) {
        const room = this.#room();
        while (!ended && !this.#over && ready.length < room && rowsOf(ready) <= rowsAhead) {
          const { done, value } = await source.next();
          if (done) ended = true;
          else {
            for (const packet of value.packets) ready.push(packet);
            for (const row of value.tooLarge) this.#made.settled.push(row);
          }
        }
        const taken = this.#over ? [] : this.#take(ready, room);
        if (taken.length || this.#made.settled.length) await this.#commit(taken);
        else if (this.#inHand === 0 && (this.#over || (ended && !ready.length))) return !this.#over;
        if (this.#most === 1) this.#over = true;
        await this.#turn();
        if (this.#failed) throw this.#failed.error;
        if (this.#made.stop !== null || this.#caller.troubled || !(await this.#goesOn())) this.#over = true;
      }
    } catch (error) {
      await this.#end();
      throw error;
    } finally {
      await source.return?.();
    }
  }

  /** Lets calls under way end, and settles what is known of them as far as that can be done. */
  async #end(): Promise<void> {
    while (this.#inHand > 0)
      await new Promise<void>((resolve) => {
        this.#turned = resolve;
      });
    await this.#commit([]).catch(() => {});
  }

  /** Calls marked whose end is not known. */
  get #inHand(): number {
    return this.#queue.length + this.#busy;
  }

  #room(): number {
    if (this.#most === 1) return 1;
    const ahead = Math.ceil((this.#caller.perSecond(this.#most) * aheadMs) / 1000);
    return Math.max(0, this.#most + ahead - this.#inHand);
  }

  /** The next calls, as many as may be marked ahead, without rows that must not go any more. */
  #take(ready: Packet[], room: number): Packet[] {
    const taken: Packet[] = [];
    let rows = this.#rows;
    const underWay = this.#most * (ready[0]?.parts.length ?? 0);
    const most = this.#run.guarantee === 'at_most_once' ? Math.max(fewAhead, 2 * underWay) : rowsAhead;
    while (ready.length && taken.length < room) {
      const size = ready[0]?.parts.length ?? 0;
      if (this.#inHand + taken.length >= this.#most && rows + size > most) break;
      const packet = ready.shift();
      if (packet) taken.push(packet);
      rows += size;
    }
    return taken;
  }

  /** What is left of calls once rows whose time is over, or whose people must not get them, are out. */
  #left(taken: readonly Packet[], { heard, withheld }: Learnt): { packets: Packet[]; expired: Settled[] } {
    const nowMs = this.#watch.nowMs(heard);
    const expired: Settled[] = [];
    const packets = taken.flatMap((packet) => {
      const parts = packet.parts.filter(({ row }) => {
        if (this.#gone.has(row.seq) || withheld.has(row.seq)) return false;
        const isOver = row.endsMs !== null && row.endsMs <= nowMs;
        if (isOver) expired.push({ seq: row.seq, state: 'expired', reason: null });
        return !isOver;
      });
      if (parts.length === packet.parts.length) return [packet];
      return parts.length ? [packetOf(this.#run, parts)] : [];
    });
    return { packets, expired };
  }

  async #commit(taken: readonly Packet[]): Promise<void> {
    const made = {
      settled: this.#made.settled.splice(0),
      calls: this.#made.calls.splice(0),
      // Only what has nothing under way any more is halted, and once: whoever then lets it go on is not overruled.
      stop: this.#inHand === 0 && !taken.length ? this.#made.stop : null,
    };
    const { engine } = this.#context;
    let learnt: Learnt | null = null;
    let packets: Packet[] = [];
    try {
      [learnt, packets] = await engine.transaction(async (session) => {
        await this.#settle(session, made);
        if (!taken.length) return [null, []];
        const learns = await this.#watch.ask(session);
        return [learns, await this.#mark(session, taken, learns)];
      });
    } catch (error) {
      if (!(error instanceof Changed)) {
        this.#made.settled = made.settled.concat(this.#made.settled);
        this.#made.calls = made.calls.concat(this.#made.calls);
        throw error;
      }
      this.#over = true;
      await engine.transaction((session) => this.#settle(session, made));
    }
    this.#learn(learnt);
    for (const packet of packets) {
      this.#queue.push(packet);
      this.#rows += packet.parts.length;
    }
    this.#begin();
  }

  #learn(learnt: Learnt | null): void {
    if (!learnt) return;
    this.#watch.learn(learnt);
    for (const seq of learnt.withheld) this.#gone.add(seq);
  }

  async #settle(session: Session, made: Made): Promise<void> {
    const { dialect } = this.#context.engine;
    await settleRows(session, dialect, this.#run.id, made.settled, instant(this.#context.now()));
    await insertCalls(session, dialect, this.#run.id, made.calls);
    if (made.stop !== null) await haltRun(session, this.#run.id, made.stop);
  }

  async #mark(session: Session, taken: readonly Packet[], learnt: Learnt): Promise<Packet[]> {
    const { dialect } = this.#context.engine;
    const at = instant(this.#context.now());
    const { packets, expired } = this.#left(taken, learnt);
    await settleRows(session, dialect, this.#run.id, expired, at);
    const calls = packets.map(({ call, parts }) => ({
      id: call.id,
      seqs: parts.map(({ row }) => row.seq).sort((a, b) => a - b),
    }));
    const wanted = calls.reduce((sum, { seqs }) => sum + seqs.length, 0);
    if ((await markSending(session, dialect, this.#run.id, calls, at)) !== wanted) throw new Changed();
    return packets;
  }

  #begin(): void {
    while (this.#busy < this.#most && this.#queue.length) {
      const packet = this.#queue.shift() as Packet;
      this.#busy += 1;
      const isFresh = (waitMs: number) => performance.now() + waitMs - this.#watch.atMs < freshMs;
      void this.#caller
        .deal(packet, this.#made, isFresh)
        .catch((error: unknown) => {
          this.#failed ??= { error };
        })
        .then(() => {
          this.#busy -= 1;
          this.#rows -= packet.parts.length;
          this.#begin();
          this.#turned();
        });
    }
  }

  /** Waits until half of what was marked has ended, or something has for a while. */
  async #turn(): Promise<void> {
    const half = this.#inHand / 2;
    const isOver = () => this.#inHand === 0 || this.#inHand < half;
    const until = performance.now() + settleMs;
    while (!isOver()) {
      const left = until - performance.now();
      if (left <= 0 && this.#made.settled.length) return;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, Math.max(left, 20));
        this.#turned = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }
}

import type { Answer, RowState } from '#core/delivery/answer.ts';
import {
  afterCall,
  type Breaker,
  callsAllowed,
  closedBreaker,
  standardBreaker,
} from '#core/delivery/breaker.ts';
import { outcomeOf } from '#core/delivery/outcome.ts';
import { waitBefore } from '#core/delivery/retry.ts';
import type { Receiver } from '../../../destinations/destination.ts';
import type { World } from '../../../destinations/world.ts';
import type { Settled } from '../../../store/delivery/marks.ts';
import type { CallLine } from '../../../store/delivery/rows.ts';
import { instant } from '../../../store/workspace.ts';
import type { Run } from '../run.ts';
import { type Pace, sleep } from './pace.ts';
import { type Packet, packetOf } from './window.ts';

/** What calls came to. */
export interface Made {
  settled: Settled[];
  calls: CallLine[];
  /** What only a person can mend. */
  stop: string | null;
}

export const nothingMade = (): Made => ({ settled: [], calls: [], stop: null });

/** Single rows refused one after the other, none accepted, before the fault is taken to be the receiver's or the mapping's. */
const refusedInARow = 20;

/** How long a job of the receiver's is asked about. */
const longestJobMs = 30 * 60_000;

/** Makes calls against one receiver, and keeps what it learns of it from window to window. */
export class Caller {
  readonly #run: Run;
  readonly #receiver: Receiver;
  readonly #world: World;
  readonly #pace: Pace;
  readonly #schedule: readonly number[];
  readonly #signal: AbortSignal;
  breaker: Breaker = closedBreaker;
  #refused = 0;
  /** How long calls take, the last ones more than those before. */
  #callMs: number | null = null;

  constructor(given: {
    run: Run;
    receiver: Receiver;
    world: World;
    pace: Pace;
    schedule: readonly number[];
    signal: AbortSignal;
  }) {
    this.#run = given.run;
    this.#receiver = given.receiver;
    this.#world = given.world;
    this.#pace = given.pace;
    this.#schedule = given.schedule;
    this.#signal = given.signal;
  }

  #nowMs = (): number => this.#world.now().getTime();

  /** Calls that may be under way now. */
  allowed(most: number): number {
    return callsAllowed(this.breaker, most, this.#nowMs());
  }

  /** Whether the last calls failed, so that the next ones had better be thought over. */
  get troubled(): boolean {
    return this.breaker.failures > 0;
  }

  /** Calls that end in a second when so many are under way; none are known to before the first has. */
  perSecond(most: number): number {
    return this.#callMs === null ? 0 : Math.min(this.#pace.perSecond, (most * 1000) / this.#callMs);
  }

  /**
   * Makes a call, and what follows from its answer.
   *
   * @param isFresh whether what was asked about its people holds so many milliseconds from now; else its rows go on waiting
   */
  async deal(packet: Packet, made: Made, isFresh: (waitMs: number) => boolean): Promise<void> {
    const unsent = (reason: string | null) => {
      for (const { row } of packet.parts) made.settled.push({ seq: row.seq, state: 'pending', reason });
    };
    const isLate = !isFresh(this.#pace.aheadMs(this.#nowMs()));
    if (isLate || made.stop !== null || this.#signal.aborted || this.allowed(1) === 0)
      return void unsent(null);
    const answer = await this.#call(packet, made);
    const outcome = outcomeOf(this.#run.guarantee, packet.parts.length, answer);
    if (outcome.kind === 'stop') {
      made.stop = outcome.reason;
      unsent(outcome.reason);
    } else if (outcome.kind === 'again') this.#putOff(packet, outcome, made);
    else if (outcome.kind === 'split') await this.#split(packet, made);
    else {
      this.#count(
        outcome.states.map(({ state }) => state),
        outcome.states[0]?.reason ?? null,
        made,
      );
      for (const [i, { row }] of packet.parts.entries()) {
        const { state, reason } = outcome.states[i] as (typeof outcome.states)[number];
        made.settled.push({ seq: row.seq, state, reason, tried: true });
      }
    }
  }

  /** A receiver that refuses row after row for the same reason has changed: more of the same helps nobody. */
  #count(states: readonly RowState[], reason: string | null, made: Made): void {
    if (states.some((state) => state === 'acknowledged')) this.#refused = 0;
    else if (states.every((state) => state === 'rejected')) this.#refused += states.length;
    if (this.#refused >= refusedInARow) {
      made.stop ??= reason ?? 'every row is refused';
      this.#refused = 0;
    }
  }

  /** The halves of one call go as it did, however long it took: else a slow receiver would never come to the row that is wrong. */
  async #split(packet: Packet, made: Made): Promise<void> {
    const middle = Math.ceil(packet.parts.length / 2);
    for (const half of [packet.parts.slice(0, middle), packet.parts.slice(middle)])
      await this.deal(packetOf(this.#run, half), made, () => true);
  }

  #putOff(
    packet: Packet,
    outcome: { reason: string; afterMs: number | null; doubtful: boolean },
    made: Made,
  ): void {
    for (const {
      row: { seq, attempts },
    } of packet.parts) {
      const wait = outcome.afterMs ?? waitBefore(this.#schedule, attempts + 1, this.#world.draw());
      made.settled.push(
        wait === null
          ? {
              seq,
              state: outcome.doubtful ? 'uncertain' : 'rejected',
              reason: outcome.reason,
              tried: true,
            }
          : {
              seq,
              state: 'pending',
              reason: outcome.reason,
              tried: true,
              doubtful: outcome.doubtful,
              not_before: instant(new Date(this.#nowMs() + wait)),
            },
      );
    }
  }

  async #call(packet: Packet, made: Made): Promise<Exclude<Answer, { kind: 'pending' }>> {
    await sleep(this.#pace.waitMs(this.#nowMs()), this.#signal);
    const began = this.#world.now();
    const from = performance.now();
    let answer = await this.#receiver.send(packet.call);
    for (
      let waited = 0, pause = 250;
      answer.kind === 'pending';
      waited += pause, pause = Math.min(2 * pause, 10_000)
    ) {
      if (waited > longestJobMs) {
        answer = { kind: 'unknown', reason: `job ${answer.job} did not end` };
        break;
      }
      await sleep(pause, this.#signal);
      answer = (await this.#receiver.poll?.(answer.job)) ?? { kind: 'unknown', reason: 'no way to ask' };
      if (answer.kind === 'pending' && this.#signal.aborted) answer = { kind: 'unknown', reason: 'stopped' };
    }
    const took = Math.max(0.1, performance.now() - from);
    this.#callMs = this.#callMs === null ? took : this.#callMs + (took - this.#callMs) / 8;
    const failed = answer.kind === 'later' || answer.kind === 'unknown';
    this.breaker = afterCall(this.breaker, standardBreaker, !failed, this.#nowMs());
    made.calls.push({
      call_id: packet.call.id,
      attempt: (packet.parts[0]?.row.attempts ?? 0) + 1,
      row_count: packet.parts.length,
      bytes: packet.bytes,
      answer: answer.kind,
      reason: 'reason' in answer ? answer.reason : null,
      started_at: instant(began),
      ended_at: instant(this.#world.now()),
    });
    return answer;
  }
}

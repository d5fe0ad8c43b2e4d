import type { Taken } from '#core/contract/delivery/events.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import type { Context } from '../../context.ts';
import type { Engine } from '../../engine/engine.ts';
import { workspaceNow } from '../../store/contact/contact-ledger.ts';
import { openDay } from '../../store/events/days.ts';
import type { WaitingBatch } from '../../store/events/incoming.ts';
import { type TakenGroup, takeGroup } from '../../store/events/take.ts';
import { instant, readSetting } from '../../store/workspace.ts';
import { announceEvents } from './after.ts';

interface Waiting {
  batch: WaitingBatch;
  taken(answer: Taken): void;
  failed(error: unknown): void;
}

const groupEvents = 10_000;
const waitMs = 20;
const mostWaiting = 200_000;

/** What a batch counts for where there is a most: one with nothing in it has to be answered too. */
const weightOf = ({ events, refused }: WaitingBatch): number => Math.max(1, events + refused.length);

/**
 * Stores batches of events group by group: what has come within a moment, or while the group before was being stored,
 * in one commit. A batch is answered after its commit, and is in one group whole.
 */
class Inbox {
  readonly #context: Context;
  readonly #waiting: Waiting[] = [];
  #events = 0;
  #working = false;

  constructor(context: Context) {
    this.#context = context;
  }

  /** @throws events_busy */
  take(batch: WaitingBatch): Promise<Taken> {
    if (this.#events >= mostWaiting) throw new DomainError('events_busy', { waiting: this.#events });
    this.#events += weightOf(batch);
    return new Promise((taken, failed) => {
      this.#waiting.push({ batch, taken, failed });
      if (!this.#working) this.#start();
    });
  }

  #start(): void {
    this.#working = true;
    setTimeout(() => void this.#work(), waitMs);
  }

  async #work(): Promise<void> {
    while (this.#waiting.length > 0) await this.#store(this.#nextGroup());
    this.#working = false;
  }

  /** Stores a group; where that fails, each of its batches by itself, so that none falls with another. */
  async #store(group: readonly Waiting[]): Promise<void> {
    try {
      const { answers, recalls, harmed } = await storeGroup(
        this.#context,
        group.map(({ batch }) => batch),
      );
      for (const [i, { taken }] of group.entries()) taken(answers[i] as Taken);
      announceEvents(this.#context, { recalls, harmed });
    } catch (error) {
      if (group.length === 1) return group[0]?.failed(error);
      this.#context.log.warn({ err: error }, 'a group of events is stored batch by batch');
      for (const one of group) await this.#store([one]);
    }
  }

  #nextGroup(): Waiting[] {
    let [batches, events] = [0, 0];
    for (const { batch } of this.#waiting) {
      if (batches > 0 && events + weightOf(batch) > groupEvents) break;
      batches += 1;
      events += weightOf(batch);
    }
    this.#events -= events;
    return this.#waiting.splice(0, batches);
  }
}

/** Stores some batches in one commit. */
async function storeGroup(context: Context, batches: readonly WaitingBatch[]): Promise<TakenGroup> {
  const { engine } = context;
  const at = instant(context.now());
  const own = await readSetting<string>(engine, 'today');
  const day = await openDay(engine, own ?? at.slice(0, 10), at);
  const now = await workspaceNow(context, engine);
  return engine.transaction((session) =>
    takeGroup(context, session, batches, {
      dialect: engine.dialect,
      day,
      ownClock: own !== undefined,
      now,
      at,
    }),
  );
}

const inboxes = new WeakMap<Engine, Inbox>();

/** Stores a batch with whatever else has just come, and answers once it is stored. @throws events_busy */
export function takeEvents(context: Context, batch: WaitingBatch): Promise<Taken> {
  const inbox = inboxes.get(context.engine) ?? new Inbox(context);
  inboxes.set(context.engine, inbox);
  return inbox.take(batch);
}

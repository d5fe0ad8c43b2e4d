import type { Engine } from '../engine/engine.ts';
import { currentDataVersion } from './data-version.ts';
import { rowsOfEvents } from './events/days.ts';
import { erasures } from './keeping/epoch.ts';

interface Memory {
  /** The version of the data and how often rows were erased from it. */
  of: string;
  /** Rows that events had written when it began. */
  heard: number;
  beganMs: number;
  /** The longest that one of its answers took. */
  slowestMs: number;
  answers: Map<string, Promise<unknown>>;
}

const memories = new WeakMap<Engine, Memory>();
const mostAnswers = 200;
/** While events keep coming, an answer is this old at most, or as many times older than it took to find. */
const freshMs = 3_000;
const timesAsLong = 5;

const isStale = ({ heard, beganMs, slowestMs }: Memory, now: number, nowMs: number): boolean =>
  heard !== now && nowMs - beganMs > Math.max(freshMs, timesAsLong * slowestMs);

/**
 * An answer that depends on the loaded data alone: worked out once for each version of them. Whatever changes the
 * portfolio is a load, an erasure or an event; the first two forget everything at once, events within seconds, or as long
 * as finding the answers again takes a small part of the time.
 */
export async function remembered<T>(engine: Engine, question: string, work: () => Promise<T>): Promise<T> {
  const of = `${await currentDataVersion(engine)} ${await erasures(engine)}`;
  const heard = await rowsOfEvents(engine);
  const nowMs = performance.now();
  let memory = memories.get(engine);
  if (!memory || memory.of !== of || memory.answers.size >= mostAnswers || isStale(memory, heard, nowMs)) {
    memory = { of, heard, beganMs: nowMs, slowestMs: 0, answers: new Map() };
    memories.set(engine, memory);
  }
  const { answers } = memory;
  const known = answers.get(question) as Promise<T> | undefined;
  if (known) return known;
  const answer = work();
  answers.set(question, answer);
  const mine = memory;
  answer.then(
    () => {
      mine.slowestMs = Math.max(mine.slowestMs, performance.now() - nowMs);
    },
    () => answers.delete(question),
  );
  return answer;
}

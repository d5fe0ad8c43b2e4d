import type { EventSummary } from '#core/contract/delivery/events.ts';
import type { Engine } from '../../engine/engine.ts';
import { summariseEvents } from './read.ts';

interface Summed {
  answer: Promise<EventSummary>;
  events: number;
  endedMs: number;
  tookMs: number;
}

const held = new WeakMap<Engine, Map<number, Summed>>();
/** Fewer events are summed up in no time. */
const many = 50_000;
const longestMs = 1_000;
const timesAsLong = 5;

const holds = ({ events, endedMs, tookMs }: Summed): boolean =>
  events >= many && performance.now() - endedMs < Math.min(longestMs, timesAsLong * tookMs);

/**
 * What came back in the last days: where it is much, worked out at most once a second, whoever asks, so that reading takes little from what is still coming in.
 */
export async function readSummary(engine: Engine, days: number): Promise<EventSummary> {
  const known = held.get(engine) ?? new Map<number, Summed>();
  held.set(engine, known);
  const found = known.get(days);
  if (found && holds(found)) return found.answer;
  const beganMs = performance.now();
  const answer = summariseEvents(engine, days);
  const { total } = await answer;
  const endedMs = performance.now();
  known.set(days, { answer, events: total, endedMs, tookMs: endedMs - beganMs });
  return answer;
}

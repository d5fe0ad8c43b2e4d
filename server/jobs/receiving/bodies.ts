import { DomainError } from '#core/errors/domain-error.ts';
import { mostBytes } from '#core/events/kinds.ts';
import type { Context } from '../../context.ts';
import type { Engine } from '../../engine/engine.ts';

/** Bytes of bodies held at once. What is as small as a few events finds room all the same: an opt-out does not wait. */
const mostHeld = 4 * mostBytes;
const smallBytes = 256_000;
/** What is refused is read to its end, so that its sender gets to read why; not of one that does not end. */
const mostDiscarded = 4 * mostBytes;

const held = new WeakMap<Engine, { bytes: number }>();

const refusalOf = (bytes: number, underWay: number): DomainError | null => {
  if (bytes > mostBytes) return new DomainError('too_large', { limit: mostBytes });
  if (underWay > mostHeld && bytes > smallBytes)
    return new DomainError('events_crowded', { megabytes: Math.round(underWay / 1e6) });
  return null;
};

/**
 * Reads a body as it was sent, which is what was signed, and counts it as held until it has been used. Nobody knows yet
 * whose it is, so all of them together have a most.
 *
 * @throws too_large, events_crowded
 */
export async function withBody<T>(
  { engine }: Context,
  body: AsyncIterable<Uint8Array>,
  use: (whole: Uint8Array) => Promise<T>,
): Promise<T> {
  const all = held.get(engine) ?? { bytes: 0 };
  held.set(engine, all);
  const pieces: Uint8Array[] = [];
  let [bytes, counted] = [0, 0];
  let refusal: DomainError | null = null;
  const letGo = () => {
    all.bytes -= counted;
    counted = 0;
    pieces.length = 0;
  };
  try {
    for await (const piece of body) {
      bytes += piece.length;
      refusal ??= refusalOf(bytes, all.bytes + piece.length);
      if (refusal) {
        letGo();
        if (bytes > mostDiscarded) break;
        continue;
      }
      all.bytes += piece.length;
      counted += piece.length;
      pieces.push(piece);
    }
    if (refusal) throw refusal;
    return await use(Buffer.concat(pieces.splice(0)));
  } finally {
    letGo();
  }
}

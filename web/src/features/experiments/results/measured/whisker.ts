import type { Span } from '../../../../charts/experiments/effects.ts';
import { around } from '../../../../charts/experiments/effects.ts';

export interface Whisker {
  zero: number;
  from: number;
  to: number;
  at: number;
}

/** Places of an interval and of zero on a strip of a width, on the scale that all of its neighbours share. */
export function whisker(span: Span, neighbours: readonly Span[], width: number): Whisker | null {
  if (span.estimate === null) return null;
  const [low, high] = around(neighbours, [0]);
  const place = (value: number) => (width * (value - low)) / (high - low);
  return {
    zero: place(0),
    from: place(span.lower ?? span.estimate),
    to: place(span.upper ?? span.estimate),
    at: place(span.estimate),
  };
}

/** Guards a receiver that fails again and again: closed lets calls through, open none, half-open one at a time. */
export interface Breaker {
  failures: number;
  /** Instant until which nothing is sent; null while closed. */
  openUntilMs: number | null;
}

export interface BreakerLimits {
  /** Failed calls in a row that open it. */
  failures: number;
  /** Length of its first opening; each further one is twice as long, up to the longest. */
  openMs: number;
  longestMs: number;
}

export const closedBreaker: Breaker = { failures: 0, openUntilMs: null };
export const standardBreaker: BreakerLimits = { failures: 5, openMs: 10_000, longestMs: 600_000 };

/** The breaker after one more call. */
export function afterCall(breaker: Breaker, limits: BreakerLimits, ok: boolean, nowMs: number): Breaker {
  if (ok) return closedBreaker;
  const failures = breaker.failures + 1;
  if (failures < limits.failures) return { failures, openUntilMs: null };
  const openings = Math.min(failures - limits.failures, 30);
  return { failures, openUntilMs: nowMs + Math.min(limits.longestMs, limits.openMs * 2 ** openings) };
}

/** How many calls may be under way: none while open, one to try it once the time is over, else all. */
export const callsAllowed = (breaker: Breaker, most: number, nowMs: number): number =>
  breaker.openUntilMs === null ? most : nowMs < breaker.openUntilMs ? 0 : 1;

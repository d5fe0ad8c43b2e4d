/**
 * Waits before each try, in milliseconds: at once, 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h, 24 h (the example schedule
 * of Standard Webhooks 1.0). A house may set its own.
 */
export const standardSchedule: readonly number[] = [
  0, 5_000, 300_000, 1_800_000, 7_200_000, 18_000_000, 36_000_000, 50_400_000, 72_000_000, 86_400_000,
];

/**
 * Wait before the next try after `attempts` failed ones, with full jitter: uniform from none to the step, so that runs
 * that failed together do not come back together. null: no try is left.
 *
 * @param draw uniform in [0, 1)
 */
export function waitBefore(schedule: readonly number[], attempts: number, draw: number): number | null {
  const step = schedule[attempts];
  return step === undefined ? null : Math.round(step * draw);
}

/**
 * Reads a Retry-After header: seconds, or an HTTP date (RFC 9110, 10.2.3). Milliseconds from `nowMs`, at least 0 and at most
 * a day; undefined when absent or unreadable.
 */
export function retryAfter(header: string | null | undefined, nowMs: number): number | undefined {
  if (!header?.trim()) return undefined;
  const day = 86_400_000;
  if (/^\d+(\.\d+)?$/.test(header.trim())) return Math.min(day, Number(header) * 1000);
  const at = Date.parse(header);
  return Number.isNaN(at) ? undefined : Math.min(day, Math.max(0, at - nowMs));
}

/** A stretch of the portfolio's past as long as the horizon: from one snapshot to a later one. */
export interface PastSpan {
  from: string;
  until: string;
}

const dayNumber = (date: string): number => Date.parse(date) / 86_400_000;

/** Where a span that ends at a date of the list begins, or undefined when the list does not reach that far back. */
function beginning(dates: readonly string[], end: number, horizonDays: number): number | undefined {
  const gaps = dates.slice(1).map((date, i) => dayNumber(date) - dayNumber(dates[i]!));
  const middle = gaps.sort((a, b) => a - b)[Math.floor(gaps.length / 2)];
  if (middle === undefined) return undefined;
  const begin =
    middle > 7
      ? end - Math.max(1, Math.round(horizonDays / middle))
      : dates.findLastIndex((date) => dayNumber(date) <= dayNumber(dates[end]!) - horizonDays);
  return begin < 0 ? undefined : begin;
}

/**
 * Stretches of the past as long as the horizon, one before the other, the latest first.
 *
 * With snapshots a week apart or closer a stretch is that many days. With coarser ones the horizon counts
 * snapshots: 30 days of a monthly book are one month, whatever the month's length. None when the past is too short.
 *
 * @param dates dates of the snapshots, ascending
 */
export function pastSpans(dates: readonly string[], horizonDays: number, most: number): PastSpan[] {
  const spans: PastSpan[] = [];
  let end = dates.length - 1;
  while (spans.length < most && end > 0) {
    const begin = beginning(dates, end, horizonDays);
    if (begin === undefined) break;
    spans.push({ from: dates[begin]!, until: dates[end]! });
    end = begin;
  }
  return spans;
}

export interface PastCount {
  n: number;
  events: number;
}

const fewest = 100;
const rateOf = ({ n, events }: PastCount): number => events / n;
const departs = (rate: number, reference: number): boolean => Math.abs(rate - reference) > reference / 2;

/**
 * Whether the latest of several stretches (latest first) is out of line: its rate moves by more than half both
 * against the one before and against all earlier ones together. Then the data changed rather than the people,
 * such as a code that came into use. A stretch of fewer than 100 people says nothing.
 */
export function isOutOfLine([latest, ...earlier]: readonly PastCount[]): boolean {
  const told = earlier.filter(({ n }) => n >= fewest);
  const [before] = told;
  if (!latest || latest.n < fewest || !before || told.length < 2) return false;
  const all = told.reduce((sum, one) => ({ n: sum.n + one.n, events: sum.events + one.events }));
  return departs(rateOf(latest), rateOf(before)) && departs(rateOf(latest), rateOf(all));
}

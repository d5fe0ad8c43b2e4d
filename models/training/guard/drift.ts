import { DomainError } from '#core/errors/domain-error.ts';

export interface PeriodRate {
  asOf: string;
  n: number;
  events: number;
}

/** Rows under which a rate is not judged: it moves by chance. */
const leastJudged = 30;

/**
 * Stops where the rate of a date to be trained on moved by more than half against all dates before it together, from 30
 * rows on each side.
 *
 * @param periods every date up to the last one trained on, ascending
 * @throws target_drift
 */
export function refuseDrift(periods: readonly PeriodRate[], trained: ReadonlySet<string>): void {
  let n = 0;
  let events = 0;
  for (const period of periods) {
    const earlier = events / n;
    const rate = period.events / period.n;
    const enough = n >= leastJudged && period.n >= leastJudged;
    if (trained.has(period.asOf) && enough && events > 0 && Math.abs(rate / earlier - 1) > 0.5)
      throw new DomainError('target_drift', { asOf: period.asOf, rate, earlier });
    n += period.n;
    events += period.events;
  }
}

export interface CodeShare {
  asOf: string;
  code: string;
  /** Share of accounts with the code on the date. */
  share: number;
}

const rareShare = 0.01;
const commonShare = 0.05;

/**
 * Stops where a status code goes from under 1 % to over 5 % of accounts from one date to the next: the way it is
 * recorded changed. The first date has nothing before it.
 *
 * @param shares of every date the training looks at, outcomes included; a code absent on a date has no entry
 * @throws leak_status_code
 */
export function refuseCodeJumps(shares: readonly CodeShare[]): void {
  const dates = [...new Set(shares.map(({ asOf }) => asOf))].sort();
  const at = new Map(shares.map(({ asOf, code, share }) => [`${asOf}\n${code}`, share]));
  for (const { asOf, code, share } of shares) {
    const earlier = dates[dates.indexOf(asOf) - 1];
    if (earlier === undefined) continue;
    const before = at.get(`${earlier}\n${code}`) ?? 0;
    if (before < rareShare && share > commonShare)
      throw new DomainError('leak_status_code', { asOf, code, share, before });
  }
}

import type { CutOffRow, WaitOutcome } from '#core/contract/models/waiting.ts';
import { normalQuantile } from '#core/stats/distributions/normal.ts';

const z = normalQuantile(0.975);

/** Scored accounts of a hundredth of the score, a bucket, a product and a currency, put together. */
export interface ScoreBin {
  /** Whole hundredths of the score, rounded down. */
  bin: number;
  bucket: string;
  product: string | null;
  currency: string;
  accounts: number;
  /** Sum of the scores, and of score × (1 − score). */
  expected: number;
  spread: number;
  /** Exact, in hundredths of the unit. */
  balanceCents: bigint;
}

export interface CalibrationBand {
  predicted: number;
  /** Standard error of the observed rate out of sample. */
  error: number;
}

/** An effect with its standard error; both null where it is not known. */
export interface Effect {
  estimate: number;
  error: number;
}

export interface Ground {
  bins: readonly ScoreBin[];
  /** People by the whole hundredth of their lowest score. */
  people: readonly { bin: number; people: number }[];
  calibration: readonly CalibrationBand[];
  /** Part of the cures of the horizon that come during the wait; null: not known. */
  timing: number | null;
  /** Contacts an account gets during the wait under the current policy; null: not known. */
  contactsPerAccount: number | null;
  costs: ReadonlyMap<string, number>;
  /** Cures by the end of the wait that contacts bring about, as a share of accounts; null: not known. */
  effect: Effect | null;
  /** Chance of a charge-off once in the bucket after, by currency and bucket; null: not known. */
  lossChance(currency: string, bucket: string): number | null;
  lossGivenDefault: number;
}

const decimalOf = (value: number): string => (Math.round(value * 100) / 100).toFixed(2);
function centsText(cents: bigint): string {
  const size = cents < 0n ? -cents : cents;
  return `${cents < 0n ? '-' : ''}${size / 100n}.${String(size % 100n).padStart(2, '0')}`;
}

/** The place of the calibration band whose mean prediction is nearest; -1 without any. */
function bandOf(score: number, bands: readonly CalibrationBand[]): number {
  let nearest = -1;
  bands.forEach(({ predicted }, i) => {
    if (nearest < 0 || Math.abs(predicted - score) < Math.abs(bands[nearest]!.predicted - score)) nearest = i;
  });
  return nearest;
}

/**
 * Expected cures with an interval for how many there will be: the spread of as many independent accounts, and the error
 * of the calibration out of sample, which is shared by the accounts of a band.
 */
function curesOf(bins: readonly ScoreBin[], bands: readonly CalibrationBand[]): WaitOutcome['cures'] {
  const accounts = bins.reduce((sum, bin) => sum + bin.accounts, 0);
  if (accounts === 0) return { estimate: null, lower: null, upper: null, reason: 'no_rows' };
  const expected = bins.reduce((sum, bin) => sum + bin.expected, 0);
  const inBand = new Map<number, number>();
  for (const bin of bins) {
    const band = bandOf(bin.expected / bin.accounts, bands);
    inBand.set(band, (inBand.get(band) ?? 0) + bin.accounts);
  }
  const shared = [...inBand].reduce((sum, [band, n]) => sum + (n * (bands[band]?.error ?? 0)) ** 2, 0);
  const half = z * Math.sqrt(shared + bins.reduce((sum, bin) => sum + bin.spread, 0));
  return {
    estimate: expected,
    lower: Math.max(0, expected - half),
    upper: Math.min(accounts, expected + half),
  };
}

/** What leaving the accounts of some bins alone for the wait brings and costs. */
export function waitOutcomeOf(bins: readonly ScoreBin[], ground: Ground): WaitOutcome {
  const { timing, contactsPerAccount, effect } = ground;
  const accounts = bins.reduce((sum, bin) => sum + bin.accounts, 0);
  const early = (part: readonly ScoreBin[]): number | null =>
    timing === null ? null : timing * part.reduce((sum, bin) => sum + bin.expected, 0);
  const saved = (part: readonly ScoreBin[]): number | null => {
    const cures = early(part);
    return cures === null || contactsPerAccount === null ? null : cures * contactsPerAccount;
  };
  const currencies = [...new Set(bins.map(({ currency }) => currency))].sort();
  const contactsSaved = saved(bins);
  return {
    accounts,
    balance: currencies.map((currency) => ({
      currency,
      amount: centsText(
        bins.reduce((sum, bin) => (bin.currency === currency ? sum + bin.balanceCents : sum), 0n),
      ),
    })),
    cures: curesOf(bins, ground.calibration),
    curesInWait: early(bins),
    contactsSaved,
    contactsPostponed:
      contactsSaved === null || contactsPerAccount === null
        ? null
        : accounts * contactsPerAccount - contactsSaved,
    costSaved: currencies.map((currency) => {
      const contacts = saved(bins.filter((bin) => bin.currency === currency));
      const cost = ground.costs.get(currency);
      return {
        currency,
        amount: contacts === null || cost === undefined ? null : decimalOf(contacts * cost),
      };
    }),
    extraLoss: currencies.map((currency) => {
      const own = bins.filter((bin) => bin.currency === currency);
      const exposed = exposure(own, currency, ground);
      if (exposed === null || effect === null) return { currency, estimate: null, lower: null, upper: null };
      const of = (points: number) => decimalOf(Math.max(0, points) * exposed);
      return {
        currency,
        estimate: of(effect.estimate),
        lower: of(effect.estimate - z * effect.error),
        upper: of(effect.estimate + z * effect.error),
      };
    }),
  };
}

/** What is lost of the balances once they roll on: balance × chance of a charge-off × loss given it. */
function exposure(bins: readonly ScoreBin[], currency: string, ground: Ground): number | null {
  let sum = 0;
  for (const { bucket, balanceCents } of bins) {
    const chance = ground.lossChance(currency, bucket);
    if (chance === null) return null;
    sum += (Number(balanceCents) / 100) * chance * ground.lossGivenDefault;
  }
  return sum;
}

/** The row of a cut-off: accounts whose score is at least so many hundredths wait, the others are contacted now. */
export function cutOffRowOf(hundredths: number, ground: Ground): CutOffRow {
  const left = ground.bins.filter(({ bin }) => bin >= hundredths);
  const outcome = waitOutcomeOf(left, ground);
  return {
    ...outcome,
    cutOff: hundredths / 100,
    people: ground.people.reduce((sum, { bin, people }) => (bin >= hundredths ? sum + people : sum), 0),
    contacted: ground.bins.reduce((sum, bin) => sum + bin.accounts, 0) - outcome.accounts,
  };
}

/** The chosen cut-off by bucket and product: those left alone in each. */
export function groupsOf(hundredths: number, ground: Ground) {
  const groups = new Map<string, ScoreBin[]>();
  for (const bin of ground.bins) {
    if (bin.bin < hundredths) continue;
    const key = JSON.stringify([bin.bucket, bin.product]);
    const group = groups.get(key);
    if (group) group.push(bin);
    else groups.set(key, [bin]);
  }
  return [...groups.values()]
    .map((bins) => ({ bucket: bins[0]!.bucket, product: bins[0]!.product, ...waitOutcomeOf(bins, ground) }))
    .sort((a, b) => b.accounts - a.accounts || (a.product ?? '').localeCompare(b.product ?? ''));
}

/**
 * Who is contacted today with so many contacts: those least likely to cure, by whole hundredths of the score, as many as
 * fit; the others wait.
 */
export function fitCapacity(perDay: number, hundredths: number, { bins }: Pick<Ground, 'bins'>) {
  const below = (cut: number) => bins.reduce((sum, bin) => (bin.bin < cut ? sum + bin.accounts : sum), 0);
  const all = below(101);
  const contactedAtCut = below(hundredths);
  let cut = 0;
  while (cut < 101 && below(cut + 1) <= perDay) cut++;
  return {
    perDay,
    cutOff: cut > 100 ? null : cut / 100,
    contacted: below(cut),
    waiting: all - below(cut),
    days: perDay > 0 ? Math.ceil(contactedAtCut / perDay) : null,
  };
}

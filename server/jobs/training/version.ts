import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Judged } from '#models/train.ts';

/** Raised whenever training itself changes, so that equal inputs no longer mean an equal model. */
const method = 2;

const hashOf = (value: unknown): string => bytesToHex(sha256(utf8ToBytes(JSON.stringify(value))));

/** A version is named by all that decides what it is; the same training again has the same name. */
export const versionIdOf = (made: {
  model: string;
  parameters: unknown;
  /** Kept by the rule, with the options it was fitted with: a search under way may end with others. */
  learner: string;
  options: unknown;
  /** Everything else that was asked for. */
  asked: unknown;
  seed: number;
  asOf: readonly string[];
  families: readonly string[];
  /** The rung used, and the rows and weights it gave. */
  identified: unknown;
  sampled: number;
  dataVersion: string;
}): string => hashOf({ method, ...made });

export const featureSetIdOf = (families: readonly string[], columns: readonly string[]): string =>
  hashOf({ families, columns });

const dayMs = 86_400_000;
export const isoDay = (day: number): string => new Date(day * dayMs).toISOString().slice(0, 10);
export const dayOf = (iso: string): number => Date.parse(`${iso}T00:00:00Z`) / dayMs;

/** Headline figures of a training, for who asked for it. */
export function headline({ results, baselines, validation }: Judged, baseline: string) {
  const all = results[0]!;
  const below = baselines.find(({ id }) => id === baseline)?.results[0];
  const newEntries = results.find(({ population }) => population === 'new_entries');
  return {
    rows: all.n,
    auc: all.auc,
    ks: all.ks,
    baselineAuc: below?.auc.estimate ?? null,
    newEntries: newEntries ? { n: newEntries.n, auc: newEntries.auc } : null,
    validation: validation.kind,
    testedOn: validation.testDays.map(isoDay),
  };
}

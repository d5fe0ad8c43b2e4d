import { addDays } from '../wall-clock.ts';
import type { Policy, PolicyVersion } from './policy.ts';

/** Who changed something about the rules, when and why; kept for good, in the order made. */
interface Changed {
  id: string;
  at: string;
  by: string;
  /** The person who answers for it. */
  name: string;
  why: string;
}

export interface PolicyChange extends Changed {
  kind: 'policy';
  policy: Policy;
  effectiveFrom: string;
  effectiveTo: string | null;
}

/** A day of a calendar put in or taken out, for a country or for one of its regions; of several the last holds. */
export interface DayChange extends Changed {
  kind: 'day';
  region: string;
  date: string;
  action: 'add' | 'remove';
  title: string | null;
}

/** One of two readings of a law, from a day on: on is the strict one. */
export interface OptionChange extends Changed {
  kind: 'option';
  ruleSet: string;
  option: string;
  on: boolean;
  effectiveFrom: string;
}

/** A named person accepts rules whose source nobody has verified, each as it stood: "MX-CONDUSEF v1 permission". */
export interface Acceptance extends Changed {
  kind: 'acceptance';
  rules: readonly string[];
  batchId: string | null;
}

export type RuleChange = PolicyChange | DayChange | OptionChange | Acceptance;

export const ofKind = <K extends RuleChange['kind']>(
  changes: readonly RuleChange[],
  kind: K,
): Extract<RuleChange, { kind: K }>[] =>
  changes.filter((change): change is Extract<RuleChange, { kind: K }> => change.kind === kind);

/**
 * The versions of the house's rules with the days on which each holds. A later version takes over from its first day on,
 * whatever end the earlier one had; one that begins before an earlier one does replaces it whole.
 */
export function policyVersions(changes: readonly RuleChange[]): (PolicyVersion & { change: PolicyChange })[] {
  const made = ofKind(changes, 'policy');
  return made.map((change, i) => {
    const later = made.slice(i + 1).map(({ effectiveFrom }) => addDays(effectiveFrom, -1));
    const ends = [...later, ...(change.effectiveTo ? [change.effectiveTo] : [])].toSorted();
    return {
      version: i + 1,
      policy: change.policy,
      effectiveFrom: change.effectiveFrom,
      effectiveTo: ends[0] ?? null,
      change,
    };
  });
}

/** How an unverified rule is named in an acceptance: as it stands, so that another version is accepted anew. */
export const acceptedName = (rule: { ruleSet: string; version: string; rule: string }): string =>
  `${rule.ruleSet} v${rule.version} ${rule.rule}`;

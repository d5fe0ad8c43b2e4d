import { addDays } from '../time/wall-clock.ts';
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

interface Span {
  from: string;
  /** Last day; null: without end. */
  to: string | null;
}

/** What is left of some days where others are taken out of them. */
function without(spans: readonly Span[], taken: Span): Span[] {
  return spans.flatMap((span) => {
    if ((taken.to !== null && taken.to < span.from) || (span.to !== null && span.to < taken.from))
      return [span];
    const before = span.from < taken.from ? [{ from: span.from, to: addDays(taken.from, -1) }] : [];
    const after =
      taken.to !== null && (span.to === null || taken.to < span.to)
        ? [{ from: addDays(taken.to, 1), to: span.to }]
        : [];
    return [...before, ...after];
  });
}

/**
 * The versions of the house's rules with the days on which each holds. Of versions that hold on one day the last made does: one with
 * an end interrupts those before it, which hold again after it; one without ends them. `effectiveTo` is the last day of a
 * version, interrupted or not; a day before its first where others leave it none.
 */
export function policyVersions(
  changes: readonly RuleChange[],
): (PolicyVersion & { change: PolicyChange; spans: Span[] })[] {
  const made = ofKind(changes, 'policy');
  return made.map((change, i) => {
    const { effectiveFrom, effectiveTo, policy } = change;
    const spans = made
      .slice(i + 1)
      .reduce<Span[]>(
        (left, later) => without(left, { from: later.effectiveFrom, to: later.effectiveTo }),
        [{ from: effectiveFrom, to: effectiveTo }],
      );
    const last = spans.at(-1);
    return {
      version: i + 1,
      policy,
      effectiveFrom: spans[0]?.from ?? effectiveFrom,
      effectiveTo: last ? last.to : addDays(effectiveFrom, -1),
      spans,
      change,
    };
  });
}

/** How an unverified rule is named in an acceptance: as it stands, so that another version is accepted anew. */
export const acceptedName = (rule: { ruleSet: string; version: string; rule: string }): string =>
  `${rule.ruleSet} v${rule.version} ${rule.rule}`;

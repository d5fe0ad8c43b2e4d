import type { PolicyVersionView, RuleSetView, RuleView } from '../../contract/contact/contact-rules.ts';
import type { Text } from '../../text/text.ts';
import type { RuleKind } from '../rule.ts';
import type { RuleSet, RuleUse } from '../rule-set.ts';
import { limitsInWords } from '../words.ts';
import { acceptedName, ofKind, policyVersions, type RuleChange } from './changes.ts';
import { policyId, policyUses } from './policy.ts';

type Kinds = ReadonlyMap<string, RuleKind>;

export const ruleViewOf = (use: RuleUse, kinds: Kinds): RuleView => ({
  rule: use.rule,
  title: kinds.get(use.rule)?.text.name ?? { es: use.rule, en: use.rule },
  limits: limitsInWords(use),
  status: use.status,
  source: use.source,
  note: use.note ?? null,
  option: use.option ?? null,
});

const holds = (set: { effectiveFrom: string; effectiveTo: string | null }, today: string): boolean =>
  set.effectiveFrom <= today && (set.effectiveTo === null || today <= set.effectiveTo);

/** Rule sets as they are shown: those of regions stand behind their country's. */
export function ruleSetViews(sets: readonly RuleSet[], kinds: Kinds, today: string): RuleSetView[] {
  return sets
    .filter((set) => !set.variantOf && set.id !== policyId)
    .map((set) => ({
      id: set.id,
      version: set.version,
      title: set.text.title,
      summary: set.text.summary,
      jurisdiction: set.jurisdiction,
      overlay: set.overlay ?? false,
      effectiveFrom: set.effectiveFrom,
      effectiveTo: set.effectiveTo,
      inForce: holds(set, today),
      zones: [...set.zones],
      rules: set.uses.map((use) => ruleViewOf(use, kinds)),
      norms: (set.norms ?? []).map(({ kind, code, text, source, status }) => ({
        kind,
        code,
        text,
        source,
        status,
      })),
      calendar: set.calendar
        ? {
            status: set.calendar.status,
            source: set.calendar.source,
            blocks: set.calendar.blocks,
            regions: sets
              .filter(({ variantOf }) => variantOf === set.id)
              .map(({ jurisdiction }) => jurisdiction ?? '')
              .toSorted(),
          }
        : null,
    }));
}

export function policyViews(
  changes: readonly RuleChange[],
  kinds: Kinds,
  today: string,
): PolicyVersionView[] {
  return policyVersions(changes)
    .map(({ version, policy, effectiveFrom, effectiveTo, spans, change }): PolicyVersionView => {
      const now = spans.some(({ from, to }) => holds({ effectiveFrom: from, effectiveTo: to }, today));
      const ended = effectiveTo !== null && effectiveTo < today;
      const state = !spans.length ? 'replaced' : ended ? 'ended' : now ? 'inForce' : 'toCome';
      const { at, by, name, why } = change;
      const rules = policyUses(policy).map((use) => ruleViewOf(use, kinds));
      return { at, by, name, why, version, effectiveFrom, effectiveTo, state, policy, rules };
    })
    .toReversed();
}

/** The readings of laws that a person may choose between, with who chose what. */
export function optionViews(
  builtIn: readonly RuleSet[],
  changes: readonly RuleChange[],
  kinds: Kinds,
  today: string,
) {
  const made = ofKind(changes, 'option');
  return builtIn.flatMap((set) =>
    set.uses.flatMap((use) => {
      const { option } = use;
      if (option === undefined) return [];
      const own = made.filter((one) => one.ruleSet === set.id && one.option === option);
      const now = own.filter(({ effectiveFrom }) => effectiveFrom <= today).at(-1);
      return [
        {
          ruleSet: set.id,
          option,
          on: now?.on ?? true,
          rule: ruleViewOf(use, kinds),
          changes: own.map(({ at, by, name, why, on, effectiveFrom }) => ({
            at,
            by,
            name,
            why,
            on,
            effectiveFrom,
          })),
        },
      ];
    }),
  );
}

/** Rules in force whose source nobody has verified, with the last person who accepted each as it stands. */
export function unverifiedRules(
  sets: readonly RuleSet[],
  changes: readonly RuleChange[],
  kinds: Kinds,
  today: string,
): { name: string; title: Text; acceptedBy: string | null }[] {
  const accepted = ofKind(changes, 'acceptance');
  const found = sets
    .filter((set) => holds(set, today))
    .flatMap((set) =>
      set.uses
        .filter(({ status }) => status === 'to-verify')
        .map((use) => ({
          name: acceptedName({ ruleSet: set.id, version: set.version, rule: use.rule }),
          title: kinds.get(use.rule)?.text.name ?? { es: use.rule, en: use.rule },
        })),
    );
  return [...new Map(found.map((one) => [one.name, one])).values()].map((one) => ({
    ...one,
    acceptedBy: accepted.findLast(({ rules }) => rules.includes(one.name))?.name ?? null,
  }));
}

/** Who has accepted all of these rules between them; null while one of them nobody has. */
export function acceptedBy(
  rules: readonly { ruleSet: string; version: string; rule: string }[],
  changes: readonly RuleChange[],
): string | null {
  const accepted = ofKind(changes, 'acceptance');
  const names = rules.map(
    (rule) => accepted.findLast((one) => one.rules.includes(acceptedName(rule)))?.name ?? null,
  );
  return names.length === 0 || names.includes(null) ? null : [...new Set(names)].join(', ');
}

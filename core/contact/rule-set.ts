import type { Text } from '../text/text.ts';
import type { Calendar } from './holidays.ts';
import type { Norm } from './norm.ts';
import type { Clause, RuleKind, RuleStatus } from './rule.ts';

/** A rule kind with the numbers one law or policy gives it, and how well they are sourced. */
export interface RuleUse {
  rule: string;
  parameters: unknown;
  status: RuleStatus;
  /** Law, article or publication; the same words in every language. */
  source: string;
  note?: Text;
  /** A reading of the law stricter than another that is defended: a named person may choose the other. */
  option?: string;
}

/** Countries in which an overlay of the European Union holds beside their own rules. */
export const europeanUnion: ReadonlySet<string> = new Set(
  'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' '),
);

/**
 * The rules of one jurisdiction over a span of dates. One file of `jurisdictions/` is one version of one rule
 * set, named after its id. `jurisdiction` null is the house set, used only where a named person accepts it.
 */
export interface RuleSet {
  text: { title: Text; summary: Text };
  /** As law people cite it: CO-2300. */
  id: string;
  version: string;
  /** ISO 3166 country, or country and region; EU; `*` for every place; null for the house set. */
  jurisdiction: string | null;
  /** Holds beside other rules and never alone: a place with nothing but overlays is unknown. */
  overlay?: boolean;
  /** The rule set that this one stands in for in its region. */
  variantOf?: string;
  effectiveFrom: string;
  /** Last day in force; null while it is. */
  effectiveTo: string | null;
  /** Every civil time of the country, the one most people live in first. */
  zones: readonly string[];
  /** ISO 3166-2 regions whose zones are fewer than the country's. */
  regions: Readonly<Record<string, readonly string[]>>;
  uses: readonly RuleUse[];
  /** Public holidays, whether or not they keep messages back. */
  calendar?: Calendar;
  /** What else the law or the guidance says, shown beside the rules. */
  norms?: readonly Norm[];
}

/** Country of an ISO 3166 code with or without region: MX of MX-BCN. */
export const countryOf = (jurisdiction: string): string => jurisdiction.split('-')[0] ?? jurisdiction;

const inForce = (set: RuleSet, date: string): boolean =>
  set.effectiveFrom <= date && (set.effectiveTo === null || date <= set.effectiveTo);

/**
 * The rule sets that govern a place on a date: the country's, its region's and every overlay's together (all of their rules must
 * be met, so windows intersect and the smallest cap holds). Where no country's rules are in force, the house set if it was accepted,
 * with the overlays; overlays alone govern nothing.
 */
export function ruleSetsFor(
  sets: readonly RuleSet[],
  jurisdiction: string | null,
  date: string,
  acceptHouse: boolean,
): RuleSet[] {
  if (!jurisdiction) return [];
  const country = countryOf(jurisdiction);
  const covers = (set: RuleSet) =>
    set.jurisdiction === jurisdiction ||
    set.jurisdiction === country ||
    set.jurisdiction === '*' ||
    (set.jurisdiction === 'EU' && europeanUnion.has(country));
  const found = sets.filter((set) => covers(set) && inForce(set, date));
  const own = found.filter((set) => !found.some((other) => other.variantOf === set.id));
  const house = () => sets.filter((set) => set.jurisdiction === null && inForce(set, date));
  const chosen = own.some((set) => !set.overlay)
    ? own
    : acceptHouse
      ? [...house(), ...own.filter((set) => set.overlay)]
      : [];
  return chosen.toSorted((a, b) => (`${a.id} ${a.version}` < `${b.id} ${b.version}` ? -1 : 1));
}

/** What is in force on a date: the same text on two dates means the same rules on both. */
export const standingOn = (sets: readonly RuleSet[], date: string): string =>
  sets
    .filter((set) => inForce(set, date))
    .map(({ id, version }) => `${id} ${version}`)
    .join('\n');

/** One name for rule sets that hold together: CO-2300, or US-MA+US-REGF. */
export const keyOf = (sets: readonly RuleSet[]): string => sets.map((set) => set.id).join('+');
export const versionOf = (sets: readonly RuleSet[]): string => sets.map((set) => set.version).join('+');

/** A clause with what is told about it when it excludes somebody. */
export interface KnownClause extends Clause {
  rule: string;
  setId: string;
  version: string;
  status: RuleStatus;
  source: string;
}

/**
 * Numbers every use of every governing rule set from `first` on, in the stated order of the rule kinds, so that
 * of an assignment's failures the lowest number is the reason given.
 *
 * @param nameOf what the rule sets of a group are called together
 * @throws RangeError when a rule set uses a rule kind that is not installed (a defect, not a state of data).
 */
export function numberClauses(
  groups: readonly (readonly RuleSet[])[],
  kinds: ReadonlyMap<string, RuleKind>,
  first: number,
  nameOf: (group: readonly RuleSet[]) => string = keyOf,
): KnownClause[] {
  const uses = groups.flatMap((group) =>
    group.flatMap((set) =>
      set.uses.map((use) => {
        const kind = kinds.get(use.rule);
        if (!kind) throw new RangeError(`rule set ${set.id} uses an unknown rule kind: "${use.rule}"`);
        return { set, use, kind, key: nameOf(group) };
      }),
    ),
  );
  return uses
    .toSorted((a, b) => a.kind.order - b.kind.order)
    .map(({ set, use, kind, key }, i) => ({
      clause: first + i,
      ruleSet: key,
      parameters: kind.parameters.parse(use.parameters),
      rule: use.rule,
      setId: set.id,
      version: set.version,
      status: use.status,
      source: use.source,
    }));
}

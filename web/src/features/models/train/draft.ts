/** What a person has filled in of the training form. */
export interface Draft {
  question: Record<string, unknown>;
  /** Ways to learn that are ticked; empty: the usual ones. */
  learners: string[];
  optionsOf: Record<string, Record<string, unknown>>;
  /** Decision dates; empty: all that the data allow. */
  asOf: string[];
  seed: number;
  searchSeconds: number;
  stabilitySeeds: number;
  reasons: { column: string; reason: string }[];
}

export const emptyDraft = (): Draft => ({
  question: {},
  learners: [],
  optionsOf: {},
  asOf: [],
  seed: 1,
  searchSeconds: 0,
  stabilitySeeds: 0,
  reasons: [],
});

/** The ways to learn compared when nobody chose: one that is read as a table and one that finds its own turns. */
const usual = ['scorecard', 'boosted-trees'];

export function usualLearners(known: readonly string[]): string[] {
  const found = usual.filter((id) => known.includes(id));
  return found.length > 0 ? found : known.slice(0, 1);
}

/** What is asked of the server; what was left empty is left out, so that its defaults hold. */
export function requestOf(draft: Draft, known: readonly string[]) {
  const learners = draft.learners.length > 0 ? draft.learners : usualLearners(known);
  const optionsOf = Object.fromEntries(
    Object.entries(draft.optionsOf).filter(
      ([id, options]) => learners.includes(id) && Object.keys(options).length > 0,
    ),
  );
  const reasons = Object.fromEntries(
    draft.reasons
      .map(({ column, reason }) => [column.trim(), reason.trim()] as const)
      .filter(([column, reason]) => column !== '' && reason !== ''),
  );
  const [first = 'scorecard'] = learners;
  return {
    learner: first,
    learners,
    options: optionsOf[first] ?? {},
    optionsOf,
    question: draft.question,
    ...(draft.asOf.length > 0 ? { asOf: draft.asOf } : {}),
    seed: draft.seed,
    searchSeconds: draft.searchSeconds,
    stabilitySeeds: draft.stabilitySeeds,
    reasons,
  };
}

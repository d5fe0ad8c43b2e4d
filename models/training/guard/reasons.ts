/** AUC at which one column alone wants a written reason; and the part of the gain over today's ranking that does. */
export const reasonLimits = { auc: 0.85, partOfGain: 0.6 } as const;

export interface StrongColumn {
  column: string;
  auc: number;
  /** Part of what the model gains over the baseline that the column alone gives; null where it gains nothing. */
  partOfGain: number | null;
}

/**
 * Columns whose strength wants a written reason why they are known in time: each with an AUC above .85 alone, and the
 * strongest of all where it alone gives over 60 % of what the model gains over the baseline. Strongest first.
 *
 * @param alone AUC of each column alone, the better direction
 */
export function strongColumns(
  alone: Readonly<Record<string, number | null>>,
  model: number | null,
  baseline: { column: string; auc: number | null },
): StrongColumn[] {
  const below = baseline.auc ?? 0.5;
  const gained = (model ?? 0) - below;
  const ranked = Object.entries(alone)
    .flatMap(([column, auc]) =>
      auc === null || column === baseline.column
        ? []
        : [{ column, auc, partOfGain: gained > 0 ? (auc - below) / gained : null }],
    )
    .sort((a, b) => b.auc - a.auc);
  return ranked.filter(
    ({ auc, partOfGain }, place) =>
      auc > reasonLimits.auc || (place === 0 && partOfGain !== null && partOfGain > reasonLimits.partOfGain),
  );
}

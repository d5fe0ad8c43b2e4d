import type { FeatureColumn } from '../../features/feature.ts';
import type { NamedFamily } from '../../sql/features.ts';
import type { Text } from '../../text/text.ts';

/** What a condition may name in one workspace, besides the columns that every one has. */
export interface Vocabulary {
  /** Models that gave scores on the date. */
  models: readonly string[];
  /** By `family.column`. */
  features: ReadonlyMap<string, FeatureColumn>;
  /** Arms by experiment that has people drawn. */
  experiments: ReadonlyMap<string, { title: string; arms: readonly string[] }>;
  styles: ReadonlyMap<string, Text>;
  /** Channels somebody is best reached by; none where no model has chosen. */
  channels: readonly string[];
}

/** Nothing but columns and flags, and the scores of some models. */
export const plainVocabulary = (models: readonly string[] = []): Vocabulary => ({
  models,
  features: new Map(),
  experiments: new Map(),
  styles: new Map(),
  channels: [],
});

/** The features of families, each by the name a condition gives it. */
export const featuresOf = (families: readonly NamedFamily[]): Map<string, FeatureColumn> =>
  new Map(
    families.flatMap(({ id, family }) =>
      family.columns.map((column) => [`${id}.${column.name}`, column] as const),
    ),
  );

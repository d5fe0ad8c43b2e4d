import { matchPath } from '../router/match.ts';
import type { Feature, Screen } from './feature.ts';

const found = import.meta.glob<{ default: Feature }>('./*/index.ts', { eager: true });

export const features: readonly Feature[] = Object.values(found)
  .map((module) => module.default)
  .sort((a, b) => a.order - b.order);

const homeOf = (feature: Feature): string | undefined => feature.under ?? feature.screens[0]?.path;

/** Those of the navigation: each leads a group, most often of itself alone. */
export const leaders: readonly Feature[] = features.filter((feature) => !feature.under);

/** A feature and those beside it, the leader first. */
export const groupOf = (feature: Feature): readonly Feature[] =>
  features
    .filter((other) => homeOf(other) === homeOf(feature))
    .sort((a, b) => Number(Boolean(a.under)) - Number(Boolean(b.under)));

/** The screen an address leads to, with the feature it belongs to. */
export function find(
  path: string,
): { feature: Feature; screen: Screen; params: Record<string, string> } | null {
  for (const feature of features)
    for (const one of feature.screens) {
      const params = matchPath(one.path, path);
      if (params) return { feature, screen: one, params };
    }
  return null;
}

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

/** The screen an address leads to, with the feature it belongs to; of two that fit, the one with fewer open places. */
export function find(
  path: string,
): { feature: Feature; screen: Screen; params: Record<string, string> } | null {
  const fitting = features.flatMap((feature) =>
    feature.screens.flatMap((screen) => {
      const params = matchPath(screen.path, path);
      return params ? [{ feature, screen, params }] : [];
    }),
  );
  const open = ({ params }: { params: Record<string, string> }) => Object.keys(params).length;
  return fitting.toSorted((a, b) => open(a) - open(b))[0] ?? null;
}

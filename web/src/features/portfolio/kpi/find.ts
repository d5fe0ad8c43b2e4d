import type { Component } from 'svelte';
import type { TileProps } from '../board.svelte.ts';

const files = import.meta.glob<{ default: Component<TileProps> }>('../tiles/*.svelte');

/** How each KPI is drawn: one file of `tiles/` a KPI, fetched when it is about to be seen. */
const tiles = new Map(
  Object.entries(files).map(([path, read]) => [path.replace(/^.*\/|\.svelte$/g, ''), read] as const),
);

/** The drawing of a KPI, or null where it has none of its own. */
export const tileOf = async (kpi: string): Promise<Component<TileProps> | null> =>
  (await tiles.get(kpi)?.())?.default ?? null;

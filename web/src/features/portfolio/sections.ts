/** Where each KPI stands on the page and the room it takes, in rem; one that is not named here comes last. */
export interface Place {
  kpi: string;
  height: number;
  wide?: boolean;
}

export const sections = [
  {
    id: 'state',
    places: [
      { kpi: 'ageing', height: 27.5, wide: true },
      { kpi: 'concentration', height: 33.5, wide: true },
    ],
  },
  {
    id: 'moves',
    places: [
      { kpi: 'roll-rates', height: 38, wide: true },
      { kpi: 'net-rolls', height: 45 },
      { kpi: 'flow-to-loss', height: 45 },
      { kpi: 'cure', height: 37.5 },
      { kpi: 'markov-check', height: 37.5 },
    ],
  },
  {
    id: 'back',
    places: [
      { kpi: 'vintages', height: 62, wide: true },
      { kpi: 'recovery', height: 26, wide: true },
      { kpi: 'promises', height: 27, wide: true },
    ],
  },
  {
    id: 'reach',
    places: [
      { kpi: 'contacts', height: 31, wide: true },
      { kpi: 'complaints', height: 44, wide: true },
      { kpi: 'cost-to-collect', height: 26, wide: true },
    ],
  },
] as const satisfies readonly { id: string; places: readonly Place[] }[];

export type SectionId = (typeof sections)[number]['id'] | 'other';

/** Every KPI of the server in its section; those the page does not know stand together at the end. */
export function placed<K extends { id: string }>(
  kpis: readonly K[],
): { id: SectionId; tiles: { kpi: K; height: number; wide: boolean }[] }[] {
  const named = new Set<string>(sections.flatMap(({ places }) => places.map(({ kpi }) => kpi)));
  const known = sections.map(({ id, places }) => ({
    id: id as SectionId,
    tiles: places.flatMap((place: Place) =>
      kpis
        .filter((kpi) => kpi.id === place.kpi)
        .map((kpi) => ({ kpi, height: place.height, wide: place.wide ?? false })),
    ),
  }));
  const others = kpis.filter(({ id }) => !named.has(id)).map((kpi) => ({ kpi, height: 30, wide: false }));
  return [...known, { id: 'other' as const, tiles: others }].filter(({ tiles }) => tiles.length);
}

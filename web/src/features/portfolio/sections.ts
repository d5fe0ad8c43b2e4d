/** Where each KPI stands on the page and the room it takes, in rem; one that is not named here comes last. */
export interface Place {
  kpi: string;
  height: number;
  /** The same, where the portfolio has one currency only. */
  single?: number;
  /** More for each month, where months stand under one another. */
  perMonth?: number;
  /** On a narrow screen: of what is there once, and of each currency. */
  narrow: readonly [number, number];
  wide?: boolean;
}

export const sections = [
  {
    id: 'state',
    places: [
      { kpi: 'ageing', height: 27.5, single: 33.5, narrow: [22, 12], wide: true },
      { kpi: 'concentration', height: 31.5, single: 24.5, narrow: [22, 17], wide: true },
    ],
  },
  {
    id: 'moves',
    places: [
      { kpi: 'roll-rates', height: 38, narrow: [73, 0], wide: true },
      { kpi: 'net-rolls', height: 45, single: 42, narrow: [75, 0] },
      { kpi: 'flow-to-loss', height: 45, single: 42, narrow: [44, 0] },
      { kpi: 'cure', height: 38, narrow: [57, 0] },
      { kpi: 'markov-check', height: 38, narrow: [42, 0] },
    ],
  },
  {
    id: 'back',
    places: [
      { kpi: 'vintages', height: 36.2, perMonth: 1.5, narrow: [90, 0], wide: true },
      { kpi: 'recovery', height: 26, single: 33, narrow: [21, 9.7], wide: true },
      { kpi: 'promises', height: 27, narrow: [46.5, 0], wide: true },
    ],
  },
  {
    id: 'reach',
    places: [
      { kpi: 'contacts', height: 31, narrow: [36, 0], wide: true },
      { kpi: 'complaints', height: 44, narrow: [86, 0], wide: true },
      { kpi: 'cost-to-collect', height: 26, single: 33, narrow: [20, 9.7], wide: true },
    ],
  },
] as const satisfies readonly { id: string; places: readonly Place[] }[];

export type SectionId = (typeof sections)[number]['id'] | 'other';

export interface Placed<K> {
  kpi: K;
  height: number;
  narrow: number;
  wide: boolean;
}

const unnamed = { height: 38, narrow: [40, 0], wide: true } as const;

/** What makes tiles higher or lower. */
export interface Extent {
  currencies: number;
  months: number;
}

/** Every KPI of the server in its section; those the page does not know stand together at the end. */
export function placed<K extends { id: string }>(
  kpis: readonly K[],
  { currencies, months }: Extent,
): { id: SectionId; tiles: Placed<K>[] }[] {
  const named = new Set<string>(sections.flatMap(({ places }) => places.map(({ kpi }) => kpi)));
  const put = (
    kpi: K,
    { height, single = height, perMonth = 0, narrow, wide = false }: Omit<Place, 'kpi'>,
  ): Placed<K> => ({
    kpi,
    height: (currencies === 1 ? single : height) + perMonth * months,
    narrow: narrow[0] + narrow[1] * currencies + perMonth * months,
    wide,
  });
  const known = sections.map(({ id, places }) => ({
    id: id as SectionId,
    tiles: places.flatMap((place: Place) =>
      kpis.filter((kpi) => kpi.id === place.kpi).map((kpi) => put(kpi, place)),
    ),
  }));
  const others = kpis.filter(({ id }) => !named.has(id)).map((kpi) => put(kpi, unnamed));
  return [...known, { id: 'other' as const, tiles: others }].filter(({ tiles }) => tiles.length);
}

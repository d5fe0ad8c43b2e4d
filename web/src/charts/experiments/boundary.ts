import { frame, type Layer, mark, type Pens, type Spec, spread } from '../chart.ts';

export interface BoundaryLook {
  /** Place along the line: information found, or planned. */
  at: number;
  /** Written under it: look 3, and its date. */
  name: string;
  date: string;
  state: 'done' | 'next' | 'planned';
  upper: number | null;
  lower: number | null;
  futility: number | null;
}

export interface BoundaryPoint {
  arm: string;
  at: number;
  z: number;
  crossed: boolean;
  colour: number;
}

export interface BoundaryWords {
  description: string;
  upper: string;
  lower: string;
  futility: string;
}

/** Standardised difference at each look against the boundaries set beforehand; the next look is marked. */
export function boundary(
  looks: readonly BoundaryLook[],
  points: readonly BoundaryPoint[],
  words: BoundaryWords,
  pens: Pens,
  { small = false, height = small ? 64 : 250 }: { small?: boolean; height?: number } = {},
): Spec {
  const { palette } = pens;
  const lines = (['upper', 'lower', 'futility'] as const).map((side) => ({
    side,
    values: looks.flatMap((look) => {
      const z = look[side];
      return z === null ? [] : [{ at: look.at, z, text: words[side] }];
    }),
  }));
  const highest = Math.max(
    2.4,
    ...points.map(({ z }) => Math.abs(z) + 0.5),
    ...lines.flatMap(({ values }) => (values.length ? [Math.abs(values.at(-1)?.z ?? 0) + 0.9] : [])),
  );
  const oneSided = looks.every(({ lower }) => lower === null) && points.every(({ z }) => z > -1.5);
  const domain = [oneSided ? -1.5 : -highest, highest];
  const x = {
    field: 'at',
    type: 'quantitative',
    scale: { domain: [Math.min(0.1, looks[0]?.at ?? 0) / 2, 1], nice: false, clamp: true },
    axis: { title: null, labels: false, domain: !small },
  };
  const y = {
    field: 'z',
    type: 'quantitative',
    scale: { domain, nice: false },
    axis: small
      ? null
      : {
          title: null,
          tickCount: 5,
          grid: true,
          labelExpr: "datum.value === 0 ? '0' : format(datum.value, '+~f')",
        },
  };
  const values = points.map((point) => ({
    ...point,
    ink: palette.arms[point.colour % palette.arms.length],
  }));
  const ink = { field: 'ink', type: 'nominal', scale: null };
  const last = [...new Set(points.map(({ arm }) => arm))].flatMap((arm) =>
    values
      .filter((point) => point.arm === arm)
      .sort((a, b) => a.at - b.at)
      .slice(-1),
  );
  const places = spread(
    last.map(({ z }) => z),
    (18 * ((domain[1] as number) - (domain[0] as number))) / height,
  );
  const next = looks.find(({ state }) => state === 'next');
  const under = (field: 'name' | 'date', dy: number, color: string): Layer => ({
    data: { values: few(looks) },
    mark: { type: 'text', baseline: 'top', dy, color },
    encoding: { x, y: { value: 'height' }, text: { field } },
  });
  return frame(pens, {
    description: words.description,
    height,
    right: 4,
    layer: [
      mark(pens, 'y', 0),
      ...(next
        ? [
            {
              data: { values: [next] },
              mark: { type: 'rule', color: palette.accent, strokeWidth: 1, strokeDash: [2, 3] },
              encoding: { x },
            } as Layer,
          ]
        : []),
      ...lines.flatMap(({ side, values: own }) =>
        own.length === 0
          ? []
          : [
              {
                data: { values: own },
                mark: {
                  type: 'line',
                  clip: true,
                  color: palette.soft,
                  strokeWidth: 1.25,
                  strokeDash: side === 'futility' ? [1, 3] : [5, 4],
                },
                encoding: { x, y },
              },
              ...(small
                ? []
                : [
                    {
                      data: { values: own.slice(-1) },
                      mark: {
                        type: 'text',
                        align: 'right',
                        dy: side === 'lower' ? 14 : -12,
                        color: palette.soft,
                      },
                      encoding: { x, y, text: { field: 'text' } },
                    },
                  ]),
            ],
      ),
      {
        data: { values },
        mark: { type: 'line', strokeWidth: 2.25 },
        encoding: { x, y, detail: { field: 'arm', type: 'nominal' }, color: ink },
      },
      {
        data: { values: last },
        mark: { type: 'point', size: small ? 36 : 90, strokeWidth: 2.25, opacity: 1 },
        encoding: {
          x,
          y,
          stroke: ink,
          fill: { condition: { test: 'datum.crossed', ...ink }, value: palette.paper },
        },
      },
      ...(small
        ? []
        : [
            {
              data: { values: last.map((point, i) => ({ ...point, z: places[i] })) },
              mark: { type: 'text', align: 'left', dx: 11, fontWeight: 600 },
              encoding: { x, y, text: { field: 'arm' } },
            },
            under('name', 8, palette.ink),
            under('date', 25, palette.soft),
          ]),
    ],
  });
}

/** Looks that a short axis has room to name: the last done, the next, the last, and some between. */
function few(looks: readonly BoundaryLook[]): BoundaryLook[] {
  const every = Math.max(1, Math.ceil(looks.length / 5));
  return looks.filter(
    ({ state }, i) => (looks.length - 1 - i) % every === 0 || (state === 'next' && every < 3),
  );
}

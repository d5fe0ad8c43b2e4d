import type { Look } from '#core/contract/experiments/results.ts';

export interface SparkLine {
  arm: string;
  path: string;
  /** Where it has got to. */
  x: number;
  y: number;
  crossed: boolean;
}

export interface Spark {
  zero: number;
  upper: string;
  lower: string;
  /** Where the next look stands; null when none is left. */
  next: number | null;
  lines: SparkLine[];
}

/** Boundaries and how far each arm has got, on a strip: the chart of boundaries for a glance. */
export function spark(looks: readonly Look[], width: number, height: number): Spark {
  const at = (look: Look) => Math.min(1, (look.state === 'done' ? look.information : null) ?? look.planned);
  const zs = looks.flatMap(({ arms }) => arms.flatMap(({ z }) => (z === null ? [] : [Math.abs(z)])));
  const last = looks.at(-1)?.boundary.upper ?? 2;
  const top = Math.max(last + 1.2, ...zs.map((z) => z + 0.4));
  const x = (look: Look) => round(width * at(look));
  const y = (z: number) => round((height * (top - Math.max(-top, Math.min(top, z)))) / (2 * top));
  const side = (name: 'upper' | 'lower') =>
    path(
      looks.flatMap((look) => {
        const z = look.boundary[name];
        return z === null ? [] : [[x(look), y(z)] as const];
      }),
    );
  const next = looks.find(({ state }) => state === 'next');
  const names = [...new Set(looks.flatMap(({ arms }) => arms.map(({ arm }) => arm)))];
  return {
    zero: y(0),
    upper: side('upper'),
    lower: side('lower'),
    next: next ? x(next) : null,
    lines: names.flatMap((arm): SparkLine[] => {
      const seen = looks.flatMap((look) => {
        const one = look.arms.find((other) => other.arm === arm);
        return one && one.z !== null ? [{ x: x(look), y: y(one.z), crossed: one.crossed }] : [];
      });
      const end = seen.at(-1);
      if (!end) return [];
      return [
        {
          arm,
          path: path([[0, y(0)], ...seen.map((point) => [point.x, point.y] as const)]),
          x: end.x,
          y: end.y,
          crossed: end.crossed === 'better' || end.crossed === 'worse',
        },
      ];
    }),
  };
}

const round = (value: number): number => Math.round(value * 10) / 10;
const path = (points: readonly (readonly [number, number])[]): string =>
  points.map(([x, y], i) => `${i ? 'L' : 'M'}${x} ${y}`).join('');

import type { Palette } from '../chart.ts';

type Rgb = readonly [number, number, number];

/** Red, green and blue of `#rrggbb` or `rgb(r, g, b)`, from 0 to 255. */
function rgbOf(colour: string): Rgb {
  const hex = /^#(..)(..)(..)$/.exec(colour);
  const parts = hex
    ? hex.slice(1).map((pair) => Number.parseInt(pair, 16))
    : (colour.match(/[\d.]+/g) ?? []).map(Number);
  return [parts[0] ?? 0, parts[1] ?? 0, parts[2] ?? 0];
}

/** Relative luminance, as WCAG 2.2 defines it. */
const luminance = (rgb: Rgb): number => {
  const [r, g, b] = rgb.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as unknown as Rgb;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};

const contrast = (a: Rgb, b: Rgb): number => {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (high + 0.05) / (low + 0.05);
};

/** How far up the ramp of amounts the paper's colour becomes easier to read on it than the ink: 0 to 1. */
export function turningPoint({ ramp, ink, sheet }: Palette): number {
  const [from, to] = [rgbOf(ramp[0]), rgbOf(ramp[1])];
  const steps = 100;
  for (let step = 0; step <= steps; step += 1) {
    const at = from.map((part, i) => part + ((to[i] as number) - part) * (step / steps)) as unknown as Rgb;
    if (contrast(at, rgbOf(sheet)) > contrast(at, rgbOf(ink))) return step / steps;
  }
  return 1;
}

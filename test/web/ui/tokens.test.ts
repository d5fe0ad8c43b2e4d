import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync(new URL('../../../web/src/ui/look/tokens.css', import.meta.url), 'utf8');
const colours = [...css.matchAll(/--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)].map(
  ([, name, light, dark]) => ({ name: name as string, light: light as string, dark: dark as string }),
);
type Theme = 'light' | 'dark';
const colour = (name: string, theme: Theme): string => {
  const found = colours.find((one) => one.name === name);
  if (!found) throw new Error(name);
  return found[theme];
};

type Triple = [number, number, number];
const linear = (hex: string): Triple =>
  [1, 3, 5].map((at) => {
    const c = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  }) as Triple;
const luminance = (hex: string): number => {
  const [r, g, b] = linear(hex);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
/** WCAG 2.2 contrast ratio. */
const contrast = (a: string, b: string): number => {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (high + 0.05) / (low + 0.05);
};

/** Machado, Oliveira, Fernandes 2009 (IEEE TVCG 15:1291), severity 1, on linear RGB. */
const seenBy: Record<string, readonly number[]> = {
  everybody: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  deuteranopes: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
  protanopes: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
};
function lab(hex: string, who: string): Triple {
  const given = linear(hex);
  const m = seenBy[who] as readonly number[];
  const [r, g, b] = [0, 1, 2].map((row) => {
    const sum = m[row * 3]! * given[0] + m[row * 3 + 1]! * given[1] + m[row * 3 + 2]! * given[2];
    return Math.max(0, Math.min(1, sum));
  }) as Triple;
  const f = (t: number) => (t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116);
  const x = f((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505);
  const y = f(0.2126 * r + 0.7152 * g + 0.0722 * b);
  const z = f((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}
const distance = (a: string, b: string, who: string): number =>
  Math.hypot(...lab(a, who).map((v, i) => v - lab(b, who)[i]!));

const pairs = (names: readonly string[]): [string, string][] =>
  names.flatMap((a, i) => names.slice(i + 1).map((b): [string, string] => [a, b]));

describe.each<Theme>(['light', 'dark'])('%s', (theme) => {
  it.each(
    ['ink', 'soft', 'accent', 'good', 'warn', 'harm'].flatMap((text) =>
      ['paper', 'sheet', ...(text === 'ink' || text === 'soft' ? ['shade'] : [])].map((ground) => [
        text,
        ground,
      ]),
    ) as [string, string][],
  )('%s is read on %s', (text, ground) => {
    expect(contrast(colour(text, theme), colour(ground, theme))).toBeGreaterThan(4.5);
  });

  it.each(['accent', 'good', 'warn', 'harm'])('%s is read on its own soft ground', (name) => {
    expect(contrast(colour(name, theme), colour(`${name}-soft`, theme))).toBeGreaterThan(4.5);
  });

  it('edges of controls and buttons stand out', () => {
    expect(contrast(colour('edge', theme), colour('sheet', theme))).toBeGreaterThan(3);
    expect(contrast(colour('on-accent', theme), colour('accent', theme))).toBeGreaterThan(4.5);
  });

  it.each(Object.keys(seenBy))('meanings are told apart by %s', (who) => {
    for (const [a, b] of pairs(['accent', 'good', 'warn', 'harm']))
      expect(distance(colour(a, theme), colour(b, theme), who), `${a} ${b}`).toBeGreaterThan(25);
  });

  it.each(Object.keys(seenBy))('control and the first two arms are told apart by %s', (who) => {
    for (const [a, b] of pairs(['arm-0', 'arm-1', 'arm-2']))
      expect(distance(colour(a, theme), colour(b, theme), who), `${a} ${b}`).toBeGreaterThan(20);
  });
});

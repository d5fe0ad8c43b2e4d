import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { home } from '#server/config.ts';
import type { Palette } from '../../../web/src/charts/chart.ts';

export type Theme = 'light' | 'dark';

const names = ['paper', 'sheet', 'ink', 'soft', 'line', 'rule', 'accent', 'good', 'warn', 'harm'] as const;

/** The product's sizes and colours: the style sheet of the page is their only source. */
export const tokens = (): string =>
  readFileSync(join(home, 'web/src/ui/look/tokens.css'), 'utf8').replaceAll(/@font-face\s*\{[^}]*\}/g, '');

/** The colours a chart is drawn with in one theme. */
export function paletteOf(theme: Theme): Palette {
  const found = new Map<string, string>();
  for (const [, name, light, dark] of tokens().matchAll(/--([\w-]+):\s*light-dark\(([^,]+),\s*([^)]+)\)/g))
    found.set(name!, (theme === 'light' ? light! : dark!).trim());
  const colour = (name: string): string => {
    const value = found.get(name);
    if (!value) throw new Error(`tokens.css has no colour --${name}`);
    return value;
  };
  const single = Object.fromEntries(names.map((name) => [name, colour(name)])) as Record<
    (typeof names)[number],
    string
  >;
  return {
    ...single,
    arms: [0, 1, 2, 3, 4].map((i) => colour(`arm-${i}`)),
    ramp: [colour('ramp-0'), colour('ramp-1')],
  };
}

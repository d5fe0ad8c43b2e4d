import type { Palette } from './chart.ts';

const names = ['paper', 'sheet', 'ink', 'soft', 'line', 'rule', 'accent', 'good', 'warn', 'harm'] as const;

/** The colours the style sheet gives in the present theme; the style sheet is their only source. */
export function readPalette(document: Document): Palette {
  const probe = document.createElement('span');
  document.body.append(probe);
  const read = (name: string): string => {
    probe.style.color = `var(--${name})`;
    return getComputedStyle(probe).color;
  };
  const single = Object.fromEntries(names.map((name) => [name, read(name)])) as Record<
    (typeof names)[number],
    string
  >;
  const palette: Palette = {
    ...single,
    arms: [0, 1, 2, 3, 4].map((i) => read(`arm-${i}`)),
    ramp: [read('ramp-0'), read('ramp-1')],
  };
  probe.remove();
  return palette;
}

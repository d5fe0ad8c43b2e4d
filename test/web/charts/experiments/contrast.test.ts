import { expect, it } from 'vitest';
import type { Palette } from '../../../../web/src/charts/chart.ts';
import { turningPoint } from '../../../../web/src/charts/experiments/contrast.ts';

const palette = (ink: string, sheet: string, ramp: readonly [string, string]) =>
  ({ ink, sheet, ramp }) as unknown as Palette;

it('is where black and white are equally easy to read: at a luminance of 0.179', () => {
  // sRGB 117.6 of 255 has that luminance; the ramp runs from white down to black.
  const point = turningPoint(palette('#000000', '#ffffff', ['#ffffff', '#000000']));
  expect(point).toBeCloseTo(1 - 117.6 / 255, 1);
});

it.each([
  ['light', '#1b2126', '#ffffff', ['#e9edf0', '#1d5d8c']],
  ['dark', 'rgb(233, 231, 226)', 'rgb(27, 33, 37)', ['rgb(38, 48, 56)', 'rgb(130, 187, 230)']],
] as const)('lies well inside the ramp of the %s theme', (_theme, ink, sheet, ramp) => {
  const point = turningPoint(palette(ink, sheet, ramp));
  expect(point).toBeGreaterThan(0.3);
  expect(point).toBeLessThan(0.9);
});

it('is the end where the ink is always easier to read', () => {
  expect(turningPoint(palette('#000000', '#ffffff', ['#ffffff', '#eeeeee']))).toBe(1);
});

import { frame, type Layer, type Pens, type Spec, write } from '../chart.ts';

export interface Step {
  label: string;
  /** What it adds, in points. */
  points: number;
}

export interface WaterfallWords {
  description: string;
  start: string;
  end: string;
}

/**
 * From the average to one account, a step for each reason: to the right it raises, to the left it lowers. Names and
 * figures stand above each step, so that it has the whole width at any size.
 */
export function waterfall(steps: readonly Step[], words: WaterfallWords, pens: Pens): Spec {
  const { palette } = pens;
  const f = write(pens);
  let at = 0;
  const rows = steps.map((step, i) => {
    const from = at;
    at += step.points;
    const ink = step.points < 0 ? palette.warn : palette.accent;
    return { ...step, place: String(i + 1), from, to: at, ink, text: f.signed(step.points, 0) };
  });
  const totals = [
    { place: '0', to: 0, label: words.start, text: '' },
    { place: String(rows.length + 1), to: at, label: words.end, text: f.signed(at, 0) },
  ];
  const every = [totals[0]!, ...rows, totals[1]!];
  const y = {
    field: 'place',
    type: 'nominal',
    sort: null,
    axis: null,
    scale: { domain: every.map(({ place }) => place), paddingInner: 0, paddingOuter: 0 },
  };
  const ends = every.map(({ to }) => to);
  const [low, high] = [Math.min(...ends), Math.max(...ends)];
  const room = Math.max(1, high - low) * 0.04;
  const x = {
    field: 'from',
    type: 'quantitative',
    scale: { domain: [low - room, high + room], nice: false },
    axis: { title: null, tickCount: 5, format: '+.0f', grid: true },
  };
  const above = (end: boolean): Layer => ({
    data: { values: every.map(({ place, label, text }) => ({ place, label, text })) },
    mark: {
      type: 'text',
      align: end ? 'right' : 'left',
      dy: -11,
      limit: end ? 60 : { expr: 'width - 56' },
      color: palette.ink,
      ...(end ? { fontWeight: 600 } : {}),
    },
    encoding: { y, x: { value: end ? 'width' : 0 }, text: { field: end ? 'text' : 'label' } },
  });
  return frame(pens, {
    description: words.description,
    height: 42 * every.length + 30,
    layer: [
      {
        data: { values: rows },
        mark: { type: 'bar', height: 10, yOffset: 7 },
        encoding: { y, x, x2: { field: 'to' }, color: { field: 'ink', type: 'nominal', scale: null } },
      },
      {
        data: { values: totals },
        mark: { type: 'point', filled: true, size: 90, yOffset: 7, color: palette.ink, opacity: 1 },
        encoding: { y, x: { ...x, field: 'to' } },
      },
      above(false),
      above(true),
    ],
  });
}

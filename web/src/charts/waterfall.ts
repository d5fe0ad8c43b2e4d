import { frame, type Pens, type Spec, write } from './chart.ts';

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

/** From the average to one account, a step for each reason: to the right it raises, to the left it lowers. */
export function waterfall(steps: readonly Step[], words: WaterfallWords, pens: Pens): Spec {
  const { palette } = pens;
  const f = write(pens);
  let at = 0;
  const rows = steps.map((step, i) => {
    const from = at;
    at += step.points;
    return {
      ...step,
      place: String(i + 1),
      from,
      to: at,
      ink: step.points < 0 ? palette.warn : palette.accent,
      text: f.signed(step.points, 0),
      end: Math.max(from, at),
    };
  });
  const last = String(rows.length + 1);
  const totals = [
    { place: '0', to: 0, label: words.start },
    { place: last, to: at, label: words.end },
  ];
  const ends = [0, ...rows.map(({ to }) => to)];
  const [low, high] = [Math.min(...ends), Math.max(...ends)];
  const room = Math.max(1, high - low) * 0.16;
  const domain = ['0', ...rows.map(({ place }) => place), last];
  const named = new Map([...totals, ...rows].map(({ place, label }) => [place, label]));
  const y = {
    field: 'place',
    type: 'nominal',
    sort: domain,
    scale: { domain, padding: 0.3 },
    axis: {
      title: null,
      grid: false,
      labelLimit: 230,
      labelExpr: `${JSON.stringify(Object.fromEntries(named))}[datum.value]`,
    },
  };
  const x = {
    field: 'from',
    type: 'quantitative',
    scale: { domain: [low - room * 0.4, high + room], nice: false },
    axis: { title: null, tickCount: 5, format: '+.0f', grid: true },
  };
  const tooltip = [
    { field: 'label', title: ' ' },
    { field: 'text', title: '  ' },
  ];
  return frame(pens, {
    description: words.description,
    height: 30 * domain.length + 36,
    layer: [
      {
        data: { values: rows },
        mark: { type: 'bar', height: { band: 0.8 } },
        encoding: {
          y,
          x,
          x2: { field: 'to' },
          color: { field: 'ink', type: 'nominal', scale: null },
          tooltip,
        },
      },
      {
        data: { values: rows },
        mark: { type: 'text', align: 'left', dx: 5 },
        encoding: { y, x: { ...x, field: 'end' }, text: { field: 'text' } },
      },
      {
        data: { values: totals },
        mark: { type: 'point', filled: true, size: 90, color: palette.ink, opacity: 1 },
        encoding: { y, x: { ...x, field: 'to' } },
      },
    ],
  });
}

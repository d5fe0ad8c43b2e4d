import { frame, type Pens, type Spec, write } from './chart.ts';

/** What came back of one kind on one day. */
export interface EventDay {
  label: string;
  day: string;
  events: number;
  shown: string;
}

const dayMs = 86_400_000;

/** Every day from the first to the last, those without events too. */
function daysBetween(sorted: readonly string[]): string[] {
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (!first || !last) return [];
  const from = Date.parse(`${first}T00:00:00Z`);
  const count = Math.round((Date.parse(`${last}T00:00:00Z`) - from) / dayMs) + 1;
  return Array.from({ length: count }, (_, i) => new Date(from + i * dayMs).toISOString().slice(0, 10));
}

/** Days from left to right, one line for each kind; a stronger colour is more, within the kind. A day without events is left blank. */
export function eventDays(
  cells: readonly EventDay[],
  words: { description: string; figure: string },
  pens: Pens,
): Spec {
  const { palette } = pens;
  const f = write(pens);
  const labels = [...new Set(cells.map(({ label }) => label))];
  const most = new Map(
    labels.map((label) => [
      label,
      Math.max(...cells.filter((one) => one.label === label).map((one) => one.events)),
    ]),
  );
  const days = daysBetween(cells.map(({ day }) => day).sort());
  const every = Math.ceil(days.length / 5);
  const named = days.filter((_, i) => (days.length - 1 - i) % every === 0).map((day) => f.date(day));
  const values = cells.map((cell) => ({
    ...cell,
    at: f.date(cell.day),
    value: cell.events / (most.get(cell.label) ?? 1),
  }));
  return frame(pens, {
    description: words.description,
    height: 30 * labels.length + 34,
    layer: [
      {
        data: { values },
        mark: { type: 'rect', cornerRadius: 1.5 },
        encoding: {
          x: {
            field: 'at',
            type: 'ordinal',
            sort: days.map((day) => f.date(day)),
            axis: { title: null, labelAngle: 0, labelOverlap: 'greedy', values: named },
            scale: { paddingInner: 0.08, domain: days.map((day) => f.date(day)) },
          },
          y: {
            field: 'label',
            type: 'nominal',
            sort: labels,
            axis: { title: null, grid: false, labelLimit: 220 },
            scale: { paddingInner: 0.16 },
          },
          color: {
            field: 'value',
            type: 'quantitative',
            scale: { domain: [0, 1], range: [...palette.ramp], interpolate: 'lab' },
          },
          tooltip: [
            { field: 'label', title: ' ' },
            { field: 'at', title: '  ' },
            { field: 'shown', title: words.figure },
          ],
        },
      },
    ],
  });
}

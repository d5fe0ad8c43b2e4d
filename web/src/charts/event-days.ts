import { type Pens, type Spec, write } from './chart.ts';
import { type HeatWords, heatGrid } from './heat-grid.ts';

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
export function eventDays(cells: readonly EventDay[], words: HeatWords, pens: Pens): Spec {
  const f = write(pens);
  const most = new Map<string, number>();
  for (const { label, events } of cells) most.set(label, Math.max(events, most.get(label) ?? 0));
  return heatGrid(
    cells.map((cell) => ({
      ...cell,
      at: f.date(cell.day),
      value: cell.events / (most.get(cell.label) || 1),
    })),
    daysBetween(cells.map(({ day }) => day).sort()).map((day) => f.date(day)),
    words,
    pens,
  );
}

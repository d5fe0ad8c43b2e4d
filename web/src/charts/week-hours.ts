import { frame, type Pens, type Spec, write } from './chart.ts';

export interface WeekHour {
  date: string;
  hour: number;
  people: number;
}

export interface WeekWords {
  description: string;
  hour: string;
  people: string;
}

/** People who could be written to, by day and hour; hours in which nobody could stay empty. */
export function weekHours(
  hours: readonly WeekHour[],
  dates: readonly string[],
  nameOf: (date: string) => string,
  words: WeekWords,
  pens: Pens,
): Spec {
  const { palette } = pens;
  const f = write(pens);
  const most = Math.max(1, ...hours.map(({ people }) => people));
  const days = dates.map(nameOf);
  const rows = hours.map((one) => ({
    ...one,
    until: one.hour + 1,
    day: nameOf(one.date),
    span: `${one.hour}–${one.hour + 1} h`,
    text: f.integer(one.people),
  }));
  const y = {
    field: 'day',
    type: 'nominal',
    sort: days,
    scale: { domain: days, paddingInner: 0.12 },
    axis: { title: null, domain: false },
  };
  const x = {
    field: 'hour',
    type: 'quantitative',
    scale: { domain: [0, 24], nice: false },
    axis: { title: words.hour, values: [0, 4, 8, 12, 16, 20, 24], format: 'd' },
  };
  return frame(pens, {
    description: words.description,
    height: 30 * days.length + 46,
    right: 14,
    layer: [
      {
        data: { values: days.map((day) => ({ day, hour: 0, until: 24 })) },
        mark: { type: 'rect', color: palette.line, opacity: 0.35 },
        encoding: { x, x2: { field: 'until' }, y },
      },
      {
        data: { values: rows },
        mark: { type: 'rect', stroke: palette.sheet, strokeWidth: 1 },
        encoding: {
          x,
          x2: { field: 'until' },
          y,
          color: {
            field: 'people',
            type: 'quantitative',
            scale: { domain: [0, most], range: [...palette.ramp] },
          },
          tooltip: [
            { field: 'day', title: ' ' },
            { field: 'span', title: words.hour },
            { field: 'text', title: words.people },
          ],
        },
      },
    ],
  });
}

import { frame, type Layer, type Palette, type Pens, type Spec } from './chart.ts';

/** tick: an amount; reached, spoken, failed, open: how an attempt went; good, harm: how something ended. */
export type EventMark = 'tick' | 'reached' | 'spoken' | 'failed' | 'open' | 'good' | 'harm';

export interface LaneEvent {
  at: string;
  /** Where it ends, for what lasts. */
  until?: string;
  mark: EventMark;
  text?: string;
  tip: string;
}
export interface Lane {
  id: string;
  title: string;
  events: readonly LaneEvent[];
}
export interface BalancePanel {
  currency: string;
  title: string;
  points: readonly { account: string; asOf: string; balance: number; late: boolean; tip: string }[];
}
export interface TimelineStory {
  description: string;
  today: string;
  todayText: string;
  /** One panel each, since currencies share no axis. */
  currencies: readonly BalancePanel[];
  lanes: readonly Lane[];
}

const panelHeight = 120;
const gap = 26;
const laneHeight = 30;
/** Room for the axis and the words above the plot. */
const around = 56;
/** An amount is written where none stands within this part of the whole time after it; the others are in the tips. */
const apartInTime = 1 / 5;
/** Panels and lanes share the axis of time and nothing else. */
const apart = Object.fromEntries(
  ['y', 'color', 'stroke', 'fill', 'shape'].map((channel) => [channel, 'independent']),
);

/** A place in the plot: the drawing takes from its height what its axis needs. */
type Place = (pixels: number) => { expr: string };
const placeIn =
  (whole: number): Place =>
  (pixels) => ({ expr: `height * ${pixels / whole}` });

const x = { field: 'at', type: 'temporal', scale: { type: 'utc' } };
const tip = [
  { field: 'at', type: 'temporal', title: ' ', format: '%d/%m/%Y', formatType: 'time' },
  { field: 'lane', title: '  ' },
  { field: 'tip', title: '   ' },
];

/** Balances of one currency as steps, one line an account; filled points where the account is late. */
function balances(panel: BalancePanel, top: number, place: Place, palette: Palette): Layer {
  const values = panel.points.map(({ asOf, ...point }) => ({ ...point, at: asOf, lane: point.account }));
  const accounts = [...new Set(values.map(({ account }) => account))].sort();
  const colour = {
    field: 'account',
    type: 'nominal',
    scale: { domain: accounts, range: accounts.map((_, i) => palette.arms[(i + 1) % palette.arms.length]) },
  };
  const highest = Math.max(0, ...values.map(({ balance }) => balance));
  const lowest = Math.min(0, ...values.map(({ balance }) => balance));
  const y = {
    field: 'balance',
    type: 'quantitative',
    scale: { range: [place(top + panelHeight), place(top)], domain: [lowest, highest || 1], nice: false },
    axis: { title: null, orient: 'left', format: '.3~s', tickCount: 3, grid: true, minExtent: 70 },
  };
  const last = accounts.flatMap((account) => values.filter((one) => one.account === account).slice(-1));
  return {
    layer: [
      {
        data: { values },
        mark: { type: 'line', interpolate: 'step-after', strokeWidth: 2 },
        encoding: { x, y, color: colour },
      },
      {
        data: { values },
        mark: { type: 'point', size: 34, strokeWidth: 1.5, opacity: 1 },
        encoding: {
          x,
          y,
          stroke: { condition: { test: 'datum.late', value: palette.warn }, ...colour },
          fill: { condition: { test: 'datum.late', value: palette.warn }, value: palette.paper },
          tooltip: tip,
        },
      },
      ...(accounts.length > 1
        ? [
            {
              data: { values: last },
              mark: { type: 'text', align: 'left', dx: 8, fontSize: 12 },
              encoding: { x, y, text: { field: 'account' }, color: colour },
            },
          ]
        : []),
      {
        data: { values: [{ title: panel.title }] },
        mark: { type: 'text', align: 'left', baseline: 'bottom', color: palette.soft, dy: -6 },
        encoding: { x: { value: 0 }, y: { value: place(top) }, text: { field: 'title' } },
      },
    ],
  };
}

const shapes: Record<EventMark, string> = {
  tick: 'stroke',
  reached: 'circle',
  spoken: 'diamond',
  failed: 'circle',
  open: 'circle',
  good: 'circle',
  harm: 'triangle-up',
};

/** Colour of a mark, and whether it is filled. */
function ink(mark: EventMark, palette: Palette): { stroke: string; fill: string } {
  const colour = {
    tick: palette.good,
    reached: palette.accent,
    spoken: palette.accent,
    failed: palette.harm,
    open: palette.soft,
    good: palette.good,
    harm: palette.harm,
  }[mark];
  return { stroke: colour, fill: mark === 'failed' || mark === 'open' ? palette.paper : colour };
}

/** The events whose amount has room to be written: the last of a lane, and those far enough before one written. */
function roomFor({ lanes, currencies, today }: TimelineStory): Set<LaneEvent> {
  const days = [
    today,
    ...lanes.flatMap(({ events }) => events.map(({ at }) => at)),
    ...currencies.flatMap(({ points }) => points.map(({ asOf }) => asOf)),
  ].sort();
  const least = (Date.parse(days.at(-1) ?? today) - Date.parse(days[0] ?? today)) * apartInTime;
  const written = new Set<LaneEvent>();
  for (const { events } of lanes) {
    let next = Number.POSITIVE_INFINITY;
    for (const event of events.filter(({ text }) => text).reverse()) {
      const at = Date.parse(event.at);
      if (next - at < least) continue;
      written.add(event);
      next = at;
    }
  }
  return written;
}

function lanes(story: TimelineStory, top: number, place: Place, palette: Palette): Layer {
  const given = story.lanes;
  const written = roomFor(story);
  const order = given.map(({ title }) => title);
  const values = given.flatMap(({ title, events }) =>
    events.map((event) => ({
      ...event,
      lane: title,
      shape: shapes[event.mark],
      ...ink(event.mark, palette),
      label: written.has(event) ? (event.text ?? '') : '',
    })),
  );
  const y = {
    field: 'lane',
    type: 'nominal',
    sort: null,
    scale: { domain: order, range: [place(top), place(top + laneHeight * given.length)] },
    axis: { title: null, orient: 'left', grid: true, labelLimit: 110, minExtent: 70 },
  };
  const raw = (field: string) => ({ field, type: 'nominal', scale: null });
  return {
    layer: [
      {
        data: { values: values.filter((one) => one.until) },
        mark: { type: 'rule', strokeWidth: 2 },
        encoding: { x, x2: { field: 'until' }, y, color: raw('stroke'), tooltip: tip },
      },
      {
        data: { values: values.filter((one) => one.mark === 'tick') },
        mark: { type: 'tick', orient: 'vertical', thickness: 2.5, size: 16 },
        encoding: { x, y, color: raw('stroke'), tooltip: tip },
      },
      {
        data: {
          values: values
            .filter((one) => one.mark !== 'tick')
            .map((one) => ({ ...one, at: one.until ?? one.at })),
        },
        mark: { type: 'point', size: 62, strokeWidth: 2, opacity: 1 },
        encoding: { x, y, shape: raw('shape'), stroke: raw('stroke'), fill: raw('fill'), tooltip: tip },
      },
      {
        data: { values: values.filter((one) => one.label) },
        mark: { type: 'text', dy: -13, fontSize: 11, color: palette.soft },
        encoding: { x, y, text: { field: 'label' } },
      },
    ],
  };
}

/**
 * What happened with one person, on one time axis: balances as steps, a panel for each currency, and under them one
 * lane for each kind of event. Filled marks arrived or were kept, hollow ones failed or are open, diamonds are
 * conversations.
 */
export function timeline(story: TimelineStory, pens: Pens): Spec {
  const { palette } = pens;
  const panels = story.currencies.filter(({ points }) => points.length);
  const lanesTop = panels.length * (panelHeight + gap) + (panels.length ? 4 : 0);
  const height = lanesTop + laneHeight * story.lanes.length;
  const place = placeIn(height);
  return frame(pens, {
    description: story.description,
    height: height + around,
    top: 26,
    right: panels.some(({ points }) => new Set(points.map(({ account }) => account)).size > 1) ? 86 : 16,
    extra: { resolve: { scale: apart } },
    layer: [
      ...panels.map((panel, i) => balances(panel, i * (panelHeight + gap), place, palette)),
      ...(story.lanes.length ? [lanes(story, lanesTop, place, palette)] : []),
      {
        layer: [
          {
            data: { values: [{ at: story.today }] },
            mark: { type: 'rule', color: palette.rule, strokeDash: [4, 4] },
            encoding: { x: { ...x, axis: { title: null, tickCount: 6, format: '%m/%y' } } },
          },
          {
            data: { values: [{ at: story.today, text: story.todayText }] },
            mark: { type: 'text', align: 'right', baseline: 'bottom', dx: -2, dy: -6, color: palette.soft },
            encoding: { x, y: { value: 0 }, text: { field: 'text' } },
          },
        ],
      },
    ],
  });
}

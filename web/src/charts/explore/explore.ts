import type { QueryChart } from '#core/contract/query.ts';
import { frame, type Layer, type Pens, type Spec } from '../chart.ts';
import { chartRows, kindOf, type ResultColumn, type ResultRow } from './explore-columns.ts';

export interface ExploreWords {
  description: string;
  count: string;
  /** `Sum of {column}`, by aggregate. */
  aggregate: (aggregate: QueryChart['aggregate'], column: string) => string;
}

/** In a field, Vega reads points and brackets as a path. */
const field = (name: string): string => name.replaceAll(/[.[\]\\'"]/g, '\\$&');
export const rowsName = 'rows';
const labelLength = 24;
const mostUpright = 8;
const mostWritten = 120;
const day = 86_400_000;

interface Axis extends Layer {
  field?: string;
}

/** Draws a result as it was chosen: columns by name on x, y and colour. */
export function explore(
  chart: QueryChart,
  columns: readonly ResultColumn[],
  rows: readonly ResultRow[],
  words: ExploreWords,
  pens: Pens,
): Spec {
  const values = chartRows(columns, rows);
  if (chart.spec) return written(chart.spec, values, words, pens);
  const parts: Parts = { chart, columns, rows, words, pens };
  const { layer, height, right } = layersOf(parts);
  const made = frame(pens, {
    description: words.description,
    height,
    layer,
    right: right ?? 16,
    extra: { data: { name: rowsName, values } },
  });
  const { config, ...rest } = made as unknown as Layer & { config: Layer };
  return { ...rest, config: { ...config, legend: legend(pens) } } as unknown as Spec;
}

/** The same without data and settings, to be changed by hand. */
export function specByHand(made: Spec): Record<string, unknown> {
  const { config: _config, description: _description, ...rest } = made as unknown as Layer;
  return { ...rest, data: { name: rowsName } };
}

function written(spec: Layer, values: Layer[], words: ExploreWords, pens: Pens): Spec {
  const { config } = frame(pens, { description: '', height: 0, layer: [] }) as unknown as { config: Layer };
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    description: words.description,
    width: 'container',
    height: 320,
    ...spec,
    data: { name: rowsName, values },
    config: { ...config, legend: legend(pens) },
  } as unknown as Spec;
}

const legend = ({ palette }: Pens): Layer => ({
  orient: 'top',
  title: null,
  labelColor: palette.soft,
  labelFontSize: 13,
  symbolType: 'square',
  columns: 3,
  labelLimit: 110,
  offset: 4,
});

interface Parts {
  chart: QueryChart;
  columns: readonly ResultColumn[];
  rows: readonly ResultRow[];
  words: ExploreWords;
  pens: Pens;
}

interface Drawing {
  layer: Layer[];
  height: number;
  right?: number;
}

const columnOf = ({ columns }: Parts, name: string): { column: ResultColumn; at: number } => {
  const at = columns.findIndex((column) => column.name === name);
  return { column: columns[at] ?? { name, type: 'VARCHAR' }, at };
};

function layersOf(parts: Parts): Drawing {
  if (parts.chart.kind === 'heat') return heat(parts);
  if (parts.chart.kind === 'bar') return bars(parts);
  return lineOrPoints(parts);
}

/** The measured axis: a column as it is, summarised, or how many rows there are. */
function measure({ chart, words }: Parts, name: string | null): Axis {
  const type = 'quantitative';
  if (name === null || chart.aggregate === 'count')
    return { aggregate: 'count', type, title: words.count, axis: { title: words.count, tickCount: 5 } };
  if (chart.aggregate === 'none') return { field: field(name), type, axis: { title: name, tickCount: 5 } };
  const title = words.aggregate(chart.aggregate, name);
  return { aggregate: chart.aggregate, field: field(name), type, title, axis: { title, tickCount: 5 } };
}

/** The axis along which a result is laid out: time in UTC, quantities by size, the rest in the order of the rows. */
function along(parts: Parts, name: string): Axis {
  const { column, at } = columnOf(parts, name);
  const kind = kindOf(column);
  const axis: Layer = { title: name, labelAngle: 0, labelOverlap: true };
  if (kind === 'time') {
    const instants = parts.rows.map((row) => Date.parse(String(row[at]))).filter(Number.isFinite);
    const days = instants.length ? (Math.max(...bounds(instants)) - Math.min(...bounds(instants))) / day : 0;
    const format = days > 92 ? '%Y-%m' : days > 2 ? '%m-%d' : '%H:%M';
    return { field: field(name), type: 'temporal', scale: { type: 'utc' }, axis: { ...axis, format } };
  }
  if (kind === 'quantity')
    return { field: field(name), type: 'quantitative', axis: { ...axis, tickCount: 6 } };
  return { field: field(name), type: 'nominal', sort: null, axis: { ...axis, labelLimit: 160 } };
}

function bounds(values: readonly number[]): [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return [low, high];
}

function colour(parts: Parts): Layer {
  const { palette } = parts.pens;
  const { colour: name } = parts.chart;
  if (name === null) return { value: palette.accent };
  const { column } = columnOf(parts, name);
  if (kindOf(column) === 'quantity')
    return { field: field(name), type: 'quantitative', scale: { range: [...palette.ramp] } };
  return {
    field: field(name),
    type: 'nominal',
    sort: null,
    scale: { range: [...palette.arms.slice(1), palette.arms[0]] },
  };
}

/** What is read off a mark: the value of every column drawn, as it came. */
function tooltip(parts: Parts): Layer[] {
  const { chart, words } = parts;
  if (chart.aggregate !== 'none')
    return [
      { field: field(chart.x), type: 'nominal', title: chart.x },
      ...(chart.colour ? [{ field: field(chart.colour), type: 'nominal', title: chart.colour }] : []),
      { ...measure(parts, chart.y), format: ',.6~f', title: words.aggregate(chart.aggregate, chart.y ?? '') },
    ];
  return [...new Set([chart.x, chart.y, chart.colour])].flatMap((name) => {
    if (name === null) return [];
    const isQuantity = kindOf(columnOf(parts, name).column) === 'quantity';
    return isQuantity
      ? [{ field: field(name), type: 'quantitative', format: ',.6~f', title: name }]
      : [{ field: field(name), type: 'nominal', title: name }];
  });
}

const distinctOf = ({ rows }: Parts, at: number): string[] => [
  ...new Set(rows.map((row) => String(row[at]))),
];

/** Upright where few and short, lying where many or long. A whole number on x is a category of its own. */
function bars(parts: Parts): Drawing {
  const { chart } = parts;
  const { column, at } = columnOf(parts, chart.x);
  const labels = distinctOf(parts, at);
  const isTime = kindOf(column) === 'time';
  const x = isTime
    ? along(parts, chart.x)
    : { ...along(parts, chart.x), type: 'ordinal', sort: null, scale: { paddingInner: 0.25 } };
  const y = measure(parts, chart.y);
  const lying =
    !isTime && (labels.length > mostUpright || labels.some((label) => label.length > labelLength / 2));
  // Beside each other, never on top: what is piled up would be read as a sum, and currencies have none.
  const groups = chart.colour !== null && kindOf(columnOf(parts, chart.colour).column) !== 'quantity';
  const offset = groups ? { field: field(chart.colour ?? ''), sort: null } : undefined;
  const measured = { ...y, stack: null };
  const encoding = {
    ...(lying ? { x: measured, y: x } : { x, y: measured }),
    ...(offset && !isTime ? { [lying ? 'yOffset' : 'xOffset']: offset } : {}),
    color: colour(parts),
    tooltip: tooltip(parts),
  };
  const thickness = groups ? 40 : 26;
  return {
    layer: [{ mark: { type: 'bar', cornerRadiusEnd: 2 }, encoding }],
    height: lying ? Math.min(900, Math.max(120, labels.length * thickness + 50)) : 300,
  };
}

/** Of points what matters is where they lie to each other, not how far from zero. */
const near = (axis: Axis): Axis =>
  axis.type === 'quantitative' ? { ...axis, scale: { zero: false } } : axis;

function lineOrPoints(parts: Parts): Drawing {
  const { chart, rows } = parts;
  const y =
    chart.kind === 'point' && chart.y && chart.aggregate === 'none'
      ? near(along(parts, chart.y))
      : measure(parts, chart.y);
  const x = along(parts, chart.x);
  const encoding = {
    x: chart.kind === 'point' ? near(x) : x,
    y,
    color: colour(parts),
    tooltip: tooltip(parts),
  };
  const mark =
    chart.kind === 'point'
      ? { type: 'point', filled: true, size: 46, opacity: 0.75 }
      : { type: 'line', strokeWidth: 2.25, point: rows.length <= mostWritten ? { size: 36 } : false };
  return { layer: [{ mark, encoding }], height: 320 };
}

function heat(parts: Parts): Drawing {
  const { chart, rows, pens } = parts;
  const { palette } = pens;
  const ordinal = (name: string): Axis => {
    const isText = kindOf(columnOf(parts, name).column) !== 'quantity';
    return {
      field: field(name),
      type: 'ordinal',
      sort: isText ? null : 'ascending',
      axis: { title: name, labelAngle: 0, labelOverlap: true },
      scale: { padding: 0.04 },
    };
  };
  const down = chart.y ?? chart.x;
  const value = measure(parts, chart.colour);
  const { axis: _axis, ...shade } = value;
  const encoding = { x: ordinal(chart.x), y: ordinal(down), tooltip: tooltip(parts) };
  const cells = distinctOf(parts, columnOf(parts, down).at).length;
  const layer: Layer[] = [
    {
      mark: { type: 'rect' },
      encoding: { ...encoding, color: { ...shade, legend: null, scale: { range: [...palette.ramp] } } },
    },
  ];
  if (rows.length <= mostWritten && chart.aggregate === 'none' && chart.colour !== null) {
    const { at } = columnOf(parts, chart.colour);
    const [low, high] = bounds(rows.map((row) => Number(row[at])).filter(Number.isFinite));
    const dark = `datum[${JSON.stringify(chart.colour)}] > ${low + 0.55 * (high - low)}`;
    layer.push({
      mark: { type: 'text', fontSize: 13 },
      encoding: {
        x: encoding.x,
        y: encoding.y,
        text: { ...shade, format: ',.4~f' },
        color: { condition: { test: dark, value: palette.paper }, value: palette.ink },
      },
    });
  }
  return { layer, height: Math.min(700, Math.max(140, cells * 38 + 60)) };
}

import type { KpiRow } from '#core/portfolio/kpi.ts';
import { groupsOf, numberOf, textOf } from './rows.ts';

export interface StyleRow {
  style: string;
  value: number;
  lower: number | null;
  upper: number | null;
  events: number;
  of: number;
}

export interface ChannelRows {
  channel: string;
  styles: StyleRow[];
}

/** Names of the columns that hold the figure of a row and what it is divided by. */
export interface RateColumns {
  value: string;
  of: string;
}

/** One measure by channel, its styles from the most to the least; channels where nothing happened are named apart. */
export function byChannel(
  rows: readonly KpiRow[],
  measure: string,
  columns: RateColumns,
): { with: ChannelRows[]; without: string[] } {
  const channels = groupsOf(
    rows.filter((row) => row.measure === measure && row[columns.value] !== null),
    'channel',
  ).map(({ key, rows: own }) => ({
    channel: key,
    styles: own
      .map((row) => ({
        style: textOf(row, 'style'),
        value: numberOf(row, columns.value) ?? 0,
        lower: numberOf(row, 'lower'),
        upper: numberOf(row, 'upper'),
        events: numberOf(row, 'events') ?? 0,
        of: numberOf(row, columns.of) ?? 0,
      }))
      .sort((a, b) => b.value - a.value || (a.style < b.style ? -1 : 1)),
  }));
  const happened = ({ styles }: ChannelRows) => styles.some(({ events }) => events > 0);
  return {
    with: channels.filter(happened),
    without: channels.filter((one) => !happened(one)).map(({ channel }) => channel),
  };
}

/** Events over denominators of a whole channel: only where no unit is counted twice. */
export const ofChannel = ({ styles }: ChannelRows): number => {
  const total = (name: 'events' | 'of') => styles.reduce((sum, row) => sum + row[name], 0);
  return total('of') > 0 ? total('events') / total('of') : 0;
};

/** Whether an interval stands clear above that of another row of its channel. */
export const isAbove = (row: StyleRow, other: StyleRow): boolean =>
  row.lower !== null && other.upper !== null && row.lower > other.upper;

/// <reference types="vite/client" />
import type { Metric } from '#core/experiment/metric.ts';
import type { MessageStyle } from '#core/message/style.ts';
import { type Channel, channels } from '#core/portfolio/tables/people.ts';

const metricFiles = import.meta.glob<Metric>('../../../../../core/experiment/metrics/*.ts', {
  eager: true,
  import: 'default',
});
const styleFiles = import.meta.glob<MessageStyle>('../../../../../core/message/styles/*.ts', {
  eager: true,
  import: 'default',
});

const byName = <T>(files: Record<string, T>): Map<string, T> =>
  new Map(Object.entries(files).map(([path, one]) => [path.slice(path.lastIndexOf('/') + 1, -3), one]));

/** Metrics of this installation, by id. */
export const metrics: ReadonlyMap<string, Metric> = byName(metricFiles);
/** Message styles of this installation with the texts they are shipped with, by id. */
export const styles: ReadonlyMap<string, MessageStyle> = byName(styleFiles);

export const isShare = (metric: string): boolean => (metrics.get(metric)?.unit ?? 'share') === 'share';

/** Channels a style has a text for. */
export const channelsOf = (style: string): Channel[] =>
  channels.filter((channel) => styles.get(style)?.templates.some((one) => one.channel === channel));

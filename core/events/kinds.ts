import type { Text } from '../text/text.ts';

/** What may be told of a message, a person or an account. */
export const eventKinds = [
  'delivered',
  'opened',
  'read',
  'clicked',
  'replied',
  'failed',
  'bounced',
  'paid',
  'promised',
  'opted_out',
  'complained',
] as const;
export type EventKind = (typeof eventKinds)[number];

/** Kinds that say what became of a message, and so must name one. */
export const messageKinds: readonly EventKind[] = [
  'delivered',
  'opened',
  'read',
  'clicked',
  'replied',
  'failed',
  'bounced',
];

export const kindTitles: Record<EventKind, Text> = {
  delivered: { es: 'Entregado', en: 'Delivered' },
  opened: { es: 'Abierto', en: 'Opened' },
  read: { es: 'Leído', en: 'Read' },
  clicked: { es: 'Pulsó el enlace', en: 'Clicked' },
  replied: { es: 'Respondió', en: 'Replied' },
  failed: { es: 'No salió', en: 'Failed' },
  bounced: { es: 'Rebotó', en: 'Bounced' },
  paid: { es: 'Pagó', en: 'Paid' },
  promised: { es: 'Prometió pagar', en: 'Promised' },
  opted_out: { es: 'Pidió no recibir más', en: 'Opted out' },
  complained: { es: 'Se quejó', en: 'Complained' },
};

/** Largest number of events in one batch. */
export const mostEvents = 10_000;
/** Bytes of one batch at most. */
export const mostBytes = 16_000_000;
/** How far ahead of the clock an event may be, in milliseconds: clocks differ. */
export const skewMs = 5 * 60_000;

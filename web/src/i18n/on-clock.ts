import type { Locale } from '#core/text/text.ts';

/** An instant on the clock a schedule is set by, which need not be the reader's. */
export const onClock = (iso: string, timeZone: string, locale: Locale): string =>
  new Intl.DateTimeFormat(locale === 'es' ? 'es-419' : 'en-GB', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone,
  }).format(new Date(iso));

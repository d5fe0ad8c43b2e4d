import type { Locale } from '#core/text/text.ts';

/** A wall-clock time as the person’s own zone has it, given without a zone: lun 3 nov, 08:00. */
export function localTime(local: string, locale: Locale): string {
  const format = new Intl.DateTimeFormat(locale === 'es' ? 'es-419' : 'en-GB', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone: 'UTC',
  });
  return format
    .format(new Date(`${local}:00Z`))
    .replaceAll('.', '')
    .replaceAll(/\s+de\s+/g, ' ');
}

/** Words joined as the language does: a, b y c. */
export const listOf = (words: readonly string[], locale: Locale): string =>
  new Intl.ListFormat(locale, { style: 'long', type: 'conjunction' }).format(words);

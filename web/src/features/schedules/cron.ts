import type { Locale } from '#core/text/text.ts';

/** The values a field of cron lets through, or null where the page cannot read it. */
function valuesOf(field: string, from: number, to: number): number[] | null {
  const found = new Set<number>();
  for (const part of field.split(',')) {
    const read = /^(\*|\d+(?:-\d+)?)(?:\/(\d+))?$/.exec(part);
    if (!read) return null;
    const [, range = '*', step] = read;
    const [first, last = first] = range === '*' ? [from, to] : range.split('-').map(Number);
    const end = step !== undefined && range !== '*' && !range.includes('-') ? to : last;
    const by = Number(step ?? 1);
    if (first === undefined || end === undefined || by < 1 || first < from || end > to || first > end)
      return null;
    for (let value = first; value <= end; value += by) found.add(value);
  }
  return [...found].sort((a, b) => a - b);
}

const isRun = (values: readonly number[]): boolean =>
  values.every((value, i) => i === 0 || value === (values[i - 1] ?? 0) + 1);
/** The step of values that begin at 0 and go on evenly to the end of the hour. */
function evenStep(values: readonly number[]): number | null {
  const step = values[1];
  if (step === undefined || values[0] !== 0 || 60 % step !== 0) return null;
  return values.length === 60 / step && values.every((value, i) => value === i * step) ? step : null;
}

const clock = (hour: number, minute: number) =>
  `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;

const joined = (parts: readonly string[], locale: Locale): string =>
  new Intl.ListFormat(locale === 'es' ? 'es' : 'en-GB', { type: 'conjunction' }).format(parts);

const named = (options: Intl.DateTimeFormatOptions, date: Date, locale: Locale): string =>
  new Intl.DateTimeFormat(locale === 'es' ? 'es-419' : 'en-GB', { ...options, timeZone: 'UTC' }).format(date);
/** 0 is Sunday. */
const dayName = (day: number, locale: Locale) =>
  named({ weekday: 'long' }, new Date(Date.UTC(2023, 0, 1 + day)), locale);
const monthName = (month: number, locale: Locale) =>
  named({ month: 'long' }, new Date(Date.UTC(2023, month - 1, 1)), locale);

function timesInWords(minutes: readonly number[], hours: readonly number[], locale: Locale): string {
  const es = locale === 'es';
  if (minutes.length * hours.length <= 6) {
    const times = hours.flatMap((hour) => minutes.map((minute) => clock(hour, minute)));
    return `${es ? (times[0]?.startsWith('01') ? 'a la' : 'a las') : 'at'} ${joined(times, locale)}`;
  }
  const step = evenStep(minutes);
  const each =
    step !== null
      ? es
        ? `cada ${step === 1 ? 'minuto' : `${step} minutos`}`
        : `every ${step === 1 ? 'minute' : `${step} minutes`}`
      : minutes.length === 1 && (minutes[0] === 0 || isRun(hours))
        ? es
          ? `cada hora${minutes[0] ? `, en el minuto ${minutes[0]}` : ' en punto'}`
          : `every hour${minutes[0] ? ` at minute ${minutes[0]}` : ' on the hour'}`
        : `${es ? 'en los minutos' : 'at minutes'} ${joined(minutes.map(String), locale)}`;
  if (hours.length === 24) return each;
  const [first = 0, last = 0] = [hours[0], hours.at(-1)];
  if (isRun(hours))
    return es
      ? `${each}, de ${clock(first, minutes[0] ?? 0)} a ${clock(last, minutes.at(-1) ?? 0)}`
      : `${each}, from ${clock(first, minutes[0] ?? 0)} to ${clock(last, minutes.at(-1) ?? 0)}`;
  return `${each}, ${es ? 'en las horas' : 'in the hours'} ${joined(hours.map(String), locale)}`;
}

function weekInWords(days: readonly number[], locale: Locale): string {
  const es = locale === 'es';
  const whole = [...new Set(days.map((day) => day % 7))].sort((a, b) => ((a + 6) % 7) - ((b + 6) % 7));
  const fromMonday = whole.map((day) => (day + 6) % 7);
  if (whole.length > 2 && isRun(fromMonday))
    return es
      ? `de ${dayName(whole[0] ?? 0, locale)} a ${dayName(whole.at(-1) ?? 0, locale)}`
      : `from ${dayName(whole[0] ?? 0, locale)} to ${dayName(whole.at(-1) ?? 0, locale)}`;
  const names = whole.map((day) => dayName(day, locale));
  return es
    ? `los ${joined(
        names.map((name) => (name.endsWith('s') ? name : `${name}s`)),
        locale,
      )}`
    : `on ${joined(
        names.map((name) => `${name}s`),
        locale,
      )}`;
}

/**
 * Five fields of cron in words: «a las 18:00, de lunes a viernes». As in cron, where both a day of the month and one of the
 * week are given, either will do. null: not to be read here; the server may still know what it means.
 */
export function cronInWords(cron: string, locale: Locale): string | null {
  const fields = cron.trim().split(/\s+/);
  if (fields.length !== 5) return null;
  const [minute = '', hour = '', dayOfMonth = '', month = '', dayOfWeek = ''] = fields;
  const minutes = valuesOf(minute, 0, 59);
  const hours = valuesOf(hour, 0, 23);
  const days = valuesOf(dayOfMonth, 1, 31);
  const months = valuesOf(month, 1, 12);
  const week = valuesOf(dayOfWeek, 0, 7);
  if (!minutes || !hours || !days || !months || !week) return null;
  const es = locale === 'es';
  const ofMonth =
    days.length === 31
      ? null
      : es
        ? `${days.length === 1 ? 'el día' : 'los días'} ${joined(days.map(String), locale)} del mes`
        : `on day ${joined(days.map(String), locale)} of the month`;
  const ofWeek = new Set(week.map((day) => day % 7)).size === 7 ? null : weekInWords(week, locale);
  const when =
    ofMonth && ofWeek
      ? `${ofMonth} ${es ? 'o' : 'or'} ${ofWeek}`
      : (ofMonth ?? ofWeek ?? (es ? 'todos los días' : 'every day'));
  const inMonths =
    months.length === 12
      ? ''
      : `${es ? ', en ' : ', in '}${joined(
          months.map((one) => monthName(one, locale)),
          locale,
        )}`;
  return `${timesInWords(minutes, hours, locale)}, ${when}${inMonths}`;
}

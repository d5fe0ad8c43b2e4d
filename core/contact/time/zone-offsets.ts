import { dayMs, minutesOf } from './wall-clock.ts';

/** Over [fromUtc, toUtc), in milliseconds, the zone's clock is `seconds` ahead of UTC. */
export interface ZoneOffset {
  zone: string;
  fromUtc: number;
  toUtc: number;
  seconds: number;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      calendar: 'iso8601',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formats.set(zone, format);
  }
  return format;
}

/** Whether the language's own tables know the zone. A bare offset such as +05:00 is not a zone. */
export function isZone(zone: string): boolean {
  if (!/^[A-Za-z]/.test(zone)) return false;
  try {
    formatOf(zone);
    return true;
  } catch {
    return false;
  }
}

/** Seconds the zone's clock is ahead of UTC at an instant, read from `Intl`. */
export function offsetAt(zone: string, utc: number): number {
  const parts = Object.fromEntries(
    formatOf(zone)
      .formatToParts(utc)
      .map((part) => [part.type, part.value]),
  );
  const local = Date.UTC(
    Number(parts.year),
    Number(parts.month) - 1,
    Number(parts.day),
    Number(parts.hour),
    Number(parts.minute),
    Number(parts.second),
  );
  return Math.round((local - Math.floor(utc / 1000) * 1000) / 1000);
}

/**
 * The zone's offsets over [fromUtc, toUtc), without gaps. Read once a day, each change then found to the second
 * by halving; two changes that cancel out within a day would be missed (no zone in use has had such).
 */
export function zoneOffsets(zone: string, fromUtc: number, toUtc: number): ZoneOffset[] {
  const rows: ZoneOffset[] = [];
  let start = fromUtc;
  let seconds = offsetAt(zone, fromUtc);
  for (let at = fromUtc; at < toUtc; ) {
    const next = Math.min(at + dayMs, toUtc);
    const then = offsetAt(zone, next);
    if (then !== seconds) {
      const change = firstSecondAfter(zone, at, next, seconds);
      rows.push({ zone, fromUtc: start, toUtc: change, seconds });
      start = change;
      seconds = offsetAt(zone, change);
    }
    at = next;
  }
  if (start < toUtc) rows.push({ zone, fromUtc: start, toUtc, seconds });
  return rows;
}

function firstSecondAfter(zone: string, from: number, to: number, seconds: number): number {
  let low = Math.floor(from / 1000);
  let high = Math.ceil(to / 1000);
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(zone, middle * 1000) === seconds) low = middle;
    else high = middle;
  }
  return high * 1000;
}

/** The wall clock at an instant, or null outside the rows. */
export function localOf(offsets: readonly ZoneOffset[], zone: string, utc: number): number | null {
  for (const row of offsets)
    if (row.zone === zone && utc >= row.fromUtc && utc < row.toUtc) return utc + row.seconds * 1000;
  return null;
}

/**
 * The instants at which a zone's clock shows a local date and time, earliest first. A time that occurs twice gives
 * both; one that a change of clock skips moves forward by the width of the gap.
 */
export function instantsOf(
  offsets: readonly ZoneOffset[],
  zone: string,
  date: string,
  time: string,
): number[] {
  const wanted = Date.parse(`${date}T00:00:00Z`) + minutesOf(time) * 60_000;
  const rows = offsets.filter((row) => row.zone === zone);
  const found = rows
    .map((row) => ({ row, utc: wanted - row.seconds * 1000 }))
    .filter(({ row, utc }) => utc >= row.fromUtc && utc < row.toUtc)
    .map(({ utc }) => utc);
  if (found.length) return found;
  for (let i = 0; i + 1 < rows.length; i++) {
    const before = rows[i] as ZoneOffset;
    const after = rows[i + 1] as ZoneOffset;
    const skipped =
      wanted >= before.toUtc + before.seconds * 1000 && wanted < after.fromUtc + after.seconds * 1000;
    if (skipped) return [wanted - before.seconds * 1000];
  }
  return [];
}

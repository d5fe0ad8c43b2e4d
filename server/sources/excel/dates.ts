/** How a number format shows a number: as a date, a date with a time, a time of day, or just a number. */
export type NumberShape = 'number' | 'date' | 'time';

const builtInDates = new Set([14, 15, 16, 17, 22, ...range(27, 36), ...range(50, 58)]);
const builtInTimes = new Set([18, 19, 20, 21, 45, 47]);

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, i) => from + i);
}

/**
 * What a number format means (ECMA-376 part 1, 18.8.30). Durations such as `[h]:mm` stay numbers.
 *
 * @param code the format's text, for formats that are not built in
 */
export function shapeOf(formatId: number, code: string | undefined): NumberShape {
  if (code === undefined)
    return builtInDates.has(formatId) ? 'date' : builtInTimes.has(formatId) ? 'time' : 'number';
  const first = code.split(';')[0] ?? '';
  if (/\[(h+|m+|s+)\]/i.test(first)) return 'number';
  const letters = first
    .replace(/"[^"]*"/g, '')
    .replace(/\\./g, '')
    .replace(/[_*]./g, '')
    .replace(/\[[^\]]*\]/g, '')
    .replace(/General/i, '');
  if (/[yd]/i.test(letters) || /m/i.test(letters.replace(/[hs][^a-z]*m+|m+[^a-z]*s/gi, ''))) return 'date';
  return /[hms]/i.test(letters) ? 'time' : 'number';
}

const dayMs = 86_400_000;
const lastDay = 2_958_465;
const pad = (value: number): string => String(value).padStart(2, '0');

/**
 * The date or instant a serial number is, as ISO text. The system of 1900 counts a 29 February 1900 that never was:
 * its day 60 is given as that date, to be refused as one.
 *
 * @returns null for a number no date has
 */
export function dateOf(serial: number, shape: 'date' | 'time', from1904: boolean): string | null {
  if (!(serial >= 0) || serial > lastDay) return null;
  if (shape === 'time' && serial < 1) return clock(Math.round(serial * dayMs));
  const day = Math.floor(serial);
  const withTime = Math.round((serial - day) * dayMs);
  if (!from1904 && day === 60) return '1900-02-29';
  const epoch = from1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, day < 60 ? 31 : 30);
  const at = new Date(epoch + day * dayMs + withTime);
  const date = at.toISOString().slice(0, 10);
  return withTime % dayMs === 0 ? date : `${date} ${clock(withTime)}`;
}

function clock(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const time = `${pad(Math.floor(seconds / 3600) % 24)}:${pad(Math.floor(seconds / 60) % 60)}:${pad(seconds % 60)}`;
  return ms % 1000 === 0 ? time : `${time}.${String(ms % 1000).padStart(3, '0')}`;
}

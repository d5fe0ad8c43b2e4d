const secondsADay = 86_400n;
const days = new Map<number, string>();
const pad = (value: number | bigint, length = 2): string => String(value).padStart(length, '0');

/** A day counted from 1970 as ISO text; beyond the years 0001 to 9999, as the engine writes what it will refuse. */
export function dayText(day: number): string {
  const known = days.get(day);
  if (known !== undefined) return known;
  const at = new Date(day * 86_400_000);
  const text = Number.isNaN(at.getTime()) ? `${day}` : at.toISOString().slice(0, -14);
  if (days.size > 100_000) days.clear();
  days.set(day, text);
  return text;
}

/** A time of day as hours, minutes, seconds and microseconds. */
export function timeText(units: bigint, perSecond: bigint): string {
  const seconds = Number(units / perSecond);
  const clock = `${pad(Math.floor(seconds / 3600))}:${pad(Math.floor(seconds / 60) % 60)}:${pad(seconds % 60)}`;
  const micros = ((units % perSecond) * 1_000_000n) / perSecond;
  return micros === 0n ? clock : `${clock}.${pad(micros, 6)}`;
}

/** An instant counted from 1970 in UTC, to the microsecond. */
export function instantText(units: bigint, perSecond: bigint): string {
  const perDay = perSecond * secondsADay;
  const within = ((units % perDay) + perDay) % perDay;
  return `${dayText(Number((units - within) / perDay))} ${timeText(within, perSecond)}`;
}

/** An unscaled whole number with its decimal point. */
export function decimalText(unscaled: bigint, scale: number): string {
  if (scale <= 0) return String(unscaled * 10n ** BigInt(-scale));
  const digits = pad(unscaled < 0n ? -unscaled : unscaled, scale + 1);
  return `${unscaled < 0n ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

export const dayMs = 86_400_000;

/** ISO date of a wall clock held as if it were UTC. */
export const localDate = (localAt: number): string => new Date(localAt).toISOString().slice(0, 10);

/** 1 Monday to 7 Sunday. */
export const isoWeekday = (localAt: number): number => new Date(localAt).getUTCDay() || 7;

export const minuteOfDay = (localAt: number): number =>
  Math.floor((((localAt % dayMs) + dayMs) % dayMs) / 60_000);

/** Days since 1970-01-01 of the wall clock's date. */
export const dayNumber = (localAt: number): number => Math.floor(localAt / dayMs);

/** The day number of the Monday on or before. */
export const weekStart = (localAt: number): number => dayNumber(localAt) - (isoWeekday(localAt) - 1);

export const monthNumber = (localAt: number): number => {
  const date = new Date(localAt);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
};

/** Minutes after midnight of `hh:mm`, 24:00 included. */
export const minutesOf = (time: string): number => {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
};

export const dateMs = (date: string): number => Date.parse(`${date}T00:00:00Z`);

export const addDays = (date: string, days: number): string =>
  new Date(dateMs(date) + days * dayMs).toISOString().slice(0, 10);

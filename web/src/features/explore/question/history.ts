const kept = 'ensayo.queries';
const most = 30;

/** What is used of a browser's storage. */
export type Kept = Record<'getItem', (key: string) => string | null> &
  Record<'setItem', (key: string, value: string) => void> &
  Record<'removeItem', (key: string) => void>;

export interface Past {
  sql: string;
  at: string;
}

/** The last queries run in this browser, newest first. */
export function readHistory(storage: Kept): Past[] {
  try {
    const found = JSON.parse(storage.getItem(kept) ?? '[]') as unknown;
    return Array.isArray(found) ? found.filter(isPast).slice(0, most) : [];
  } catch {
    return [];
  }
}

const isPast = (value: unknown): value is Past =>
  typeof value === 'object' &&
  value !== null &&
  typeof (value as Past).sql === 'string' &&
  typeof (value as Past).at === 'string';

/** The history with one more query; the same text again moves to the front. */
export function remember(storage: Kept, sql: string, at: string): Past[] {
  const past = [{ sql, at }, ...readHistory(storage).filter((one) => one.sql !== sql)].slice(0, most);
  try {
    storage.setItem(kept, JSON.stringify(past));
  } catch {
    // A full or closed storage loses the history, and nothing else.
  }
  return past;
}

export const forgetHistory = (storage: Kept): void => storage.removeItem(kept);

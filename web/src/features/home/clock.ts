import type { Job } from '#core/contract/jobs.ts';

export interface Clock {
  simulated: boolean;
  /** The workspace's own date. */
  today: string;
}

interface Moved {
  /** What is written from then on belongs to the date reached: the load of the move itself, too. */
  begunAt: string;
  days: number;
  today: string;
  /** Null where the days went by one after another, each with a load of its own. */
  tables: readonly { table: string; rows: number }[] | null;
}

/** The times the clock was moved on, newest first, with what was loaded of the days gone by. */
export const moves = (jobs: readonly Job[]): Moved[] =>
  jobs
    .flatMap((job) => {
      const { days } = (job.input ?? {}) as { days?: number };
      const {
        until,
        today = until,
        load,
      } = (job.result ?? {}) as { until?: string; today?: string; load?: { tables?: Moved['tables'] } };
      if (!/^simulate(-days)?$/.test(job.kind) || job.state !== 'done' || !days || !today) return [];
      return [{ begunAt: job.createdAt, days, today, tables: until ? null : (load?.tables ?? []) }];
    })
    .sort((a, b) => (a.begunAt < b.begunAt ? 1 : -1));

/** The date a simulated portfolio had at an instant of this machine: the one before the first later move. */
export function dateAt(instant: string, clock: Clock, jobs: readonly Job[]): string | null {
  if (!clock.simulated) return null;
  const at = Date.parse(withZone(instant));
  const later = moves(jobs).findLast((move) => Date.parse(withZone(move.begunAt)) > at);
  return later ? daysBefore(later.today, later.days) : clock.today;
}

/** What came back with the newest move, in the order it is read; null before any, or where it is not known. */
export function returned(jobs: readonly Job[]) {
  const [newest] = moves(jobs);
  if (!newest?.tables) return null;
  const { tables } = newest;
  const rows = (table: string) => tables.find((one) => one.table === table)?.rows ?? 0;
  return {
    days: newest.days,
    today: newest.today,
    came: (['payments', 'contacts', 'promises', 'complaints'] as const).flatMap((table) =>
      rows(table) > 0 ? [{ table, rows: rows(table) }] : [],
    ),
  };
}

const daysBefore = (iso: string, days: number): string =>
  new Date(Date.parse(`${iso}T00:00:00Z`) - days * 86_400_000).toISOString().slice(0, 10);

const withZone = (iso: string): string =>
  /(Z|[+-]\d\d:?\d\d)$/.test(iso) ? iso : `${iso.replace(' ', 'T')}Z`;

import { DatabaseError } from 'pg';
import { DomainError } from '#core/errors/domain-error.ts';

/** How far a reading had come when it failed. */
export interface Progress {
  address: string;
  user: string;
  connected: boolean;
  bytes: number;
  limitMinutes: number;
}

const shownAround = 30;

/** What went wrong between the database and here, in words for a person. */
export function asFailure(error: unknown, progress: Progress): unknown {
  if (error instanceof DomainError || !(error instanceof Error)) return error;
  const { address, user, bytes } = progress;
  const code = 'code' in error ? String(error.code) : '';
  const reason = reasonOf(error);
  const because = { cause: error };
  if (code === '57014')
    return new DomainError('load_postgres_slow', { address, minutes: progress.limitMinutes }, because);
  if (!progress.connected)
    return /^(28|3D|42501)/.test(code) || /password|SASL/i.test(error.message)
      ? new DomainError('load_postgres_refused', { address, user, reason }, because)
      : new DomainError('load_postgres_unreachable', { address, reason }, because);
  if (!(error instanceof DatabaseError) || /^(57P|08)/.test(code))
    return new DomainError('load_postgres_cut', { address, bytes, reason }, because);
  return new DomainError('load_postgres_query', { reason, position: 0, near: '' }, because);
}

/** A refusal of the query, with the place in it that the database pointed at. */
export function asQueryFailure(error: unknown, query: string, before: number): unknown {
  if (!(error instanceof DatabaseError) || !error.position) return error;
  const position = Number(error.position) - before;
  if (position < 1) return error;
  const near = query
    .slice(Math.max(0, position - 1 - shownAround / 2), position - 1 + shownAround)
    .replace(/\s+/g, ' ');
  return new DomainError(
    'load_postgres_query',
    { reason: reasonOf(error), position: Math.min(position, query.length), near },
    { cause: error },
  );
}

/** Several attempts at one address fail as one error without words of its own. */
function reasonOf(error: Error): string {
  const first = error instanceof AggregateError ? (error.errors[0] as Error | undefined) : undefined;
  return (first ?? error).message.split('\n')[0] || ('code' in error ? String(error.code) : error.name);
}

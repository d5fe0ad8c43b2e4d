import type { Job } from '#core/contract/jobs.ts';
import { DomainError, fixOf, messageOf } from '#core/errors/domain-error.ts';
import type { Context } from '../context.ts';

type JobError = NonNullable<Job['error']>;

/** What a job keeps of a failure: its code and words. One nobody foresaw goes to the log as well. */
export function asJobError(error: unknown, { config, log }: Pick<Context, 'config' | 'log'>): JobError {
  const { code, details } = known(error, config.workspace) ?? unforeseen(error, log);
  return {
    code,
    message: messageOf(code, 'en', details),
    fix: fixOf(code, 'en', details),
    details: details as JobError['details'],
  };
}

function known(error: unknown, path: string): DomainError | null {
  if (error instanceof DomainError) return error;
  const full =
    error instanceof Error &&
    (('code' in error && error.code === 'ENOSPC') || /No space left on device/i.test(error.message));
  return full ? new DomainError('disk_full', { path }, { cause: error }) : null;
}

function unforeseen(error: unknown, log: Context['log']): DomainError {
  log.error({ err: error }, 'job failed');
  return new DomainError('internal', { reference: error instanceof Error ? error.message : String(error) });
}

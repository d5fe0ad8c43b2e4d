import type { Command } from 'commander';
import type { Job } from '#core/contract/jobs.ts';
import { DomainError, isErrorCode } from '#core/errors/domain-error.ts';
import type { Locale } from '#core/text/text.ts';
import { readConfig } from '../config.ts';
import { type Connection, connect } from './connection.ts';
import { phrase } from './phrases.ts';

export interface CommonOptions {
  workspace?: string;
  server?: string;
  token?: string;
  json?: boolean;
}

/** The options every command takes. */
export const common = (command: Command): Command =>
  command.option('--workspace <folder>').option('--server <url>').option('--token <secret>').option('--json');

export function connectFrom(options: CommonOptions): Promise<Connection> {
  if (options.server && !options.token) throw new DomainError('usage', { problem: '--server needs --token' });
  const remote = options.server ? { server: options.server, token: options.token ?? '' } : undefined;
  return connect(readConfig({ ...(options.workspace ? { workspace: options.workspace } : {}) }), remote);
}

/** Waits for a job, telling its steps on stderr; gives its result or throws its error. */
export async function runJob(connection: Connection, job: Job, locale: Locale): Promise<unknown> {
  for (const cut of connection.interrupted)
    process.stderr.write(`${phrase('interrupted', locale, { kind: cut.kind, id: cut.id })}\n`);
  const told = new Set<string>();
  const ended = await connection.finished(job, (latest) => {
    for (const step of latest.steps) {
      if (step.state !== 'done' || told.has(step.name)) continue;
      told.add(step.name);
      process.stderr.write(`${phrase('stepDone', locale, { kind: latest.kind, step: step.name })}\n`);
    }
  });
  if (ended.state === 'done') return ended.result;
  throw asDomainError(ended);
}

/** The failure of a job as it would have been thrown here. */
export function asDomainError(job: Job): DomainError {
  const { error } = job;
  if (!error) return new DomainError('cancelled');
  return isErrorCode(error.code)
    ? new DomainError(error.code, error.details)
    : new DomainError('internal', { reference: error.message });
}

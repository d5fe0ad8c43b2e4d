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

/** Connects, and says what a stop had cut off. Only a command that does work makes it go on. */
export async function connectFrom(
  options: CommonOptions,
  works = true,
  locale: Locale = readConfig().language,
): Promise<Connection> {
  if (options.server && !options.token) throw new DomainError('usage', { problem: '--server needs --token' });
  const remote = options.server ? { server: options.server, token: options.token ?? '' } : undefined;
  const config = readConfig({ ...(options.workspace ? { workspace: options.workspace } : {}) });
  const connection = await connect(config, remote, works);
  for (const { kind, id } of connection.interrupted)
    process.stderr.write(`${phrase(works ? 'interrupted' : 'waiting', locale, { kind, id })}\n`);
  return connection;
}

/** Waits for a job, telling its steps on stderr; gives its result or throws its error. */
export async function runJob(connection: Connection, job: Job, locale: Locale): Promise<unknown> {
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

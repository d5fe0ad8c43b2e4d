import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Command } from 'commander';
import { contract } from '#core/contract/index.ts';
import { permissions } from '#core/contract/permissions.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import { raw } from '#core/sql/sql.ts';
import type { Locale } from '#core/text/text.ts';
import { buildApp } from '../app.ts';
import { readConfig } from '../config.ts';
import type { Context } from '../context.ts';
import { startTicker } from '../jobs/scheduling/ticker.ts';
import { openWorkspace } from '../open.ts';
import { createCredential, revokeCredential } from '../store/credentials.ts';
import { createLink } from '../store/portfolio/links.ts';
import { writeSetting } from '../store/workspace.ts';
import { buildPage } from './build-page.ts';
import { readOwner } from './connection.ts';
import { phrase } from './phrases.ts';

interface StartOptions {
  port: string;
  host: string;
  workspace?: string;
  sample: boolean;
}

const isLoopback = (host: string): boolean => /^(localhost|127\.\d+\.\d+\.\d+|::1)$/.test(host);

export function addStart(program: Command, locale: Locale): void {
  program
    .command('start')
    .description(locale === 'es' ? 'Abre la página y el servidor' : 'Opens the page and the server')
    .option('--port <number>', '', '7341')
    .option('--host <name>', '', '127.0.0.1')
    .option('--workspace <folder>')
    .option('--no-sample')
    .action((options: StartOptions) => start(options, locale));
}

async function start(options: StartOptions, locale: Locale): Promise<void> {
  if (!isLoopback(options.host)) throw new DomainError('not_loopback', { host: options.host });
  const port = portOf(options);
  const config = readConfig({ ...(options.workspace ? { workspace: options.workspace } : {}) });
  const owner = readOwner(config.workspace);
  if (owner)
    throw new DomainError('workspace_already_open', {
      path: config.workspace,
      owner: `pid ${owner.pid}, ${owner.address}`,
    });
  await buildPage(() => process.stderr.write(`${phrase('building', locale)}\n`));
  const { context, interrupted, close } = await openWorkspace(config);
  const server = createServer(await buildApp(context));
  try {
    await listen(server, port, options.host);
  } catch (error) {
    await close();
    throw error;
  }
  const origin = `http://${options.host}:${(server.address() as AddressInfo).port}`;
  await writeSetting(context.engine, 'origin', origin);
  const forget = await writeOwner(context, origin);
  for (const job of interrupted)
    process.stderr.write(`${phrase('interrupted', locale, { kind: job.kind, id: job.id })}\n`);
  if (options.sample && !interrupted.length && (await isEmpty(context))) {
    const input = contract.loads.sample.body.parse({});
    await context.jobs.submit({ kind: 'sample', input, by: 'owner' });
    process.stderr.write(`${phrase('sampling', locale)}\n`);
  }
  process.stderr.write(`${phrase('serving', locale)}\n`);
  process.stdout.write(`${(await createLink(context, 'owner')).url}\n`);
  const stopTicker = startTicker(context);
  await Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')]);
  stopTicker();
  server.closeAllConnections();
  server.close();
  await forget();
  await close();
  process.stderr.write(`${phrase('stopped', locale)}\n`);
}

function portOf({ port }: StartOptions): number {
  const number = Number(port);
  if (!Number.isInteger(number) || number < 0 || number > 65535)
    throw new DomainError('usage', { problem: `--port: "${port}"` });
  return number;
}

function listen(server: ReturnType<typeof createServer>, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'EADDRINUSE' ? new DomainError('port_taken', { port }) : error),
    );
    server.listen(port, host, resolve);
  });
}

/** Writes down who owns the workspace, with a token only this machine's user can read. */
async function writeOwner(context: Context, address: string): Promise<() => Promise<void>> {
  const { secret, credential } = await createCredential(context, {
    kind: 'token',
    name: 'command line of this machine',
    principal: 'owner',
    permissions,
  });
  const file = join(context.config.workspace, 'server.json');
  const tokenFile = join(context.config.workspace, 'server.token');
  const mode = { mode: 0o600 };
  writeFileSync(tokenFile, secret, mode);
  writeFileSync(file, JSON.stringify({ pid: process.pid, address, tokenFile }), mode);
  return async () => {
    rmSync(file, { force: true });
    rmSync(tokenFile, { force: true });
    await revokeCredential(context, credential.token_id);
  };
}

const isEmpty = async (context: Context): Promise<boolean> =>
  (await context.engine.first(raw('SELECT 1 AS one FROM loads LIMIT 1'))) === undefined &&
  (await context.engine.first(raw('SELECT 1 AS one FROM jobs LIMIT 1'))) === undefined;

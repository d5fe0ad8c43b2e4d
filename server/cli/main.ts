import { Command, CommanderError } from 'commander';
import { RemoteError } from '#core/contract/client.ts';
import { endpoints } from '#core/contract/index.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import { readConfig } from '../config.ts';
import { addDemo } from './demo.ts';
import { addDoctor } from './doctor.ts';
import { addEndpointCommand } from './endpoint-command.ts';
import { describeFailure } from './failure.ts';
import { addNightly } from './nightly.ts';
import { addStart } from './start.ts';

const exit = { ok: 0, failed: 1, usage: 2, busy: 3 } as const;

function exitCode(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exit.ok : exit.usage;
  const code =
    error instanceof DomainError ? error.code : error instanceof RemoteError ? error.problem.code : '';
  if (code === 'usage' || code === 'invalid_input') return exit.usage;
  return code === 'workspace_already_open' ? exit.busy : exit.failed;
}

/** Runs the command line; gives the exit code. */
export async function main(args: readonly string[]): Promise<number> {
  const { language, logLevel } = readConfig();
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(exit.ok);
    throw error;
  });
  const program = new Command('ensayo')
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({ writeErr: () => {} })
    .showHelpAfterError(false);
  addStart(program, language);
  addDemo(program, language);
  addDoctor(program, language);
  let ended: number = exit.ok;
  addNightly(program, language, (code) => {
    ended = code;
  });
  for (const endpoint of endpoints) if (endpoint.command) addEndpointCommand(program, endpoint, language);
  try {
    await program.parseAsync(args as string[], { from: 'user' });
    return ended;
  } catch (error) {
    const code = exitCode(error);
    if (code === exit.ok) return code;
    const { code: name, message, fix } = describeFailure(error, language);
    process.stderr.write(`${message}\n${fix}\n`);
    if (logLevel === 'debug' && error instanceof Error) process.stderr.write(`${error.stack}\n`);
    if (args.includes('--json'))
      process.stdout.write(`${JSON.stringify({ error: { code: name, message, fix } })}\n`);
    return code;
  }
}

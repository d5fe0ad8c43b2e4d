import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

export interface Ran {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** What the surroundings set wins: a benchmark gives more. */
const environment = () => ({
  ENSAYO_THREADS: '1',
  ENSAYO_MEMORY: '1GB',
  ENSAYO_LANGUAGE: 'en',
  ...process.env,
});

export const spawnEnsayo = (args: readonly string[]): ChildProcess =>
  spawn(process.execPath, ['bin/ensayo.mjs', ...args], {
    env: environment(),
    stdio: ['ignore', 'pipe', 'pipe'],
  });

/** Runs the command to its end. */
export async function ensayo(...args: string[]): Promise<Ran> {
  const child = spawnEnsayo(args);
  let stdout = '';
  let stderr = '';
  child.stdout?.on('data', (piece) => {
    stdout += piece;
  });
  child.stderr?.on('data', (piece) => {
    stderr += piece;
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout, stderr };
}

/** Starts the server and waits for its sign-in link. */
export async function startEnsayo(
  workspace: string,
  ...args: string[]
): Promise<{ url: string; stderr: () => string; stop(): Promise<number | null>; kill(): Promise<void> }> {
  const child = spawnEnsayo(['start', '--port', '0', '--no-sample', '--workspace', workspace, ...args]);
  let stderr = '';
  child.stderr?.on('data', (piece) => {
    stderr += piece;
  });
  const url = await new Promise<string>((resolve, reject) => {
    let stdout = '';
    child.stdout?.on('data', (piece) => {
      stdout += piece;
      const line = /http:\S+/.exec(stdout);
      if (line) resolve(line[0]);
    });
    child.once('exit', (code) => reject(new Error(`ensayo start ended with ${code}: ${stderr}`)));
  });
  const gone = once(child, 'exit');
  return {
    url,
    stderr: () => stderr,
    async stop() {
      child.kill('SIGTERM');
      return ((await gone) as [number | null])[0];
    },
    async kill() {
      child.kill('SIGKILL');
      await gone;
    },
  };
}

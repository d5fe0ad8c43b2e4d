import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { seeded } from '../../support/receiver/faults.ts';

const child = fileURLToPath(new URL('./child.ts', import.meta.url));

/**
 * Runs jobs in a process that is killed so many times and at last left alone.
 *
 * @returns what the last one said of jobs that did not end well
 */
export async function killAndResume(
  folder: string,
  jobs: readonly unknown[],
  kills: number,
): Promise<string> {
  const draw = seeded(7);
  for (let kill = 0; ; kill++) {
    const running = spawn(process.execPath, ['--import', 'tsx', child, folder, JSON.stringify(jobs)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let said = '';
    running.stdout.on('data', (piece: Buffer) => {
      said += piece.toString();
    });
    const timer =
      kill < kills ? setTimeout(() => running.kill('SIGKILL'), 3_000 + draw() * 6_000) : undefined;
    const [, signal] = (await once(running, 'exit')) as [number | null, string | null];
    clearTimeout(timer);
    if (signal !== 'SIGKILL') return said;
  }
}

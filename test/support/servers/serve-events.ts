import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export interface EventServer {
  origin: string;
  child: ChildProcess;
  ended: Promise<unknown>;
}

/** A server of a workspace, in a process of its own that kills itself once so many events are stored; never, for 0. */
export async function serveEvents(folder: string, stored: number): Promise<EventServer> {
  const file = fileURLToPath(new URL('../children/events-child.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', file, folder, String(stored)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const [port] = (await once(child.stdout, 'data')) as [Buffer];
  return { origin: `http://127.0.0.1:${port.toString().trim()}`, ended, child };
}

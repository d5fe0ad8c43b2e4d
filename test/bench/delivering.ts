import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { ExportRun } from '#core/contract/delivery/exports.ts';
import type { Context } from '#server/context.ts';

/** Seconds of processor a process has used. */
export function processorSeconds(pid: number | undefined): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

export interface Receiving {
  url: string;
  child: ChildProcess;
}

/** A willing receiver in a process of its own. */
export async function receiving(...given: string[]): Promise<Receiving> {
  const file = fileURLToPath(new URL('./receiving.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', file, ...given], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [first] = (await once(child.stdout, 'data')) as [Buffer];
  return { url: first.toString().trim(), child };
}

export interface Sent {
  run: ExportRun;
  /** Seconds from the order to the end, and of sending alone. */
  whole: number;
  sending: number;
  processor: number;
  theirs: number;
}

/** Has a job send a run, and takes the time of its steps. */
export async function sent(
  context: Context,
  job: { kind: string; input: unknown },
  pid: number | undefined,
): Promise<Sent> {
  const theirs = pid ? processorSeconds(pid) : 0;
  const cpu = process.cpuUsage();
  const began = performance.now();
  const { id } = await context.jobs.submit({ ...job, by: 'owner' });
  const ended = new Map<string, number>();
  const done = await context.jobs.finished(id, ({ steps }) => {
    for (const { name, state } of steps)
      if (state === 'done' && !ended.has(name)) ended.set(name, performance.now());
  });
  const now = performance.now();
  const { user, system } = process.cpuUsage(cpu);
  if (done.state !== 'done') throw new Error(done.error?.message);
  const begins = ended.get('freeze') ?? ended.get('match') ?? began;
  return {
    run: done.result as ExportRun,
    whole: (now - began) / 1000,
    sending: ((ended.get('send') ?? now) - begins) / 1000,
    processor: (user + system) / 1e6,
    theirs: pid ? processorSeconds(pid) - theirs : 0,
  };
}

export const sentHead = [
  'rows',
  'calls',
  'sending, s',
  'whole job, s',
  'processor s',
  'receiver’s',
  'rows a second, sending',
  'rows a second, whole job',
];

export const sentRow = ({ run, whole, sending, processor, theirs }: Sent, calls: number): number[] => [
  run.rows,
  calls,
  sending,
  whole,
  processor,
  theirs,
  Math.round(run.rows / sending),
  Math.round(run.rows / whole),
];

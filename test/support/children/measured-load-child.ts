import { readConfig } from '#server/config.ts';
import { openWorkspace } from '#server/open.ts';

/** Loads a file in a process of its own and prints what it took: rows, seconds, and the most memory at any time. */
const [workspace = '', file = '', memoryLimit = ''] = process.argv.slice(2);
const { context, close } = await openWorkspace(
  readConfig({ workspace, threads: 2, memoryLimit, logLevel: 'error' }),
);
const began = performance.now();
const input = { file, recipe: 'ensayo', maxRejectedShare: 0 };
const { id } = await context.jobs.submit({ kind: 'load', input, by: 'owner' });
const { result, error } = await context.jobs.finished(id);
const seconds = (performance.now() - began) / 1000;
const load = (result as { load?: { tables: { rows: number }[] } } | null)?.load;
process.stdout.write(
  JSON.stringify({
    error,
    rows: load?.tables[0]?.rows ?? 0,
    seconds,
    gigabytes: process.resourceUsage().maxRSS / 1e6,
  }),
);
await close();

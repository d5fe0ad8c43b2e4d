import { mkdir } from 'node:fs/promises';
import type { SourceOptions } from '#core/portfolio/recipe.ts';
import { runInWorker } from '../../threads/workers.ts';
import { type FileFacts, factsOf } from '../read-through.ts';
import type { Inspection, InspectRequest } from '../source.ts';

/** What a thread is told: which file to read, as what, and where to leave its rows. */
export interface ConvertTask {
  path: string;
  name: string;
  options: SourceOptions;
  folder: string;
}

export interface Converted {
  facts: FileFacts;
  columns: string[];
  /** The engine's type of each column. */
  types: string[];
  found: Inspection['found'];
}

/**
 * Reads a file through in a thread of its own, which leaves its rows in the scratch folder. A cancel reaches the
 * thread between two pieces of the file.
 *
 * @param thread URL of a module that answers `ConvertTask` with `Converted`
 */
export async function convert(thread: URL, request: InspectRequest): Promise<Inspection> {
  const { path, name, options, scratch, onBytes } = request;
  const { bytes } = await factsOf(path, name);
  await mkdir(scratch, { recursive: true });
  let done = 0;
  const task: ConvertTask = { path, name, options, folder: scratch };
  const { facts, columns, types, found } = await runInWorker<ConvertTask, Converted>(thread, task, {
    onProgress: (progress) => {
      done = progress.done;
    },
    checkCancelled: () => onBytes(Math.floor(done * bytes)),
  });
  onBytes(facts.bytes);
  return {
    path,
    name,
    ...facts,
    columns,
    found: { ...found, folder: scratch, types: JSON.stringify(types) },
  };
}

import type { z } from 'zod';
import type { Cleared } from '#core/contact/clear.ts';
import type { MessageColumn } from '#core/contact/messages.ts';
import type { Batch } from '#core/contract/batches.ts';
import type { ExportRun, Manifest } from '#core/contract/exports.ts';
import type { Sql } from '#core/sql/sql.ts';
import type { Text } from '#core/text/text.ts';
import type { Engine } from '../engine/engine.ts';

/** What a destination is handed: a batch the rules let through, and its messages as a query in a fixed order. */
export interface Delivery<O> {
  batch: Cleared<Batch>;
  /** Identifier of the run; a run taken up again has the same. */
  run: string;
  options: O;
  columns: readonly MessageColumn[];
  messages: Sql;
  assumptions: Record<string, unknown>;
  engine: Engine;
  /** Folder of the workspace. */
  workspace: string;
  progress(done: number | null, note?: string): void;
  checkCancelled(): void;
}

export interface Delivered {
  manifest: Manifest;
  /** Absolute path, for destinations that write files. */
  manifestPath: string | null;
}

/**
 * Somewhere messages go. One file of this folder with a default export is one destination; its id is its file
 * name. `deliver` is called again with the same run after a stop, and then finishes what it began: nothing is
 * lost, nothing doubled.
 */
export interface Destination<O = unknown> {
  text: { title: Text; summary: Text };
  options: z.ZodType<O>;
  /** What the receiver may see of a run that was cut off and taken up again. */
  guarantee: ExportRun['guarantee'];
  /** Whether these options send more of a person than identifiers. */
  personal(options: O): boolean;
  deliver(delivery: Delivery<O>): Promise<Delivered>;
  /** Removes what an unfinished run left behind. */
  discard(run: string, options: O, workspace: string): Promise<void>;
}

/** Gives a destination its option type where it is written and hides it where destinations are kept together. */
export const destination = <O>(given: Destination<O>): Destination => given as unknown as Destination;

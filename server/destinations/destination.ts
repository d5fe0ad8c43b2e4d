import type { z } from 'zod';
import type { Cleared } from '#core/contact/clear.ts';
import type { MessageColumn } from '#core/contact/messages.ts';
import type { Batch } from '#core/contract/delivery/batches.ts';
import type { Manifest } from '#core/contract/delivery/exports.ts';
import type { Answer, Carried, Guarantee } from '#core/delivery/answer.ts';
import type { CallLimits } from '#core/delivery/packing.ts';
import type { RankOrder } from '#core/delivery/ranking.ts';
import type { Sql } from '#core/sql/sql.ts';
import type { Text } from '#core/text/text.ts';
import type { Engine } from '../engine/engine.ts';
import type { World } from './world.ts';

/** What a destination that writes files is handed: a batch the rules let through, and its messages as a query in a fixed order. */
export interface Delivery<O> {
  /** null: of recalls, which anybody may get. */
  batch: Cleared<Batch> | null;
  /** Messages: those cleared but for people withheld since. */
  rows: number;
  /** Identifier of the run; a run taken up again has the same. */
  run: string;
  options: O;
  columns: readonly MessageColumn[];
  messages: Sql;
  assumptions: Record<string, unknown>;
  engine: Engine;
  /** Folder of the workspace. */
  workspace: string;
  world: World;
  progress(done: number | null, note?: string): void;
  checkCancelled(): void;
}

export interface Delivered {
  manifest: Manifest;
  /** Absolute path, for destinations that write files. */
  manifestPath: string | null;
}

/** Thrown by what writes files when the place cannot be reached now: the same is tried again later. */
export class TryLater extends Error {}

/** Writes a batch whole. `deliver` is called again with the same run after a stop, and then finishes what it began. */
export interface Writes<O> {
  deliver(delivery: Delivery<O>): Promise<Delivered>;
  /** Removes what an unfinished run left behind. */
  discard(run: string, options: O, workspace: string, world?: World): Promise<void>;
  /** In which order people are called and how many a day, where that matters there; the messages then come in it, with `rank`. */
  ranking?(options: O): { by: RankOrder; capacity: number | null } | null;
  /** Judges the place as it was typed. @throws address_refused where nothing may be sent to it */
  requireReachable?(options: O, world: World): void;
  /** Tries the place without leaving anything there: null when well, else what is wrong. */
  test?(options: O, world: World): Promise<string | null>;
}

/** One row to be sent, as it was frozen: a message, the attributes of a person, or the recall of what was sent. */
export interface Item {
  carries: Carried;
  /** Attributes: whether the person is put there or taken away; messages and recalls are put. */
  operation: 'put' | 'remove';
  /** The same for the same thing, whichever run sends it. */
  key: string;
  customerId: string;
  /** Frozen columns: of messages `messageColumns`, of recalls {reason, message_key, …}, else the attributes by name. */
  values: Readonly<Record<string, string | number | boolean | null>>;
  /** What the template of the message is called there, where the destination maps templates. */
  mapping: Readonly<Record<string, unknown>> | null;
}

/** What a call sends. `id` is the same for the same rows, and so for every retry of the call. */
export interface Call {
  id: string;
  run: string;
  carries: Carried;
  items: readonly Item[];
  /** `bodyOf` each item, in the same order: a retry sends these bytes. */
  bodies: readonly string[];
  /** Instant of the run's freezing, ISO 8601: for a body that must name a time. */
  frozenAt: string;
}

/** An open connection to a receiver. Never throws for what the receiver does: that is an Answer. */
export interface Receiver {
  send(call: Call): Promise<Answer>;
  /** Asks after a job that `send` answered `pending` with. */
  poll?(job: string): Promise<Answer>;
  /** Tries credentials and address without sending anybody's data: null when well, else the receiver's words. */
  test(): Promise<string | null>;
  close(): Promise<void>;
}

/** Sends rows in calls. */
export interface Calls<O> {
  limits(options: O, carries: Carried): CallLimits & { concurrent: number; perSecond?: number };
  /** The bytes of one row within a call: a pure function of what was frozen. */
  bodyOf(item: Item, options: O): string;
  open(options: O, world: World): Promise<Receiver>;
  /** What a template is called at the receiver; without it the text itself is sent and no mapping is asked for. */
  mapping?: z.ZodType;
  /** Whether the receiver itself waits for `send_not_before`; one that does not is sent nothing before. */
  waits?: boolean;
  /** No profile is taken away there: of whoever leaves, the attributes are emptied, and a sync that asks for more is refused. */
  keepsProfiles?: boolean;
}

/**
 * Somewhere things go. One file of this folder with a default export is one kind of destination; its id is its file
 * name. Options marked `meta({secret: true})` are kept sealed and never shown again.
 */
export type Destination<O = unknown> = {
  text: { title: Text; summary: Text };
  options: z.ZodType<O>;
  /** By what it may carry; null: it does not. What starts a message is idempotent or at most once. */
  guarantees(options: O): Readonly<Record<Carried, Guarantee | null>>;
  /** Whether these options send more of a person than identifiers. */
  personal(options: O): boolean;
} & ({ writes: Writes<O>; calls?: undefined } | { calls: Calls<O>; writes?: undefined });

/** Gives a destination its option type where it is written and hides it where destinations are kept together. */
export const destination = <O>(given: Destination<O>): Destination => given as unknown as Destination;

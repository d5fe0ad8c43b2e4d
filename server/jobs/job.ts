import type { TextValues } from '#core/text/text.ts';
import type { Context } from '../context.ts';
import type { Session } from '../engine/engine.ts';
import type { Turn } from './lanes.ts';

/** What a step sees. `outputs` holds what earlier steps of the same job returned. */
export interface StepRun<Input> {
  context: Context;
  jobId: string;
  by: string;
  input: Input;
  outputs: Record<string, unknown>;
  /** Share done in [0, 1], or null when unknown; shown live. */
  progress(done: number | null, note?: string): void;
  /** Ends with the process: work that waits throws `Stopped` then, and goes on at the next start. */
  stopping: AbortSignal;
  /** The lane the job goes in: what waits for long lets others go on. */
  turn: Turn;
  /** Throws DomainError('cancelled') once the job has been asked to stop. */
  checkCancelled(): void;
}

/** Thrown by a step that gives way to the end of the process. */
export class Stopped extends Error {}

/**
 * What a step leaves behind. `publish` runs in the same transaction that marks the step done, so a step either
 * happened or did not; work before it must be safe to repeat. `output` must be plain JSON.
 */
export interface StepResult {
  output: unknown;
  publish?: (session: Session) => Promise<void>;
}

export interface Step<Input> {
  name: string;
  /**
   * What it does is seen outside and cannot be taken back: from its end on the job is finished, never cancelled. Once
   * published: only from its commit on; one that refuses to publish still fails.
   */
  binding?: boolean | 'once published';
  run(step: StepRun<Input>): Promise<StepResult>;
}

/** A kind of long work. One file of `server/jobs/kinds/` is one kind; its id is its file name. */
export interface JobKind<Input = never> {
  steps: readonly Step<Input>[];
  /** Jobs of one lane follow each other; those without one share the heavy lane. Only for work that mostly waits. */
  lane?(input: Input): string | null;
  /** How often it may be begun before it is given up. */
  attempts?: number;
  /** The job's result, from the outputs of its steps. */
  result(outputs: Record<string, unknown>): unknown;
  /** Removes what an unfinished run left outside the database, after failure or cancel. */
  cleanUp?(run: { context: Context; jobId: string; input: Input }): Promise<void>;
  /** Work that its end calls for, done in its name as jobs of their own. */
  followUp?(run: {
    context: Context;
    outputs: Record<string, unknown>;
  }): Promise<readonly { kind: string; input: unknown }[]>;
  /** Figures for the audit log; never personal values. */
  audit?(outputs: Record<string, unknown>): TextValues;
}

/** How often a job may be begun. */
export const attemptsOf = (kind: JobKind<unknown> | undefined): number => kind?.attempts ?? 10;

/** Whether what a job has done cannot be taken back. */
export const isBound = (kind: JobKind<unknown> | undefined, outputs: object): boolean =>
  kind?.steps.some((step) => step.binding && step.name in outputs) ?? false;

export const jobKind = <Input>(kind: JobKind<Input>): JobKind<Input> => kind;

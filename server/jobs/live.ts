import type { Job } from '#core/contract/jobs.ts';

/** A job at work, as far as this process knows it. */
export interface Live {
  steps: Map<string, Job['steps'][number]>;
  cancelled: boolean;
  /** A binding step has been done: only the end is left. */
  bound: boolean;
}

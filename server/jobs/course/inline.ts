import { md5 } from '@noble/hashes/legacy.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { DomainError } from '#core/errors/domain-error.ts';
import type { JobKind, StepRun } from '../job.ts';

/** An identifier in the shape of a job's, the same for the same job and label. */
export function partOf(jobId: string, label: string): string {
  const hex = bytesToHex(md5(utf8ToBytes(`${jobId}:${label}`)));
  return [0, 8, 12, 16, 20, 32]
    .slice(1)
    .map((end, i) => hex.slice([0, 8, 12, 16, 20][i], end))
    .join('-');
}

/**
 * Does the work of another kind as a part of this one: its steps in order, each published by its own commit. A part cut off is done
 * again from its first step, so it must find by itself what it has done.
 */
export async function runPart<Output>(
  step: StepRun<unknown>,
  name: string,
  label: string,
  input: unknown,
): Promise<Output> {
  const { context, by } = step;
  const kind = context.jobs.kinds.get(name) as JobKind<unknown> | undefined;
  if (!kind) throw new DomainError('not_found', { kind: 'job kind', id: name });
  const jobId = partOf(step.jobId, label);
  const outputs: Record<string, unknown> = {};
  try {
    for (const part of kind.steps) {
      step.checkCancelled();
      const { output, publish } = await part.run({
        context,
        jobId,
        by,
        input,
        outputs,
        progress: () => {},
        stopping: step.stopping,
        turn: step.turn,
        checkCancelled: step.checkCancelled,
      });
      if (publish) await context.engine.transaction(publish);
      outputs[part.name] = output;
    }
  } catch (error) {
    await kind.cleanUp?.({ context, jobId, input });
    throw error;
  }
  return kind.result(outputs) as Output;
}

import { waitBefore } from '#core/delivery/retry.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import { type Delivered, type Delivery, TryLater, type Writes } from '../../../destinations/destination.ts';
import { type StepRun, Stopped } from '../../job.ts';
import { lookMs, patienceMs } from '../sending/aside.ts';
import { sleep } from '../sending/pace.ts';

/**
 * Lets a destination write a run's files, and again by the retry schedule while the place cannot be reached: it goes on with what it
 * had begun, and long waits let others in its lane go.
 *
 * @throws sftp_given_up when no try is left; Stopped when the process ends
 */
export async function deliverFiles(
  { context, stopping, turn, progress, checkCancelled }: StepRun<never>,
  writes: Writes<unknown>,
  delivery: Delivery<unknown>,
): Promise<Delivered> {
  for (let tries = 1; ; tries++)
    try {
      return await writes.deliver(delivery);
    } catch (error) {
      if (!(error instanceof TryLater)) throw error;
      const wait = waitBefore(context.config.delivery.scheduleMs, tries, delivery.world.draw());
      if (wait === null)
        throw new DomainError('sftp_given_up', { tries, reason: error.message }, { cause: error });
      const until = performance.now() + wait;
      progress(null, error.message);
      const waitOut = async () => {
        while (performance.now() < until) {
          checkCancelled();
          await sleep(Math.min(lookMs, until - performance.now()), stopping);
          if (stopping.aborted) throw new Stopped();
        }
        return true;
      };
      await (wait > patienceMs ? turn.stepAside(waitOut) : waitOut());
    }
}

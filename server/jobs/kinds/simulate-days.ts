import { addDays } from '#core/contact/time/wall-clock.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import type { Context } from '../../context.ts';
import { readDesigns } from '../../store/experiments/designs.ts';
import { readSimulation } from '../../store/experiments/simulation.ts';
import { runningHoldout } from '../../store/holdouts/holdouts.ts';
import { workspaceToday } from '../../store/workspace.ts';
import { type DayLine, simulateDay } from '../course/day.ts';
import { jobKind } from '../job.ts';
import type { SimulateInput } from '../simulating.ts';

interface Asked {
  from: string;
  until: string;
}

interface Course {
  days: DayLine[];
}

/**
 * Days of a simulated workspace one by one, each with the run and the exports of the experiments under way, so that a whole trial goes
 * by from one command. Where it stands is the workspace's own date: cut off, it goes on from there; cancelled, it stops between days.
 */
export default jobKind<SimulateInput>({
  steps: [
    {
      name: 'ask',
      async run({ context, input }) {
        if (!(await readSimulation(context.engine))) throw new DomainError('not_simulated');
        const from = await workspaceToday(context);
        return { output: { from, until: addDays(from, input.days) } satisfies Asked };
      },
    },
    {
      name: 'days',
      async run(step) {
        const { until } = step.outputs.ask as Asked;
        const days: DayLine[] = [];
        for (;;) {
          const today = await workspaceToday(step.context);
          if (today >= until) break;
          step.checkCancelled();
          step.progress(1 - daysBetween(today, until) / step.input.days, today);
          days.push(
            await simulateDay(step as never, (await quiet(step.context)) ? daysBetween(today, until) : 1),
          );
        }
        return { output: { days } satisfies Course };
      },
    },
  ],
  result: (outputs) => ({ ...(outputs.ask as Asked), ...(outputs.days as Course) }),
  audit: (outputs) => {
    const { days } = outputs.days as Course;
    return { days: days.length, sent: days.reduce((sum, { sent }) => sum + sent, 0) };
  },
});

/** Whether no experiment is under way and nobody is drawn for a holdout: then days pass together. */
const quiet = async ({ engine }: Context): Promise<boolean> =>
  (await runningHoldout(engine)) === null &&
  (await readDesigns(engine)).every(({ status }) => status !== 'running' && status !== 'paused');

const daysBetween = (from: string, until: string): number =>
  Math.round((Date.parse(until) - Date.parse(from)) / 86_400_000);

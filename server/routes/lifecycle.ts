import { contract } from '#core/contract/index.ts';
import type { Context } from '../context.ts';
import type { Session } from '../engine/engine.ts';
import { handle } from '../http/handle.ts';
import { stylesOf } from '../jobs/designing/texts.ts';
import { readCadence } from '../store/experiments/cadence.ts';
import { describeLifecycle } from '../store/experiments/describe.ts';
import { readDesign } from '../store/experiments/designs.ts';
import { readDraws } from '../store/experiments/draws.ts';
import * as lifecycle from '../store/experiments/lifecycle.ts';

const resource = contract.experimentLifecycle;

/** Makes a change in one transaction and answers where the experiment stands then. */
async function changed(context: Context, id: string, change: (session: Session) => Promise<void>) {
  await context.engine.transaction(change);
  return describeLifecycle(context, id);
}

export const handlers = [
  handle(resource.get, ({ context, input }) => describeLifecycle(context, input.params.experimentId)),
  handle(resource.balance, async ({ context, input }) => {
    const { id } = await readDesign(context.engine, input.params.experimentId);
    const draws = await readDraws(context.engine, id);
    return { draws: draws.map(({ cohort, balance }) => ({ cohort, rows: balance })) };
  }),
  handle(resource.cadence, async ({ context, input }) =>
    readCadence(context, await readDesign(context.engine, input.params.experimentId)),
  ),
  handle(resource.pause, ({ context, principal, input }) => {
    const { experimentId } = input.params;
    const { arm, reason } = input.body;
    const asked = { experimentId, reason, by: principal.id };
    return changed(context, experimentId, (session) =>
      arm === undefined
        ? lifecycle.pauseExperiment(context, session, asked)
        : lifecycle.pauseArm(context, session, { ...asked, arm }),
    );
  }),
  handle(resource.resume, ({ context, principal, input }) => {
    const { experimentId } = input.params;
    const asked = { experimentId, ...input.body, by: principal.id };
    return changed(context, experimentId, (session) => lifecycle.resume(context, session, asked));
  }),
  handle(resource.drop, ({ context, principal, input }) => {
    const { experimentId } = input.params;
    const asked = { experimentId, ...input.body, by: principal.id };
    return changed(context, experimentId, (session) => lifecycle.dropArm(context, session, asked));
  }),
  handle(resource.stop, ({ context, principal, input }) => {
    const { experimentId } = input.params;
    const asked = { experimentId, ...input.body, by: principal.id };
    return changed(context, experimentId, (session) => lifecycle.stop(context, session, asked));
  }),
  handle(resource.decide, ({ context, principal, input }) => {
    const { experimentId } = input.params;
    const asked = { experimentId, ...input.body, by: principal.id };
    return changed(context, experimentId, (session) => lifecycle.decide(context, session, asked));
  }),
  handle(resource.change, async ({ context, principal, input }) => {
    const { experimentId } = input.params;
    const asked = { experimentId, ...input.body, by: principal.id, styles: await stylesOf(context) };
    return changed(context, experimentId, (session) => lifecycle.changePlan(context, session, asked));
  }),
  handle(resource.runDay, async ({ context, input, submit }) => {
    const { id } = await readDesign(context.engine, input.params.experimentId);
    return submit('run-day', { experimentId: id, ...input.body });
  }),
  handle(resource.runToday, ({ input, submit }) => submit('run-day', { experimentId: null, ...input.body })),
];

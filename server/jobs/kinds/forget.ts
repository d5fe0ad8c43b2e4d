import type { ForgetReport } from '#core/contract/portfolio/keeping.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import type { Context } from '../../context.ts';
import type { Session } from '../../engine/engine.ts';
import { writeAudit } from '../../store/audit.ts';
import { countErasure } from '../../store/keeping/epoch.ts';
import { forgetRows, noteMarks, refuseUnfinished } from '../../store/keeping/forget-rows.ts';
import {
  closeForgetting,
  dropForgetting,
  type Forgetting,
  readForgetting,
  readReport,
  saveReport,
} from '../../store/keeping/forgettings.ts';
import { refuseHeld } from '../../store/keeping/holds.ts';
import { marked, readMarks } from '../../store/keeping/marks.ts';
import { suppress, suppressionKey } from '../../store/keeping/suppression.ts';
import { instant } from '../../store/workspace.ts';
import { jobKind, type StepRun } from '../job.ts';
import { eraseFiles, findFiles } from '../keeping/files.ts';
import { planReceivers } from '../keeping/tell-receivers.ts';
import { forgetSamples } from '../previewing/sample.ts';

/** Names the request, never the person: a job’s input stays. */
interface Input {
  forgettingId: string;
}

async function requestOf(context: Context, input: Input): Promise<Forgetting> {
  const request = await readForgetting(context.engine, input.forgettingId);
  if (!request) throw new DomainError('not_found', { kind: 'forgetting', id: input.forgettingId });
  return request;
}

async function eraseTables(step: StepRun<Input>) {
  const { context, input } = step;
  const request = await requestOf(context, input);
  const customerId = request.customer_id ?? '';
  const key = await suppressionKey(context, context.engine);
  step.progress(null);
  return {
    output: {},
    publish: async (session: Session) => {
      if ((await readForgetting(session, input.forgettingId))?.report) return;
      await refuseHeld(session, customerId);
      await refuseUnfinished(session, step.jobId);
      await noteMarks(session, input.forgettingId, customerId, request.token);
      const since = instant(context.now());
      for (const kind of ['customer', 'account'] as const)
        await suppress(session, key, {
          kind,
          ids: marked(input.forgettingId, kind),
          token: request.token,
          since,
        });
      const { receivers, queue } = await planReceivers(context, session, {
        ...{ jobId: step.jobId, by: step.by, customerId, token: request.token },
      });
      const report = await forgetRows(session, { id: input.forgettingId, customerId, token: request.token });
      await saveReport(session, input.forgettingId, { ...report, receivers });
      await queue();
      await countErasure(session);
    },
  };
}

/** Tells what becomes of the files before anything is done to them, so that a stop loses nothing of the report. */
async function findStored({ context, input }: StepRun<Input>) {
  const marks = await readMarks(context.engine, input.forgettingId);
  const lines = await findFiles(context, marks);
  return {
    output: {},
    publish: async (session: Session) => {
      const told = await readReport(session, input.forgettingId);
      if (!told) return;
      const { receivers, models, experiments } = told;
      await saveReport(session, input.forgettingId, {
        lines: [...told.lines, ...lines],
        receivers,
        models,
        experiments,
      });
    },
  };
}

async function eraseStored({ context, input, progress }: StepRun<Input>) {
  await eraseFiles(context, await readMarks(context.engine, input.forgettingId), progress);
  return { output: {} };
}

/**
 * Forgets a person, for good. In one commit: the ledger of keyed hashes by which they are known again, what became of
 * them in experiments under a random name, every row and text of theirs, and what receivers are to be told; then the files; then the strings looked
 * for, themselves; last the database is written anew, since deleted rows stay in a file. From the first commit
 * on it is finished whatever happens.
 */
export default jobKind<Input>({
  steps: [
    { name: 'erase', binding: 'once published', run: eraseTables },
    { name: 'search', run: findStored },
    { name: 'files', run: eraseStored },
    {
      name: 'close',
      async run({ context, input, by }) {
        const at = instant(context.now());
        const { token } = await requestOf(context, input);
        return {
          output: {},
          publish: async (session) => {
            await closeForgetting(session, input.forgettingId, at);
            await writeAudit(session, { at, by, action: 'person.forgotten', subject: token });
          },
        };
      },
    },
    {
      name: 'compact',
      async run({ context, progress }) {
        progress(null);
        await forgetSamples(context);
        await context.engine.compact();
        return { output: {} };
      },
    },
    {
      name: 'report',
      async run({ context, input }) {
        return { output: await readReport(context.engine, input.forgettingId) };
      },
    },
  ],
  result: (outputs) => outputs.report,
  /** Receivers that hold a profile are told, each in a run of its own, which takes as long as it takes. */
  followUp: async ({ outputs }) =>
    (outputs.report as ForgetReport).receivers.flatMap(({ destination, run }) =>
      run === null ? [] : [{ kind: 'call-back', input: { exportId: run, destination } }],
    ),
  cleanUp: ({ context, input }) =>
    context.engine.transaction((session) => dropForgetting(session, input.forgettingId)),
  audit: (outputs) => {
    const report = outputs.report as ForgetReport;
    return { token: report.token, places: report.lines.length, models: report.models };
  },
});

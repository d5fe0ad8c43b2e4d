import type { Rehearsal } from '#core/contract/experiments/rehearsal.ts';
import type { Design } from '#core/experiment/define.ts';
import { insertScores, insertSmallBook } from '../../support/books/small-book.ts';
import { designOf, saveSegment } from '../../support/experiments/experiments.ts';
import { startTestServer } from '../../support/servers/server.ts';
import { defineMeasure, seconds } from '../measure.ts';

const staggered: Partial<Design> = { plan: 'staggered_sequential', entryDays: 21, looks: 3 };
const spending = 'obrien_fleming';
const plans: [string, Partial<Design>][] = [
  ['simple, one look', {}],
  [
    'staggered, 3 looks, futility',
    { ...staggered, analysis: { estimator: 'adjusted', spending, futility: true } },
  ],
  [
    'always valid, 3 looks',
    {
      ...staggered,
      analysis: { estimator: 'adjusted', inference: 'always_valid', spending, futility: false },
    },
  ],
];

const percent = (value: number | null | undefined): string => `${(100 * (value ?? Number.NaN)).toFixed(1)} %`;

export default defineMeasure({
  title: 'A design tried on the past',
  about:
    'Three arms, 400 repetitions, each drawn and judged twice (without an effect, and with the smallest that the design sees) by the judgement of results; the whole job, reading the past included, in one worker. People are those of the past that are tried. Beside the time, what was found of false alarms and power, and what the sizing had promised of both.',
  accounts: 50_000,
  async run({ accounts, tell }) {
    const server = await startTestServer();
    try {
      await server.workspace.context.engine.transaction(async (session) => {
        await insertSmallBook(session, accounts);
        await insertScores(session, '2026-09-30');
        await insertScores(session, '2026-10-31');
      });
      const segmentId = await saveSegment(server);
      const rows = [];
      for (const [what, design] of plans) {
        let result: Rehearsal | null = null;
        const took = await seconds(async () => {
          const body = { design: designOf(segmentId, design), replications: 400 };
          const job = await server.client.experimentRehearsal.run({ body });
          const done = await server.workspace.context.jobs.finished(job.id);
          if (done.error) throw new Error(done.error.message);
          result = done.result as Rehearsal;
        });
        const { people, falseAlarms, power } = result as unknown as Rehearsal;
        tell(`${what}: ${people} people, ${took.toFixed(1)} s`);
        rows.push([
          what,
          people,
          took,
          percent(falseAlarms.found.estimate),
          percent(falseAlarms.promised),
          percent(power.found.estimate),
          percent(power.promised),
        ]);
      }
      const head = ['plan', 'people', 'job, s', 'false alarms', 'promised', 'power', 'promised'];
      return { head, rows };
    } finally {
      await server.close();
    }
  },
});

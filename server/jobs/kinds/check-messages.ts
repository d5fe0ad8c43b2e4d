import { dataVersion } from '../../store/data-version.ts';
import { readDesigns } from '../../store/designs.ts';
import { pauseExperiment } from '../../store/experiments/lifecycle.ts';
import { insertCheck } from '../../store/messages/checks.ts';
import { instant } from '../../store/workspace.ts';
import { jobKind } from '../job.ts';
import { type Rechecked, recheckTexts } from '../messages/recheck.ts';

interface Checked {
  experiments: number;
  texts: number;
  paused: { experimentId: string; name: string; reason: { es: string; en: string } }[];
}

/** Named in the record of what it pauses. */
const watch = 'message-check';

/**
 * Counts again what the texts of experiments under way rest on. One figure or consequence that is no longer so pauses
 * all arms of its experiment together, with the reason: pausing one arm alone would make the others incomparable.
 */
export default jobKind<Record<string, never>>({
  steps: [
    {
      name: 'recount',
      async run({ context, progress, checkCancelled }) {
        const running = (await readDesigns(context.engine)).filter(({ status }) => status === 'running');
        const looked: Rechecked[] = [];
        for (const [i, record] of running.entries()) {
          checkCancelled();
          progress(i / running.length, record.design.name);
          looked.push(...(await recheckTexts(context, record)));
        }
        const paused = running.flatMap(({ id, design }) => {
          const failed = looked.find(({ experimentId, holds }) => experimentId === id && !holds);
          return failed?.reason
            ? [
                {
                  experimentId: id,
                  name: design.name,
                  reason: {
                    es: `${failed.arm} · ${failed.template}: ${failed.reason.es}`,
                    en: `${failed.arm} · ${failed.template}: ${failed.reason.en}`,
                  },
                },
              ]
            : [];
        });
        const output: Checked = { experiments: running.length, texts: looked.length, paused };
        return {
          output,
          publish: async (session) => {
            const at = instant(context.now());
            const version = looked.length ? await dataVersion(session) : null;
            if (version)
              for (const one of looked) await insertCheck(session, one, { at, dataVersion: version });
            for (const { experimentId, reason } of paused)
              await pauseExperiment(context, session, {
                experimentId,
                reason: reason[context.config.language],
                by: watch,
              });
          },
        };
      },
    },
  ],
  result: (outputs) => outputs.recount,
  audit: (outputs) => {
    const { experiments, texts, paused } = outputs.recount as Checked;
    return { experiments, texts, paused: paused.map(({ experimentId }) => experimentId).join(', ') || null };
  },
});

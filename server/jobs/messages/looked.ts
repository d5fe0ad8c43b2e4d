import type { Text } from '#core/text/text.ts';
import type { Context } from '../../context.ts';
import type { Session } from '../../engine/engine.ts';
import { dataVersion } from '../../store/data-version.ts';
import { type DesignRecord, readDesign } from '../../store/experiments/designs.ts';
import { pauseExperiment } from '../../store/experiments/lifecycle.ts';
import { insertCheck } from '../../store/messages/checks.ts';
import { instant } from '../../store/workspace.ts';
import { type Rechecked, recheckTexts } from './recheck.ts';

/** Named in the record of what it pauses. */
const watch = 'message-check';

export interface PausedByTexts {
  experimentId: string;
  name: string;
  reason: Text;
}

export interface Looked {
  texts: Rechecked[];
  /** Experiments one of whose texts may not be said any more, by its first reason. */
  failing: PausedByTexts[];
}

/** Counts again what the texts of these experiments rest on. */
export async function lookAgain(
  context: Context,
  records: readonly DesignRecord[],
  each: (record: DesignRecord, share: number) => void,
): Promise<Looked> {
  const looked: Looked = { texts: [], failing: [] };
  for (const [i, record] of records.entries()) {
    each(record, i / records.length);
    const texts = await recheckTexts(context, record);
    looked.texts.push(...texts);
    const failed = texts.find(({ holds }) => !holds);
    if (!failed?.reason) continue;
    const { arm, template, reason } = failed;
    looked.failing.push({
      experimentId: record.id,
      name: record.design.name,
      reason: { es: `${arm} · ${template}: ${reason.es}`, en: `${arm} · ${template}: ${reason.en}` },
    });
  }
  return looked;
}

/**
 * Writes down what was counted and pauses all arms together where a text no longer holds: pausing one arm alone would make the
 * others incomparable. What is no longer under way is left as it is. In the caller's transaction.
 */
export async function publishLooked(
  context: Context,
  session: Session,
  { texts, failing }: Looked,
): Promise<PausedByTexts[]> {
  const at = instant(context.now());
  const version = texts.length ? await dataVersion(session) : null;
  if (version) for (const one of texts) await insertCheck(session, one, { at, dataVersion: version });
  const paused: PausedByTexts[] = [];
  for (const one of failing) {
    if ((await readDesign(session, one.experimentId)).status !== 'running') continue;
    await pauseExperiment(context, session, {
      experimentId: one.experimentId,
      reason: one.reason[context.config.language],
      by: watch,
    });
    paused.push(one);
  }
  return paused;
}

import type { RecordedLook } from '#core/experiment/results/gathered.ts';
import type { Context } from '../../context.ts';
import { type DesignRecord, readDesigns } from '../experiments/designs.ts';
import { instant } from '../workspace.ts';
import { dueLooks } from './entries.ts';
import { lastKnownDay } from './known.ts';
import { readLooks } from './looks.ts';
import { readResults } from './results.ts';

export interface FoundLooks {
  record: DesignRecord;
  dataVersion: string;
  looks: RecordedLook[];
}

/** Whether a planned look of an experiment has had its day and is not written down yet. */
export async function isLookDue(context: Context, record: DesignRecord): Promise<boolean> {
  if (record.startsOn === null) return false;
  const asOf = await lastKnownDay(context, record.design.assume?.today);
  const written = await readLooks(context.engine, record.id);
  return (await dueLooks(context, record, asOf)) > written.length;
}

export async function withDueLooks(context: Context): Promise<DesignRecord[]> {
  const due: DesignRecord[] = [];
  for (const record of await readDesigns(context.engine))
    if (record.state !== 'draft' && (await isLookDue(context, record))) due.push(record);
  return due;
}

/** What each look that has had its day found, by what is known now: of an arm not yet told apart, still running. */
export async function findLooks(context: Context, record: DesignRecord): Promise<FoundLooks> {
  const results = await readResults(context, record.id);
  const recordedAt = instant(context.now());
  const done = results.looks.filter(({ state }) => state === 'done');
  const looks = done.map(({ number, on, information }, i): RecordedLook => {
    const last = i === results.looks.length - 1;
    const arms = results.verdict.arms.map(({ arm, kind }): RecordedLook['arms'][number] => {
      const crossed = results.looks
        .slice(0, i + 1)
        .flatMap((look) => look.arms.filter((one) => one.arm === arm && one.crossed !== 'none'))
        .at(-1)?.crossed;
      const own =
        crossed === 'better' || crossed === 'worse'
          ? crossed
          : crossed === 'futile'
            ? 'inconclusive'
            : 'running';
      const estimate =
        results.metrics.find(({ role }) => role === 'primary')?.comparisons.find((one) => one.arm === arm)
          ?.judged.estimate ?? null;
      return { arm, kind: last || kind === 'invalid' ? kind : own, estimate };
    });
    const verdict = last
      ? results.verdict.kind
      : (arms.find(({ kind }) => kind === 'better')?.kind ??
        arms.find(({ kind }) => kind !== 'running')?.kind ??
        'running');
    return { number, on, information: information ?? 0, verdict, arms, recordedAt };
  });
  return { record, dataVersion: results.dataVersion, looks };
}

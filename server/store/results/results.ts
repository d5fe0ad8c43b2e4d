import type { ExperimentResults } from '#core/contract/experiments/results.ts';
import { sql } from '#core/sql/sql.ts';
import type { Context } from '../../context.ts';
import { currentDataVersion } from '../data-version.ts';
import { readDesign } from '../experiments/designs.ts';
import { remembered } from '../remembered.ts';
import { type ExperimentState, gather } from './gather.ts';
import { lastKnownDay } from './known.ts';
import { assembleInThread } from './thread/call.ts';

async function stateOf({ engine }: Context, id: string): Promise<ExperimentState> {
  const row = await engine.first<ExperimentState & Record<string, number>>(sql`
    SELECT (SELECT CAST(count(*) AS BIGINT) FROM assignments WHERE experiment_id = ${id}) AS people,
      (SELECT CAST(count(*) AS BIGINT) FROM experiment_events WHERE experiment_id = ${id}) AS events,
      (SELECT CAST(count(*) AS BIGINT) FROM experiment_looks WHERE experiment_id = ${id}) AS looks,
      (SELECT CAST(count(*) AS BIGINT) FROM batches WHERE experiment_id = ${id} AND state <> 'released') AS batches,
      (SELECT CAST(count(*) AS BIGINT) FROM export_runs WHERE experiment_id = ${id} AND state = 'done') AS exports`);
  return row ?? { people: 0, events: 0, looks: 0, batches: 0, exports: 0 };
}

/**
 * What is known of an experiment today. Worked out once for each state of the data and of the experiment, and put
 * together in a thread of its own. @throws not_found
 */
export async function readResults(context: Context, experimentId: string): Promise<ExperimentResults> {
  const record = await readDesign(context.engine, experimentId);
  const asOf = await lastKnownDay(context, record.design.assume?.today);
  const state = await stateOf(context, experimentId);
  const { status, planVersion } = record;
  const question = `results ${experimentId} ${asOf} ${JSON.stringify([status, planVersion, state])}`;
  return remembered(context.engine, question, async () => {
    const dataVersion = (await currentDataVersion(context.engine)) ?? '';
    return assembleInThread(await gather(context, record, { asOf, dataVersion, state }));
  });
}

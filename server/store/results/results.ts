import type { ExperimentResults } from '#core/contract/experiments/results.ts';
import { assembleResults } from '#core/experiment/results/assemble.ts';
import { sql } from '#core/sql/sql.ts';
import type { Context } from '../../context.ts';
import { currentDataVersion } from '../data-version.ts';
import { type DesignRecord, readDesign } from '../designs.ts';
import { remembered } from '../remembered.ts';
import { gather } from './gather.ts';
import { lastKnownDay } from './known.ts';

/** What, besides the loaded data, results depend on: people drawn, messages sent and judged, events, looks written down. */
async function stateOf(context: Context, { id, status, planVersion }: DesignRecord): Promise<string> {
  const row = await context.engine.first<Record<string, number>>(sql`
    SELECT (SELECT CAST(count(*) AS BIGINT) FROM assignments WHERE experiment_id = ${id}) AS people,
      (SELECT CAST(count(*) AS BIGINT) FROM experiment_events WHERE experiment_id = ${id}) AS events,
      (SELECT CAST(count(*) AS BIGINT) FROM experiment_looks WHERE experiment_id = ${id}) AS looks,
      (SELECT CAST(count(*) AS BIGINT) FROM batches WHERE experiment_id = ${id} AND state <> 'released') AS batches,
      (SELECT CAST(count(*) AS BIGINT) FROM export_runs WHERE experiment_id = ${id} AND state = 'done') AS exports`);
  return JSON.stringify([status, planVersion, row]);
}

/** What is known of an experiment today. Worked out once for each state of the data and of the experiment. @throws not_found */
export async function readResults(context: Context, experimentId: string): Promise<ExperimentResults> {
  const record = await readDesign(context.engine, experimentId);
  const asOf = await lastKnownDay(context, record.design.assume?.today);
  const question = `results ${experimentId} ${asOf} ${await stateOf(context, record)}`;
  return remembered(context.engine, question, async () => {
    const dataVersion = (await currentDataVersion(context.engine)) ?? '';
    return assembleResults(await gather(context, record, { asOf, dataVersion }));
  });
}

import type { DesignInput } from '#core/experiment/define.ts';
import type { sql } from '#core/sql/sql.ts';
import { clientOn } from '../full-workspace.ts';
import { openTestWorkspace } from '../workspace.ts';

/** A simulated portfolio with a segment of people late by 1 to 60 days, and what it takes to run a trial on it. */
export async function openTrialWorkspace(accounts = 9000) {
  const workspace = await openTestWorkspace();
  const { context } = workspace;
  const { client, outcome } = await clientOn(context);
  await outcome(await client.loads.sample({ body: { accounts, seed: 11, months: 7 } }));
  const condition = { column: 'days_past_due', is: 'between' as const, from: 1, to: 60 };
  const segment = await client.segments.create({ body: { name: 'En mora', condition } });

  /** Designs, assigns and sends the first message of a trial; gives its id. */
  async function start(design: Omit<DesignInput, 'segmentId'>): Promise<string> {
    const { id } = await client.experiments.create({ body: { ...design, segmentId: segment.id } });
    const params = { experimentId: id };
    await outcome(await client.experiments.assign({ params }));
    return id;
  }
  async function send(experimentId: string): Promise<void> {
    const { id } = await outcome<{ id: string }>(
      await client.batches.create({ params: { experimentId }, body: { acceptUnverifiedBy: 'Prueba' } }),
    );
    await outcome(await client.exports.create({ body: { batchId: id } }));
  }
  /** Moves the clock on, and waits for what new data call for. */
  async function move(days: number): Promise<void> {
    await outcome(await client.system.simulate({ body: { days } }));
    for (const { id } of (await client.jobs.list({ query: {} })).jobs) await context.jobs.finished(id);
  }
  const results = (experimentId: string) => client.experimentResults.get({ params: { experimentId } });
  const count = async (statement: ReturnType<typeof sql>): Promise<number> =>
    (await context.engine.first<{ n: number }>(statement))?.n ?? 0;
  return { ...workspace, client, outcome, start, send, move, results, count };
}

export type TrialWorkspace = Awaited<ReturnType<typeof openTrialWorkspace>>;

export const message = (style: string, channel: 'sms' | 'email' = 'sms') => ({
  name: style,
  weight: 1,
  touches: [{ day: 0, style, channel, templates: [channel as string] }],
});
export const silence = { name: 'silence', weight: 1, touches: [] };

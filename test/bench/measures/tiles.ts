import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createClient, send } from '#core/contract/client.ts';
import { permissions } from '#core/contract/permissions.ts';
import { raw } from '#core/sql/sql.ts';
import { buildApp } from '#server/app.ts';
import { readConfig } from '#server/config.ts';
import { openWorkspace } from '#server/open.ts';
import { createCredential } from '#server/store/credentials.ts';
import { type Bench, defineMeasure } from '../measure.ts';

const milliseconds = async (work: () => Promise<unknown>): Promise<number> => {
  const began = performance.now();
  await work();
  return performance.now() - began;
};

const middle = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
const tries = 5;

/** The real server in this process, so that what it answers and its SQL are measured by turns on one engine. */
async function serveHere({ folder, threads, memoryLimit }: Bench) {
  const { context, close } = await openWorkspace(readConfig({ workspace: folder, threads, memoryLimit }));
  const server = createServer(await buildApp(context));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const credential = await createCredential(context, {
    kind: 'token',
    name: 'bench',
    principal: 'owner',
    permissions,
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const headers = { authorization: `Bearer ${credential.secret}` };
  return {
    context,
    client: createClient((endpoint, input) => send({ fetch, origin, headers }, endpoint, input)),
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await close();
    },
  };
}

export default defineMeasure({
  title: 'How soon a tile of the portfolio is there',
  about:
    'Every key figure over HTTP on a simulated portfolio of twelve months. Answered: asked with a first date that was not asked for before, so that nothing is remembered. Its SQL: the statement shown, run by itself in DuckDB, by turns with it. Again: asked once more. Milliseconds, the middle of five. Asked: answered within twice its SQL, again within 300 ms.',
  accounts: 83_000,
  async run(bench) {
    const { client, context, stop } = await serveHere(bench);
    try {
      const job = await client.loads.sample({ body: { accounts: bench.accounts, months: 12 } });
      const ended = await context.jobs.finished(job.id);
      if (ended.state !== 'done') throw new Error(ended.error?.message);
      const { dates } = await client.kpis.choices();
      const first = Date.parse(`${dates[0]}T00:00:00Z`);
      const before = (days: number) => new Date(first - days * 86_400_000).toISOString().slice(0, 10);
      const rows: (string | number)[][] = [];
      for (const { id: kpi, missing } of (await client.kpis.list()).kpis) {
        if (missing.length) throw new Error(`${kpi}: ${missing[0]?.advice.en}`);
        const ask = (since: string) => client.kpis.get({ params: { kpi }, query: { since } });
        const { sql, rows: told } = await ask(before(1));
        const took: Record<'alone' | 'answered' | 'again', number[]> = { alone: [], answered: [], again: [] };
        for (let i = 2; i < 2 + tries; i++) {
          took.alone.push(await milliseconds(() => context.engine.rows(raw(sql))));
          took.answered.push(await milliseconds(() => ask(before(i))));
          took.again.push(await milliseconds(() => ask(before(i))));
        }
        const [alone, answered, again] = [middle(took.alone), middle(took.answered), middle(took.again)];
        rows.push([
          kpi,
          told.length,
          Math.round(alone),
          Math.round(answered),
          answered / alone,
          Math.round(again),
        ]);
        bench.tell(
          `${kpi}: ${alone.toFixed(0)} ms, answered ${answered.toFixed(0)}, again ${again.toFixed(0)}`,
        );
      }
      return { head: ['tile', 'rows', 'its SQL, ms', 'answered, ms', 'ratio', 'again, ms'], rows };
    } finally {
      await stop();
    }
  },
});

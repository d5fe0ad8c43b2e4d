import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sql } from '#core/sql/sql.ts';
import { buildApp } from '#server/app.ts';
import { readConfig } from '#server/config.ts';
import { openWorkspace } from '#server/open.ts';

/** A server that kills its own process as soon as a number of events is stored, or is about to be. */
const [folder = '', stored = '0'] = process.argv.slice(2);
const { context } = await openWorkspace(
  readConfig({ workspace: folder, threads: 1, memoryLimit: '1GB', logLevel: 'error' }),
);
const { transaction } = context.engine;
context.engine.transaction = (work) =>
  transaction(async (session) => {
    const result = await work(session);
    const row = await session.first<{ n: number }>(sql`SELECT CAST(count(*) AS BIGINT) AS n FROM events`);
    if (Number(stored) > 0 && (row?.n ?? 0) >= Number(stored)) process.kill(process.pid, 'SIGKILL');
    return result;
  });
const server = createServer(await buildApp(context));
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`${(server.address() as AddressInfo).port}\n`);
});

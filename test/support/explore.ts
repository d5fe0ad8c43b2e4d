import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { QueryPage } from '#core/contract/query.ts';
import { readConfig } from '#server/config.ts';
import type { QueryFormat } from '#server/explore/answer.ts';
import type { Answered } from '#server/explore/explorer.ts';
import { openWorkspace } from '#server/open.ts';
import { insertSmallBook } from './books/small-book.ts';

export const never = new AbortController().signal;

/** A workspace with a small book whose queries have tight limits. */
export async function openExploreWorkspace(query = { seconds: 2, memoryLimit: '200MB', processes: 2 }) {
  const folder = mkdtempSync(join(tmpdir(), 'ensayo-explore-'));
  const config = readConfig({
    workspace: folder,
    threads: 1,
    memoryLimit: '1GB',
    logLevel: 'error',
    query,
  });
  const { context, close } = await openWorkspace(config);
  await context.engine.transaction((session) => insertSmallBook(session, 400));
  const ask = (sql: string, format: QueryFormat = 'page', masked = true, signal = never): Promise<Answered> =>
    context.explore.ask({ sql, parameters: {}, format, masked, signal });
  const bytes = async (sql: string, format: QueryFormat, masked = true): Promise<Buffer> => {
    const pieces: Uint8Array[] = [];
    for await (const piece of (await ask(sql, format, masked)).body) pieces.push(piece);
    return Buffer.concat(pieces);
  };
  return {
    folder,
    context,
    ask,
    bytes,
    page: async (sql: string, masked = true): Promise<QueryPage> =>
      JSON.parse((await bytes(sql, 'page', masked)).toString('utf8')) as QueryPage,
    async close() {
      await close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
export type ExploreWorkspace = Awaited<ReturnType<typeof openExploreWorkspace>>;

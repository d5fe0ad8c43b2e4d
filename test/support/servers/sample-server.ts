import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import type { Context } from '#server/context.ts';
import { openPage, type WatchedPage } from '../browser/page.ts';
import { openTestWorkspace } from '../workspace.ts';
import { startEnsayo } from './ensayo.ts';

export interface SampleServer {
  page: Page;
  watched: WatchedPage;
  close(): Promise<void>;
}

/** A server on a workspace of its own that `fill` has filled, and a page signed in to it. */
export async function openSampleServer(
  browser: Browser,
  fill: (context: Context) => Promise<unknown>,
): Promise<SampleServer> {
  const folder = mkdtempSync(join(tmpdir(), 'ensayo-e2e-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    const opened = await openTestWorkspace(folder);
    await fill(opened.context).finally(() => opened.leave());
    const server = await startEnsayo(folder);
    const watched = await openPage(browser, server.url);
    watched.page.setDefaultTimeout(30_000);
    return {
      page: watched.page,
      watched,
      async close() {
        await watched.context.close();
        await server.stop();
        remove();
      },
    };
  } catch (error) {
    remove();
    throw error;
  }
}

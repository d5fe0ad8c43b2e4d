import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../support/browser/browser.ts';
import { expectAccessible, openPage, type WatchedPage } from '../support/browser/page.ts';
import { approveWithReasons } from '../support/models/approve.ts';
import { startEnsayo } from '../support/servers/ensayo.ts';
import { prepare } from '../support/servers/prepared.ts';

const browser: Browser | null = await launchBrowser();
const widths = [390, 1440] as const;

describe.skipIf(!browser)('the screens of the models', () => {
  let folder: string;
  let versionId: string;
  let server: Awaited<ReturnType<typeof startEnsayo>>;
  let watched: WatchedPage;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'ensayo-e2e-'));
    await prepare(folder, async ({ client, done }) => {
      await done(await client.loads.sample({ body: { accounts: 5000, months: 7 } }));
      const body = { learners: ['scorecard'] };
      const params = { model: 'self-cure' };
      ({ versionId } = await done<{ versionId: string }>(await client.models.train({ params, body })));
      await approveWithReasons(client, versionId, { name: 'Prueba' });
      await done(await client.scores.create({ body: { versionId } }));
    });
    server = await startEnsayo(folder);
    watched = await openPage(browser as Browser, server.url);
    watched.page.setDefaultTimeout(20_000);
    await watched.page.getByRole('heading', { level: 1 }).waitFor();
  }, 240_000);

  afterAll(async () => {
    await watched?.context.close();
    await browser?.close();
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each([
    ['waiting', '/models/waiting'],
    ['value at risk', '/models/value-at-risk'],
    ['channels', '/models/channels'],
    ['features', '/models/features'],
    ['explaining', '/models/explaining'],
    ['monitoring', '/models/monitoring'],
    ['scorecards', '/models/scorecards'],
    ['bins', '/models/scorecards/:version'],
    ['version', '/models/:version'],
  ])(
    '%s: legible by anybody, in both languages, within 390 and 1440 pixels',
    async (name, path) => {
      const { page } = watched;
      await page.evaluate(`location.hash = '${path.replace(':version', versionId)}'`);
      const titles: string[] = [];
      for (const language of ['Español', 'English']) {
        await page.setViewportSize({ width: widths[1], height: 900 });
        await page.getByRole('button', { name: language, exact: true }).click();
        await page.getByRole('heading', { level: 1 }).waitFor();
        titles.push((await page.getByRole('heading', { level: 1 }).first().textContent()) ?? '');
        for (const width of widths) {
          await page.setViewportSize({ width, height: 900 });
          const sideways = () =>
            page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
          await expect.poll(sideways, { timeout: 3000 }).toBeLessThanOrEqual(0);
          await expectAccessible(page, `${name}, ${language}, ${width}`);
        }
      }
      expect(titles.every((title) => title.trim() !== '')).toBe(true);
      expect(watched.complaints).toEqual([]);
    },
    60_000,
  );
});

import type { Page } from 'playwright-core';
import { launchBrowser } from '../../support/browser/browser.ts';
import { defineMeasure } from '../measure.ts';
import { serve } from '../served.ts';

const screens = ['/portfolio', '/models', '/segments', '/experiments', '/exports', '/'];

const paintOf = (page: Page): Promise<number> =>
  page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0);

/** From the click until the new title stands. As text: the page does not know what a compiler adds to functions. */
const route = (page: Page, path: string): Promise<number> =>
  page.evaluate(`(async () => {
    const title = () => document.querySelector('main h1')?.textContent ?? '';
    const before = title();
    const began = performance.now();
    location.hash = ${JSON.stringify(path)};
    while (title() === before) await new Promise((next) => requestAnimationFrame(next));
    return performance.now() - began;
  })()`);

export default defineMeasure({
  title: 'How soon the page is there',
  about:
    'A real Chromium on loopback over a simulated portfolio. First paint: first contentful paint of a cold load with an empty cache. Interactive: from the request until the portfolio stands with its sentence and first chart drawn. Route: from the click until the new screen’s title stands, the slowest of six. Asked: paint under 1,000 ms, interactive under 2,000 ms, routes under 100 ms.',
  accounts: 83_000,
  async run(bench) {
    const served = await serve(bench);
    const browser = await launchBrowser();
    if (!browser) throw new Error('this measure needs a Chromium');
    try {
      await served.done(await served.client.loads.sample({ body: { accounts: bench.accounts, months: 12 } }));
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
      const signed = await context.newPage();
      await signed.goto(served.url);
      await signed.locator('main h1').waitFor();
      const { origin } = new URL(served.url);
      const figures: [string, number][] = [];
      for (const visit of ['cold', 'warm']) {
        const page = await context.newPage();
        const began = performance.now();
        await page.goto(`${origin}/#/portfolio`);
        await page.locator('main figure svg').first().waitFor();
        figures.push([`interactive, ${visit}`, performance.now() - began]);
        figures.push([`first paint, ${visit}`, await paintOf(page)]);
        const routes: number[] = [];
        for (const path of screens.slice(1)) routes.push(await route(page, path));
        figures.push([`slowest route, ${visit}`, Math.max(...routes)]);
        await page.close();
      }
      return { head: ['', 'ms'], rows: figures.map(([what, ms]) => [what, Math.round(ms)]) };
    } finally {
      await browser.close();
      await served.stop();
    }
  },
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { launchBrowser } from '../../support/browser/browser.ts';
import { defineMeasure } from '../measure.ts';
import { serve } from '../served.ts';

interface Seen {
  p99: number;
  p999: number;
  max: number;
  count: number;
}

/** Asks like a page that a person clicks through, until told to stop. */
async function click(ask: () => Promise<unknown>, stopped: () => boolean): Promise<number[]> {
  const took: number[] = [];
  while (!stopped()) {
    const began = performance.now();
    await ask();
    took.push(performance.now() - began);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return took.sort((a, b) => a - b);
}

export default defineMeasure({
  title: 'How long the server lets others wait',
  about:
    'A server, watched from inside by `monitorEventLoopDelay` (5 ms steps, taken off), while it generates and loads a simulated portfolio, trains a model, shows the portfolio in a real Chromium and answers one request every 100 ms. Asked: 99.9 % under 100 ms, none over 250 ms.',
  accounts: 100_000,
  async run(bench) {
    const file = join(bench.folder, 'loop.json');
    const served = await serve(bench, {
      ENSAYO_LOOP_FILE: file,
      NODE_OPTIONS: `--import ${new URL('../watch-loop.mjs', import.meta.url).href}`,
    });
    process.env.NODE_OPTIONS = '';
    const { client, done } = served;
    const browser = await launchBrowser();
    if (!browser) throw new Error('this measure needs a Chromium');
    let answers: number[] = [];
    try {
      await done(await client.loads.sample({ body: { accounts: bench.accounts, seed: 1 } }));
      const page = await browser.newPage();
      await page.goto(served.url);
      process.kill(served.pid, 'SIGUSR2');
      let over = false;
      const clicking = click(
        () => client.system.line(),
        () => over,
      );
      const load = await client.loads.sample({ body: { accounts: bench.accounts, seed: 2 } });
      const training = await client.models.train({ params: { model: 'self-cure' }, body: {} });
      for (const path of ['portfolio', 'portfolio/quality', 'models', 'segments', 'portfolio']) {
        await page.goto(`${new URL(served.url).origin}/#/${path}`);
        await page.waitForTimeout(1500);
      }
      await done(load);
      await done(training);
      over = true;
      answers = await clicking;
    } finally {
      await browser.close();
      await served.stop();
    }
    const seen = JSON.parse(readFileSync(file, 'utf8')) as Seen;
    const at = (share: number) => Math.round(answers[Math.floor(answers.length * share)] ?? 0);
    return {
      head: ['', '99 %, ms', '99.9 %, ms', 'longest, ms', 'n'],
      rows: [
        ['event loop', Math.round(seen.p99), Math.round(seen.p999), Math.round(seen.max), seen.count],
        ['answers to GET /line', at(0.99), at(0.999), Math.round(answers.at(-1) ?? 0), answers.length],
      ],
    };
  },
});

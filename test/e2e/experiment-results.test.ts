import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../support/browser/browser.ts';
import { expectAccessible, openPage, type WatchedPage } from '../support/browser/page.ts';
import { startEnsayo } from '../support/servers/ensayo.ts';
import { prepare } from '../support/servers/prepared.ts';

const browser: Browser | null = await launchBrowser();
const long = { timeout: 180_000 };
const name = '¿Qué texto ayuda a ponerse al día?';

describe.skipIf(!browser)('a trial, from its design to the decision, by clicks', () => {
  let folder: string;
  let server: Awaited<ReturnType<typeof startEnsayo>>;
  let watched: WatchedPage;
  let page: Page;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'ensayo-e2e-'));
    await prepare(folder, async ({ client, done }) => {
      await done(await client.loads.sample({ body: { accounts: 5000, months: 8, seed: 7 } }));
      const { id: segmentId } = await client.segments.create({
        body: {
          name: 'Mora temprana',
          condition: { column: 'days_past_due', is: 'between', from: 1, to: 60 },
        },
      });
      await client.experiments.create({
        body: {
          name,
          segmentId,
          control: 'neutral',
          arms: ['neutral', 'simplification', 'reciprocity'].map((style) => ({
            name: style,
            weight: 1,
            touches: [{ style, channel: 'sms', templates: ['sms'] }],
          })),
          metric: { id: 'cured', horizonDays: 5 },
          secondary: [{ id: 'cash', horizonDays: 5 }],
          segments: ['country'],
        },
      });
    });
    server = await startEnsayo(folder);
    watched = await openPage(browser as Browser, server.url);
    page = watched.page;
    page.setDefaultTimeout(30_000);
  }, 240_000);

  afterAll(async () => {
    await watched?.context.close();
    await browser?.close();
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const go = async (section: string) => {
    await page.getByRole('navigation').getByRole('link', { name: section, exact: true }).first().click();
    await page.getByRole('heading', { level: 1 }).waitFor();
  };
  const button = (label: string | RegExp) => page.getByRole('button', { name: label });
  const link = (label: string | RegExp) => page.getByRole('link', { name: label });
  const heading = (label: string | RegExp) => page.getByRole('heading', { name: label });
  const text = (words: string | RegExp) => page.getByText(words).first();

  it('waits as a design, says what it could see, and is assigned', async () => {
    await go('Experimentos');
    await heading('Uno espera').waitFor();
    await expectAccessible(page, 'experiments, one waits');
    await link(name).click();
    await heading('Qué recibe cada brazo y cuándo').waitFor();
    await expectAccessible(page, 'a design');
    await button('Repartir a las personas').click();
    await text(/Los brazos se parecen en/).waitFor(long);
    await expectAccessible(page, 'assigned');
  }, 240_000);

  it('goes by as the clock is moved on, and concludes nothing before its look', async () => {
    await button('Adelantar 7 días').click();
    await heading('Todo lo que se mide').waitFor(long);
    await expectAccessible(page, 'running');
    await go('Inicio');
    await page.getByRole('list', { name: 'Experimentos en curso' }).getByRole('link', { name }).waitFor();
    await go('Experimentos');
    await heading('Uno en curso').waitFor();
    await expectAccessible(page, 'experiments, one running');
    await link(name).click();
    await button('Adelantar 7 días').click();
    await button('Anotar la decisión').waitFor(long);
  }, 400_000);

  it('reads its verdict first, and explains every number', async () => {
    const verdict = page.locator('main section p strong').first();
    expect((await verdict.innerText()).length).toBeGreaterThan(10);
    await page.locator('figure svg').first().waitFor();
    await expectAccessible(page, 'decided');
    const table = page.getByRole('group', { name: 'Todo lo que se mide' }).getByRole('table');
    expect(await table.getByRole('rowheader').count()).toBeGreaterThan(3);
    await button(/^Cómo se calcula/)
      .first()
      .click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('personas repartidas al azar').waitFor();
    expect(page.url()).toContain('metric=cured');
    await expectAccessible(page, 'how it is worked out');
    await dialog.getByRole('button', { name: 'Cerrar' }).click();
    await dialog.waitFor({ state: 'detached' });
    await link('Personas').last().click();
    await heading('Nadie se perdió por el camino').waitFor();
    await expectAccessible(page, 'people');
    await link('Plan y textos').click();
    await heading('Lo que leerán').waitFor();
    await expectAccessible(page, 'plan');
  }, 120_000);

  it('is put on one page in either language, by who decides', async () => {
    await link('Memo de decisión').click();
    await heading('Recomendación').waitFor();
    await text('Quién decide').click();
    await page.getByLabel('Quién decide').fill('Ana Ruiz');
    await text(/^Ana Ruiz decide/).waitFor();
    expect(page.url()).toContain('who=Ana+Ruiz');
    await expectAccessible(page, 'memo');
    await page
      .getByRole('group', { name: 'Idioma del memo' })
      .getByRole('button', { name: 'English' })
      .click();
    await heading('Recommendation').waitFor();
    const saved = page.waitForEvent('download');
    await button('Descargar (JSON)').click();
    const memo = JSON.parse(readFileSync(await (await saved).path(), 'utf8')) as {
      sections: { id: string; lines: { es: string; en: string }[] }[];
    };
    expect(memo.sections.map(({ id }) => id)).toContain('advice');
    expect(memo.sections[0]?.lines[0]?.es).toContain('Ana Ruiz decide');
  }, 120_000);

  it('is decided with a reason, and stays in the library', async () => {
    await link(name).click();
    await button('Anotar la decisión').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Qué se decide, y por qué').fill('Seguimos con el neutral');
    await expectAccessible(page, 'deciding');
    await dialog.getByRole('button', { name: 'Anotar la decisión' }).click();
    await dialog.waitFor({ state: 'detached' });
    await link('Plan y textos').click();
    await text('Seguimos con el neutral').waitFor();
    await go('Experimentos');
    await heading('Uno decidido').waitFor();
    await expectAccessible(page, 'experiments, one decided');
    await link('Lo aprendido').click();
    await link(name).first().waitFor();
    await expectAccessible(page, 'what was learnt');
  }, 120_000);

  it('complained of nothing and called nobody', () => {
    expect(watched.complaints).toEqual([]);
  });
});

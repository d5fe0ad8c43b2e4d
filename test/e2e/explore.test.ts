import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tableFromIPC } from 'apache-arrow';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../support/browser/browser.ts';
import { expectAccessible, openPage, type WatchedPage } from '../support/browser/page.ts';
import { ensayo, startEnsayo } from '../support/servers/ensayo.ts';

const browser: Browser | null = await launchBrowser();

describe.skipIf(!browser)('Explore, by keys and clicks', () => {
  let folder: string;
  let server: Awaited<ReturnType<typeof startEnsayo>>;
  let watched: WatchedPage;
  let page: Page;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'ensayo-e2e-explore-'));
    server = await startEnsayo(folder);
    watched = await openPage(browser as Browser, server.url);
    page = watched.page;
    page.setDefaultTimeout(30_000);
    await page.getByRole('navigation').getByRole('link', { name: 'Explorar', exact: true }).click();
  }, 120_000);

  afterAll(async () => {
    await watched?.context.close();
    await browser?.close();
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });
  const write = async (sql: string) => {
    await page.locator('.cm-content').click();
    await page.keyboard.press('Control+A');
    await page.keyboard.insertText(sql);
  };

  it('teaches on an empty portfolio', async () => {
    await page.getByRole('heading', { level: 1, name: 'Explorar' }).waitFor();
    await page.locator('.cm-content').waitFor();
    await button('Cuentas por tramo de mora').click();
    await page.getByText('La consulta no devolvió filas.').waitFor();
    await expectAccessible(page, 'explore, empty');
    const loaded = await ensayo('sample', '--accounts', '5000', '--months', '7', '--workspace', folder);
    expect(loaded.code).toBe(0);
    await page.reload();
  }, 120_000);

  it('shows a mistake at its place', async () => {
    await write('SELECT currency,\n  cont(*) AS accounts\nFROM accounts GROUP BY ALL');
    await page.keyboard.press('Control+Enter');
    await page.getByText('Línea 2, columna 3').waitFor();
    expect(await page.locator('.fault').innerText()).toBe('cont');
    await expectAccessible(page, 'explore, mistake');
  }, 60_000);

  it('runs a query and shows its table, exact', async () => {
    await page.locator('summary', { hasText: /^accounts/ }).click();
    await button('Insertar accounts').waitFor();
    await write('SELECT currency, count(*) AS accounts, sum(credit_limit) AS credit FROM ');
    await button('Insertar accounts').click();
    await page.keyboard.insertText(' GROUP BY currency ORDER BY currency');
    await button('Ejecutar').click();
    const cells = page.getByRole('table').locator('tbody tr').first().locator('td');
    await cells.first().waitFor();
    const answer = await ensayo(
      'query',
      'SELECT currency, count(*), sum(credit_limit) FROM accounts GROUP BY ALL ORDER BY 1',
      '--format',
      'csv',
      '--workspace',
      folder,
    );
    const [currency, count, credit = ''] = (answer.stdout.split('\n')[1] ?? '').split(',');
    const shown = (await cells.allInnerTexts()).map((text) => text.replaceAll(/\s/g, ''));
    expect(shown).toEqual([currency, count, credit.replace('.', ',')]);
    await expectAccessible(page, 'explore, table');
  }, 60_000);

  it('draws it, lets the drawing be chosen and changed by hand', async () => {
    await button('Gráfico').click();
    await page.locator('figure svg').first().waitFor();
    await page.getByRole('heading', { name: 'accounts por currency' }).waitFor();
    await page.getByLabel('Eje vertical').selectOption('credit');
    await page.getByRole('heading', { name: 'credit por currency' }).waitFor();
    await page.getByText('Cambiar la especificación a mano').click();
    const spec = page.getByLabel('Vega-Lite, en JSON');
    const drawn = await spec.inputValue();
    await spec.fill(drawn.replace('"name": "rows"', '"url": "https://example.com/x.csv"'));
    await button('Dibujar').click();
    await page.getByText('lleva fuera de esta página').or(page.getByText('trae otros datos')).waitFor();
    await spec.fill(drawn.replace('"type": "bar"', '"type": "tick"'));
    await button('Dibujar').click();
    await page.waitForURL((url) => url.href.includes('tick'));
    await page.locator('figure svg .mark-rect, figure svg .mark-rule').first().waitFor();
    await button('Volver a la elegida arriba').click();
    await expectAccessible(page, 'explore, chart');
  }, 60_000);

  it('saves, and a link opens the same in another page', async () => {
    await button('Guardar').click();
    await page.getByLabel('Nombre').fill('Crédito por moneda');
    await page.getByRole('dialog').getByRole('button', { name: 'Guardar', exact: true }).click();
    await page.getByRole('heading', { name: 'Consultas guardadas' }).waitFor();
    await page.waitForURL((url) => /id=[0-9a-f-]{36}/.test(url.href));
    expect(page.url()).not.toContain('sql=');
    const other = await watched.context.newPage();
    await other.goto(page.url());
    await other.getByRole('heading', { name: 'Crédito por moneda', level: 3 }).waitFor();
    await other.locator('figure svg').first().waitFor();
    expect(await other.locator('.cm-content').innerText()).toContain('sum(credit_limit)');
    await other.close();
  }, 60_000);

  it('downloads all rows', async () => {
    const saved = page.waitForEvent('download');
    await button('Arrow').click();
    const table = tableFromIPC(readFileSync(await (await saved).path()));
    expect(table.schema.fields.map(({ name }) => name)).toEqual(['currency', 'accounts', 'credit']);
    expect(table.numRows).toBeGreaterThan(1);
  }, 60_000);

  it('stops a query that somebody cancels', async () => {
    await write('WITH RECURSIVE r AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM r) SELECT max(i) FROM r');
    await page.keyboard.press('Control+Enter');
    await page.getByText('en marcha').waitFor();
    await button('Cancelar').click();
    await button('Ejecutar').waitFor();
    await button('Tabla').click();
    await write('SELECT 41 + 1 AS answer');
    await page.keyboard.press('Control+Enter');
    await page.getByRole('columnheader', { name: 'answer' }).waitFor();
  }, 60_000);

  it('works in English, on a narrow dark screen', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.emulateMedia({ colorScheme: 'dark' });
    await button('Menú').click();
    await button('English').click();
    await page.getByRole('heading', { level: 1, name: 'Explore' }).waitFor();
    await expectAccessible(page, 'explore, English, narrow, dark');
    expect(
      await page.locator('html').evaluate((html: { scrollWidth: number }) => html.scrollWidth),
    ).toBeLessThanOrEqual(390);
  }, 60_000);

  it('complained of nothing and called nobody', () => {
    expect(watched.complaints).toEqual([]);
  });
});

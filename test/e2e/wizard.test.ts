import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../support/browser/browser.ts';
import { expectAccessible, openPage, type WatchedPage } from '../support/browser/page.ts';
import { extractBytes } from '../support/files/extract.ts';
import { startEnsayo } from '../support/servers/ensayo.ts';

const browser: Browser | null = await launchBrowser();
const long = { timeout: 120_000 };
const accounts = 400;

describe.skipIf(!browser)('an extract in Spanish, from upload to portfolio, by clicks', () => {
  let folder: string;
  let server: Awaited<ReturnType<typeof startEnsayo>>;
  let watched: WatchedPage;
  let page: Page;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'ensayo-wizard-'));
    writeFileSync(
      join(folder, 'cartera enero.csv'),
      extractBytes({ accounts, months: ['2025-01-31', '2025-02-28'] }),
    );
    writeFileSync(join(folder, 'cartera marzo.csv'), extractBytes({ accounts, months: ['2025-03-31'] }));
    server = await startEnsayo(join(folder, 'workspace'));
    watched = await openPage(browser as Browser, server.url);
    page = watched.page;
    page.setDefaultTimeout(30_000);
  }, 120_000);

  afterAll(async () => {
    await watched?.context.close();
    await browser?.close();
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const button = (name: string | RegExp) =>
    page.getByRole('button', { name, exact: typeof name === 'string' });
  const text = (words: string | RegExp) => page.getByText(words).first();
  const openLoads = async () => {
    await page.getByRole('navigation').getByRole('link', { name: 'Cartera', exact: true }).click();
    await page.getByRole('link', { name: 'Cargas', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'Cargas' }).waitFor();
  };

  it('is understood as the bank wrote it', async () => {
    await page.getByRole('heading', { level: 1 }).waitFor();
    await openLoads();
    await page.getByRole('link', { name: 'Cargar un archivo', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'Cargar un archivo' }).waitFor();
    await expectAccessible(page, 'wizard, empty');
    await page.locator('input[type=file]').setInputFiles(join(folder, 'cartera enero.csv'));
    await text(/es CSV en WINDOWS-1252, separado por «;»: 17 columnas/).waitFor(long);
    expect(await page.getByLabel('Signo decimal').inputValue()).toBe(',');
    expect(await page.getByLabel('Fechas').first().inputValue()).toBe('dmy');
    await text('año en gestión; "señor"').waitFor();
  }, 180_000);

  it('asks for the currency, which the file does not tell, and refuses to load without it', async () => {
    await text('falta decir: Moneda ISO 4217').waitFor(long);
    expect(await button('Cargar').isDisabled()).toBe(true);
    await page.getByLabel(/¿En cuál están los importes/).fill('COP');
    await page.getByLabel(/¿En cuál están los importes/).press('Tab');
    await text('Lo que el archivo no decía ya está dicho').waitFor();
    await text('1.000.000,00').waitFor();
    await text('1000000.00').waitFor(long);
    await expectAccessible(page, 'wizard, mapped');
  }, 120_000);

  it('keeps what was said when the page is read again', async () => {
    await page.reload();
    await text('Lo que el archivo no decía ya está dicho').waitFor(long);
  }, 120_000);

  it('says what would not enter, and where it stands, while a column is mapped wrongly', async () => {
    const balance = page.getByLabel('Saldo balance');
    await balance.selectOption('=CIUDAD');
    await text(/línea 2: Saldo: «Bogotá» no es un número/).waitFor(long);
    await balance.selectOption('=SALDO_CAPITAL');
    await text(/línea 2: Saldo/).waitFor({ state: 'detached', timeout: 60_000 });
  }, 120_000);

  it('loads, under a recipe of its own name', async () => {
    await page.getByLabel('Nombre de la receta').fill('Banco de prueba');
    await button('Cargar').click();
    await text(/^Cargado: /).waitFor(long);
    await page.getByRole('link', { name: 'Ver la cartera' }).click();
    await text(/400 cuentas/).waitFor(long);
  }, 180_000);

  it('a file of next month takes the recipe saved for such files', async () => {
    await openLoads();
    await page.getByRole('link', { name: 'Cargar un archivo', exact: true }).click();
    await button('Cargar otro').or(page.locator('input[type=file]')).first().waitFor();
    await page.locator('input[type=file]').first().setInputFiles(join(folder, 'cartera marzo.csv'));
    await text('Se usa la receta «Banco de prueba», tal como está').waitFor(long);
  }, 120_000);

  it('the next month is loaded by the name of the recipe, and loading it twice changes nothing', async () => {
    await openLoads();
    await text('Cargar con una receta que ya existe').click();
    const load = async () => {
      await page
        .locator('section[aria-label="Otras formas de cargar"] input[type=file]')
        .setInputFiles(join(folder, 'cartera marzo.csv'));
      await page.getByLabel('Receta', { exact: true }).selectOption('Banco de prueba');
      await button('Cargar el archivo').click();
    };
    await load();
    await text(/^Cargado \(carga 2\)/).waitFor(long);
    await load();
    await text(/ya estaban cargados \(carga 2\)/).waitFor(long);
    await expectAccessible(page, 'loads');
  }, 180_000);

  it('the recipe leaves as a file, comes back by another name, and goes', async () => {
    const saved = page.waitForEvent('download');
    await button('Exportar la receta Banco de prueba').click();
    const given = JSON.parse(readFileSync(await (await saved).path(), 'utf8')) as Record<string, unknown>;
    expect(given).toMatchObject({ name: 'Banco de prueba', kind: 'saved' });
    writeFileSync(join(folder, 'otra.json'), JSON.stringify({ ...given, name: 'Otra' }));
    await page.locator('input[type=file][accept*=json]').setInputFiles(join(folder, 'otra.json'));
    await button('Borrar la receta Otra').click();
    await button('Borrar').click();
    await button('Borrar la receta Otra').waitFor({ state: 'detached' });
  }, 120_000);

  it('a load is undone, and says what comes back', async () => {
    await button('Deshacer la carga 2').click();
    await button('Deshacer la carga').click();
    await text('deshecha').waitFor();
  }, 60_000);

  it('complained of nothing and called nobody', () => {
    expect(watched.complaints).toEqual([]);
  });
});

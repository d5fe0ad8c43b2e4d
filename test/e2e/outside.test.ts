import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../support/browser/browser.ts';
import { expectAccessible, openPage, type WatchedPage } from '../support/browser/page.ts';
import { csv } from '../support/experiments/outside.ts';
import { startEnsayo } from '../support/servers/ensayo.ts';

const browser: Browser | null = await launchBrowser();
const long = { timeout: 120_000 };

/** 3,000 people in three arms; one of them pays more often. */
const trial = csv([
  ['cliente_id', 'grupo', 'saldo', 'pago', 'importe'],
  ...Array.from({ length: 3000 }, (_, i) => {
    const arm = ['control', 'pérdida', 'social'][i % 3]!;
    const paid = (i * 7919) % 100 < (arm === 'social' ? 45 : 30) ? 1 : 0;
    return [`c${i}`, arm, 100 + ((i * 104729) % 900), paid, paid * (20 + ((i * 31) % 80))];
  }),
]);

describe.skipIf(!browser)('data from elsewhere, by clicks', () => {
  let folder: string;
  let server: Awaited<ReturnType<typeof startEnsayo>>;
  let watched: WatchedPage;
  let page: Page;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'ensayo-outside-'));
    writeFileSync(join(folder, 'prueba.csv'), trial);
    server = await startEnsayo(join(folder, 'workspace'));
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

  it('guesses what each column is', async () => {
    await page.getByRole('heading', { level: 1 }).waitFor(long);
    await page.getByRole('navigation').getByRole('link', { name: 'Experimentos', exact: true }).click();
    await page.getByRole('link', { name: 'Datos de otra parte', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'Datos de otra parte' }).waitFor(long);
    await expectAccessible(page, 'outside, empty');
    await page.locator('input[type=file]').setInputFiles(join(folder, 'prueba.csv'));
    await page.getByRole('button', { name: 'Mirar' }).click();
    await page.getByRole('heading', { level: 2, name: 'Qué es cada columna' }).waitFor(long);
    expect(await page.getByLabel('Brazo', { exact: true }).inputValue()).toBe('grupo');
    expect(await page.getByLabel('Control', { exact: true }).inputValue()).toBe('control');
    expect(await page.getByLabel('Unidad que se sorteó').inputValue()).toBe('cliente_id');
    const outcomes = page.getByRole('group', { name: 'Resultados' });
    expect(await outcomes.getByLabel('pago').isChecked()).toBe(true);
    expect(await outcomes.getByLabel('saldo').isChecked()).toBe(false);
    await expectAccessible(page, 'outside, mapped');
  }, 180_000);

  it('says the verdict first, and what speaks against it', async () => {
    await page.getByRole('group', { name: 'Conocido antes del reparto' }).getByLabel('saldo').check();
    await page.getByRole('button', { name: 'Analizar', exact: true }).click();
    await page.getByRole('heading', { level: 2, name: 'Qué dicen los datos' }).waitFor(long);
    await page
      .getByText(/pago: 45,0 % en «social» y 30,0 % en «control»; diferencia de \+1\d,\d\d puntos/)
      .waitFor();
    await page.getByText('No concluyente.').first().waitFor();
    await page.getByText('Los brazos tienen la gente que les tocaba.').waitFor();
    await page.getByText('Las revisiones no encontraron nada contra esta comparación.').waitFor();
    await expectAccessible(page, 'outside, result');
  }, 180_000);

  it('keeps its place in the address', async () => {
    await page.reload();
    await page.getByText(/pago: 45,0 % en «social»/).waitFor(long);
  }, 180_000);

  it('says what is wrong in words, where the control is none', async () => {
    await page.getByLabel('Brazo', { exact: true }).selectOption('cliente_id');
    await page.getByRole('button', { name: 'Analizar', exact: true }).click();
    await page
      .getByText(/la columna «cliente_id» tiene 3\D?000 valores distintos: no parece un brazo/)
      .waitFor(long);
  }, 180_000);

  it('stayed within its policy and this server', () => expect(watched.complaints).toEqual([]));
});

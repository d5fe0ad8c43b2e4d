import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Manifest } from '#core/contract/delivery/exports.ts';
import { launchBrowser } from '../support/browser/browser.ts';
import {
  expectAccessible,
  explainStrongColumns,
  openPage,
  type WatchedPage,
} from '../support/browser/page.ts';
import { startEnsayo } from '../support/servers/ensayo.ts';

const browser: Browser | null = await launchBrowser();
const long = { timeout: 120_000 };

describe.skipIf(!browser)('the whole line, by clicks', () => {
  let folder: string;
  let server: Awaited<ReturnType<typeof startEnsayo>>;
  let watched: WatchedPage;
  let page: Page;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'ensayo-e2e-'));
    server = await startEnsayo(folder);
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

  const go = async (name: string) => {
    await page.getByRole('navigation').getByRole('link', { name, exact: true }).click();
    await page.getByRole('heading', { level: 1 }).waitFor();
  };
  const button = (name: string | RegExp) => page.getByRole('button', { name });
  const text = (words: string | RegExp) => page.getByText(words).first();

  it('signs in once and lands on Home', async () => {
    await page.getByRole('heading', { level: 1, name: '¿En qué vamos?' }).waitFor();
    await text('Lo primero es cargar una cartera.').waitFor();
    expect(page.url()).not.toContain('code=');
    await expectAccessible(page, 'home, empty');
  });

  it('loads a simulated portfolio', async () => {
    await go('Cartera');
    await expectAccessible(page, 'portfolio, empty');
    await page.getByRole('link', { name: 'Cargar datos' }).click();
    await page.getByLabel('Cuentas').fill('6000');
    await page.getByLabel('Meses').fill('12');
    await button('Generar y cargar').click();
    await go('Calidad');
    await button('Revisar la calidad').first().click(long);
    await go('Cartera');
    await text('6 000 cuentas').waitFor(long);
    await text(/Calidad (buena|aceptable|pobre)/).waitFor(long);
    await page.locator('figure').first().scrollIntoViewIfNeeded();
    await page.locator('figure svg').first().waitFor();
    await expectAccessible(page, 'portfolio');
  }, 180_000);

  it('trains, approves and scores', async () => {
    await go('Modelos');
    await expectAccessible(page, 'models, empty');
    await button('Entrenar y escribir la ficha').click();
    await page
      .getByRole('link', { name: /^[0-9a-f]{10}$/ })
      .first()
      .click(long);
    await explainStrongColumns(page);
    await page.getByLabel('Su nombre').fill('Prueba');
    await button('Aprobar como vigente').click();
    await button('Poner puntaje a la cartera').click();
    await text(/En promedio, .* de probabilidad/).waitFor(long);
    await expectAccessible(page, 'model card');
  }, 240_000);

  it('builds a segment and reads it in words', async () => {
    await go('Segmentos');
    await page.getByRole('link', { name: 'Armar un segmento' }).first().click();
    await button('1 a 29 días de mora').click();
    await text(/[\d ]+ cuentas al/).waitFor(long);
    await page.getByLabel('Nombre').fill('Mora temprana');
    await expectAccessible(page, 'segment builder');
    await button('Guardar segmento').click();
    await page.getByRole('heading', { level: 1, name: 'Mora temprana' }).waitFor();
    await expectAccessible(page, 'segment');
  }, 120_000);

  it('designs three arms, is told what can be seen, and assigns', async () => {
    await page
      .getByRole('link', { name: /^Diseñar experimento/ })
      .first()
      .click();
    await text(/no puede responder esta pregunta|se verá una mejora/).waitFor(long);
    await expectAccessible(page, 'design');
    await button('Guardar el diseño').click();
    await button('Repartir a las personas').click(long);
    await button('Aplicar las reglas de contacto').waitFor(long);
    await text(/Los brazos se parecen en/).waitFor(long);
    await page.getByLabel('Quién acepta reglas sin verificar').fill('Prueba');
    await expectAccessible(page, 'experiment');
    await button('Aplicar las reglas de contacto').click();
    await page.getByRole('link', { name: 'Ir a exportaciones' }).click(long);
  }, 180_000);

  it('exports, and the downloaded file is the one of the manifest', async () => {
    await page.getByRole('heading', { level: 1, name: 'Exportaciones' }).waitFor();
    await page
      .getByRole('link', { name: /^[0-9a-f]{8}$/ })
      .first()
      .click();
    await text('Lo que saldría').waitFor();
    await expectAccessible(page, 'batch');
    await button(/^Exportar/).click();
    await page.getByRole('link', { name: 'Ver lo que salió' }).click(long);
    await text(/Salieron .* personas/).waitFor();
    await expectAccessible(page, 'export');
    const download = async (name: string) => {
      const saved = page.waitForEvent('download');
      await page.getByRole('link', { name: `Bajar ${name}` }).click();
      return readFileSync(await (await saved).path());
    };
    const bytes = await download('messages.csv');
    const manifest = JSON.parse((await download('manifest.json')).toString('utf8')) as Manifest;
    const part = manifest.parts.find(({ path: name }) => name === 'messages.csv');
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(part?.sha256);
    const rows = parse(bytes, { columns: true }) as Record<string, string>[];
    expect(rows).toHaveLength(manifest.rows);
    expect(new Set(rows.map(({ customer_id }) => customer_id)).size).toBe(rows.length);
    expect(new Set(rows.map(({ arm }) => arm))).toEqual(
      new Set(['neutral', 'loss_aversion', 'social_proof']),
    );
  }, 180_000);

  it('Home says that the round is complete, in English too', async () => {
    await go('Inicio');
    await text('La ronda está completa.').waitFor();
    await expectAccessible(page, 'home');
    await button('English').click();
    await go('Home');
    for (const name of ['Portfolio', 'Models', 'Segments', 'Experiments', 'Exports']) {
      await go(name);
      await expectAccessible(page, `${name}, English`);
    }
  }, 120_000);

  it('complained of nothing and called nobody', () => {
    expect(watched.complaints).toEqual([]);
  });
});

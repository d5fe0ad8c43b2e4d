import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { registeredVersion } from '#core/contract/models/models.ts';
import { launchBrowser } from '../support/browser/browser.ts';
import {
  expectAccessible,
  explainStrongColumns,
  openPage,
  type WatchedPage,
} from '../support/browser/page.ts';
import { startEnsayo } from '../support/servers/ensayo.ts';
import { prepare } from '../support/servers/prepared.ts';

const browser: Browser | null = await launchBrowser();
const long = { timeout: 300_000 };

describe.skipIf(!browser)('models, by clicks', () => {
  let folder: string;
  let server: Awaited<ReturnType<typeof startEnsayo>>;
  let watched: WatchedPage;
  let page: Page;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'ensayo-e2e-'));
    await prepare(folder, async ({ client, done }) =>
      done(await client.loads.sample({ body: { accounts: 5000, months: 7 } })),
    );
    server = await startEnsayo(folder);
    watched = await openPage(browser as Browser, server.url);
    page = watched.page;
    page.setDefaultTimeout(30_000);
    await page.getByRole('navigation').getByRole('link', { name: 'Modelos', exact: true }).click();
  }, 400_000);

  afterAll(async () => {
    await watched?.context.close();
    await browser?.close();
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const button = (name: string | RegExp) => page.getByRole('button', { name });
  const text = (words: string | RegExp) => page.getByText(words).first();
  const versionLinks = () => page.getByRole('link', { name: /^[0-9a-f]{10}$/ });

  it('trains two ways to learn and reads what was chosen and why', async () => {
    await button('Entrenar y escribir la ficha').waitFor(long);
    await page.getByText('Formas de aprender').click();
    const trees = page.getByRole('checkbox', { name: /Árboles/ });
    if (!(await trees.isChecked())) await trees.check();
    await page.getByText('Opciones de Árboles potenciados').click();
    await page.getByLabel('Árboles, como máximo').fill('40');
    await expectAccessible(page, 'training form');
    await button('Entrenar y escribir la ficha').click();
    await versionLinks().first().click(long);
    await text(/Elegida entre 2/).waitFor();
    await text('Curvas ROC, sobre los mismos casos').waitFor();
    await expectAccessible(page, 'version');
  }, 400_000);

  it('takes the card away as JSON', async () => {
    const saved = page.waitForEvent('download');
    await button('Descargar (JSON)').click();
    const version = JSON.parse(readFileSync(await (await saved).path(), 'utf8')) as unknown;
    expect(registeredVersion.parse(version).history).toHaveLength(1);
  });

  it('prints as one document, without what only a screen needs', async () => {
    await page.emulateMedia({ media: 'print' });
    expect(await page.getByRole('navigation').first().isVisible()).toBe(false);
    expect(await button('Aprobar como vigente').isVisible()).toBe(false);
    expect(await text('Límites').isVisible()).toBe(true);
    await page.emulateMedia({ media: 'screen' });
  });

  it('approves it by name, once its strong columns have reasons', async () => {
    await explainStrongColumns(page);
    await page.getByLabel('Su nombre').fill('Ana Ruiz');
    await button('Aprobar como vigente').click();
    await text('aprobó Ana Ruiz').waitFor();
    await text('vigente').waitFor();
  }, 60_000);

  it('trains a scorecard alone and sees both side by side', async () => {
    await page.getByRole('navigation').getByRole('link', { name: 'Modelos', exact: true }).first().click();
    await page.getByText('Entrenar un modelo').click();
    await page.getByText('Formas de aprender').click();
    await page.getByRole('checkbox', { name: /Árboles/ }).uncheck();
    await page.getByText('Búsqueda, estabilidad y semilla').click();
    await page.getByLabel('Semilla', { exact: true }).fill('5');
    await button('Entrenar y escribir la ficha').click();
    await text('Hay una versión más nueva, sin aprobar.').waitFor(long);
    await expectAccessible(page, 'models');
    await page.getByRole('link', { name: 'Comparar las dos' }).click();
    await page.getByRole('heading', { level: 1, name: 'Dos versiones, lado a lado' }).waitFor();
    await text('De qué están hechas').waitFor();
    await expectAccessible(page, 'two versions');
  }, 400_000);

  it('edits the bins of the scorecard, takes a step back and trains with them', async () => {
    await page.getByRole('link', { name: 'Tramos', exact: true }).click();
    await page
      .getByRole('link', { name: /^Editar los tramos de/ })
      .first()
      .click();
    await text(/^Valor de información/).waitFor(long);
    await expectAccessible(page, 'bins');
    await page
      .getByRole('button', { name: /^Unir con el siguiente: / })
      .first()
      .click();
    await text('Una columna cambiada.').waitFor();
    await button('Deshacer').click();
    await text('Ninguna columna cambiada todavía.').waitFor();
    await button('Rehacer').click();
    await text(/Valor de información: antes/).waitFor();
    await page.locator('form').getByRole('button', { name: 'Entrenar con estos tramos' }).click();
    await text(/^Lista: la versión/).waitFor(long);
    await page.getByRole('link', { name: 'Leer su ficha' }).click();
    await text('Tabla de puntos').waitFor();
    await text('Error estándar').waitFor();
  }, 400_000);

  it('breaks no rule of the page', () => {
    expect(watched.complaints).toEqual([]);
  });
});

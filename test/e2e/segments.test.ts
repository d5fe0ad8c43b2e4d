import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { insertScores, insertSmallBook } from '../support/books/small-book.ts';
import { launchBrowser } from '../support/browser/browser.ts';
import { expectAccessible } from '../support/browser/page.ts';
import { openSampleServer, type SampleServer } from '../support/servers/sample-server.ts';

const browser: Browser | null = await launchBrowser();
/** By how much the page is wider than the screen. */
const spare = (): number => {
  const { document, innerWidth } = globalThis as unknown as {
    document: { documentElement: { scrollWidth: number } };
    innerWidth: number;
  };
  return document.documentElement.scrollWidth - innerWidth;
};
const long = { timeout: 90_000 };
const pictures = process.env.ENSAYO_PICTURES;

describe.skipIf(!browser)('segments, by clicks', () => {
  let opened: SampleServer;
  let page: Page;
  const picture = async (name: string) => {
    if (pictures) await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });
  };
  const at = (path: string) => page.goto(`${new URL(page.url()).origin}/#${path}`);

  beforeAll(async () => {
    opened = await openSampleServer(browser as Browser, ({ engine }) =>
      engine.transaction(async (session) => {
        await insertSmallBook(session, 3000);
        await insertScores(session, '2026-10-31');
      }),
    );
    page = opened.page;
  }, 240_000);

  afterAll(async () => {
    await opened?.close();
    await browser?.close();
  });

  it('are built of a ready criterion and a percentile, and counted while they are', long, async () => {
    await page.getByRole('heading', { level: 1 }).waitFor();
    await at('/segments/new');
    await page.getByText('Antigüedad de la deuda').click();
    await page.getByRole('button', { name: /^Días de mora de 1 a 29/ }).click();
    await page.getByRole('button', { name: 'Añadir condición' }).click();
    await page.getByLabel('Columna').last().selectOption('balance');
    await page.getByLabel('Condición', { exact: true }).last().selectOption('percentile_currency');
    await page.getByLabel('Desde (%)').fill('50');
    await page
      .getByText('Días de mora de 1 a 29 y percentil de saldo dentro de su moneda de al menos 50')
      .waitFor();
    await expectAccessible(page, 'builder');
    await picture('builder');
    await page.getByLabel('Nombre').fill('Mora temprana con saldo alto');
    await page.getByRole('button', { name: 'Guardar segmento' }).click();
    await page.getByRole('heading', { level: 1, name: 'Mora temprana con saldo alto' }).waitFor();
  });

  it('are found as micro-segments, named by what sets them apart', long, async () => {
    await at('/segments/new');
    await page.getByText('Buscar grupos', { exact: true }).first().click();
    await page.getByLabel('Cuántos grupos').selectOption('3');
    await page.getByRole('button', { name: 'Buscar grupos' }).click();
    const use = page.getByRole('button', { name: /^Usar este grupo: / });
    await use.first().waitFor();
    expect(await use.count()).toBe(3);
    await expectAccessible(page, 'micro-segments');
    await picture('micro');
    await use.first().click();
    await page
      .getByText(/^más cerca del centro 1 de 3/i)
      .first()
      .waitFor();
    await page.getByRole('button', { name: 'Guardar segmento' }).click();
    await page.getByText('En qué se distinguen').waitFor();
  });

  it(
    'are told apart from the rest and from each other, frozen, and their members are paged',
    long,
    async () => {
      await at('/segments');
      await page.getByRole('link', { name: 'Ver el segmento Mora temprana con saldo alto' }).click();
      await page.getByText(/^Lo que más lo distingue: /).waitFor();
      await page.getByRole('button', { name: 'Congelar con los datos de hoy' }).click();
      await page.getByRole('cell', { name: 'a mano' }).waitFor();
      await page.getByRole('link', { name: 'Bajar todas (CSV)' }).waitFor();
      await page.getByRole('button', { name: 'Siguientes' }).click();
      await page.getByText(/^26–50 de /).waitFor();
      await expectAccessible(page, 'segment');
      await picture('segment');
      await page.getByLabel('Comparar con').selectOption({ index: 1 });
      await page.getByText(/personas aquí; .* en el otro lado/).waitFor();
      await picture('comparison');
      await at('/segments/overlap');
      await page.getByRole('table', { name: 'Personas en común' }).waitFor();
      await expectAccessible(page, 'overlap');
      await picture('overlap');
    },
  );

  it('keep within a narrow screen, in the dark too, and complain of nothing', long, async () => {
    for (const path of ['/segments', '/segments/new', '/segments/overlap']) {
      await page.setViewportSize({ width: 390, height: 900 });
      await page.emulateMedia({ colorScheme: 'dark' });
      await at(path);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.waitForLoadState('networkidle');
      const wide = await page.evaluate(spare);
      expect([path, wide <= 0]).toEqual([path, true]);
      await picture(`narrow${path.replaceAll('/', '-')}`);
    }
    await at('/segments');
    await page.getByRole('link', { name: 'Ver el segmento Mora temprana con saldo alto' }).click();
    await page.getByText(/^Lo que más lo distingue: /).waitFor();
    expect(await page.evaluate(spare)).toBeLessThanOrEqual(0);
    await expectAccessible(page, 'segment, dark and narrow');
    await picture('narrow-segment');
    expect(opened.watched.complaints).toEqual([]);
  });
});

import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { raw } from '#core/sql/sql.ts';
import { insertLivelyBook } from '../support/books/lively-book.ts';
import { launchBrowser } from '../support/browser/browser.ts';
import { expectAccessible } from '../support/browser/page.ts';
import { openSampleServer, type SampleServer } from '../support/servers/sample-server.ts';

const browser: Browser | null = await launchBrowser();
const long = { timeout: 60_000 };

describe.skipIf(!browser)('a person, by clicks', () => {
  let opened: SampleServer;
  let page: Page;

  beforeAll(async () => {
    opened = await openSampleServer(browser as Browser, async ({ engine }) => {
      await engine.transaction((session) => insertLivelyBook(session, 40));
      await engine.run(raw(`UPDATE contact_points SET address = '+5730000' || customer_id`));
    });
    page = opened.page;
  }, 120_000);

  afterAll(async () => {
    await opened?.close();
    await browser?.close();
  });

  const text = (words: string | RegExp) => page.getByText(words).first();

  it('is found, and the address keeps what was asked', async () => {
    await page.getByRole('navigation').getByRole('link', { name: 'Personas', exact: true }).click();
    await text('Escriba un identificador').waitFor();
    await expectAccessible(page, 'people, empty');
    await page.getByLabel('Identificador de cliente o de cuenta').fill('c00001');
    await page.getByRole('button', { name: 'Buscar' }).click();
    await text('10 personas').waitFor();
    expect(page.url()).toContain('text=c00001');
    await expectAccessible(page, 'people');
    await page.getByRole('link', { name: 'c000010' }).click();
  }, 60_000);

  it('shows the timeline, what the rules allow, and addresses only on request', async () => {
    await page.getByRole('heading', { level: 1, name: 'Persona c000010' }).waitFor();
    await page.getByRole('heading', { name: /ó en .* últimos 3 meses/ }).waitFor(long);
    await page.locator('figure svg').first().waitFor(long);
    await text(/Ahora (no )?se le puede escribir/).waitFor(long);
    await expectAccessible(page, 'person');
    expect(await page.content()).not.toContain('+5730000c000010');
    await page.getByRole('button', { name: 'Mostrar datos personales' }).click();
    await text('+5730000c000010').waitFor();
  }, 60_000);

  it('is forgotten only once named, and then is not found', async () => {
    await page.getByRole('button', { name: 'Olvidar a esta persona' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText(/\d+ filas de \d+ tablas/).waitFor(long);
    await expectAccessible(page, 'forget');
    const act = dialog.getByRole('button', { name: 'Olvidar para siempre' });
    expect(await act.isDisabled()).toBe(true);
    await dialog.getByLabel('Escriba el identificador para confirmar').fill('c000010');
    await act.click();
    await text(/Esta persona fue olvidada el/).waitFor(long);
    await page.goto(`${page.url().split('#')[0]}#/keeping`);
    await text(/^Olvidada el/).waitFor(long);
    await expectAccessible(page, 'keeping');
    expect(await page.content()).not.toContain('c000010');
  }, 120_000);

  it('complained of nothing', () => {
    expect(opened.watched.complaints).toEqual([]);
  });
});

import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../support/browser/browser.ts';
import { expectAccessible } from '../support/browser/page.ts';
import { openSampleServer, type SampleServer } from '../support/servers/sample-server.ts';

const browser: Browser | null = await launchBrowser();
const long = { timeout: 60_000 };

describe.skipIf(!browser)('the holdout, by clicks', () => {
  let opened: SampleServer;
  let page: Page;

  beforeAll(async () => {
    opened = await openSampleServer(browser as Browser, async ({ jobs }) => {
      const input = { accounts: 6000, seed: 4, months: 8 };
      const made = await jobs.finished((await jobs.submit({ kind: 'sample', input, by: 'owner' })).id);
      expect(made.error).toBeNull();
    });
    page = opened.page;
  }, 240_000);

  afterAll(async () => {
    await opened?.close();
    await browser?.close();
  });

  const text = (words: string | RegExp) => page.getByText(words).first();
  const shot = (name: string) =>
    process.env.ENSAYO_SHOTS
      ? page.screenshot({ path: join(process.env.ENSAYO_SHOTS, `${name}.png`), fullPage: true })
      : null;

  it('says what it is and shows what one would cost before anybody signs', async () => {
    await page.getByRole('navigation').getByRole('link', { name: 'Experimentos', exact: true }).click();
    await page.getByRole('link', { name: 'Sin contacto', exact: true }).click();
    await text(/Nadie se deja aparte/).waitFor(long);
    for (const currency of ['MXN', 'COP', 'PEN', 'CLP', 'ARS'])
      await page.getByLabel(`Saldo máximo en ${currency}`).fill('100000000');
    await page.getByLabel('Parte de quienes entran (%)').fill('10');
    await shot('holdout-propose');
    await page.getByRole('button', { name: 'Proponer un grupo' }).click();
    await text('Lo que costaría en un año').waitFor(long);
    await text(/ya se dejaron aparte por sorteo/).waitFor();
    await expectAccessible(page, 'holdout proposed');
    await shot('holdout-cost');
  }, 120_000);

  it('is approved by a name, draws, and after its time tells what contact is worth', async () => {
    await page.getByLabel('Nombre de quien aprueba').fill('Ana Ruiz');
    await page.getByLabel('Por qué se acepta ese costo').fill('El informe anual lo vale');
    await page.getByRole('button', { name: 'Aprobar el grupo' }).click();
    await text(/Aprobado por Ana Ruiz/).waitFor(long);
    await page.getByRole('button', { name: 'Sortear y soltar hoy' }).click();
    await text(/personas sin contacto discrecional hoy/).waitFor(long);
    await text(/Aún no se puede decir lo que vale el contacto/).waitFor();
    await page.goto(`${page.url().split('#')[0]}#/`);
    await page.getByLabel('Días').fill('32');
    await page.getByRole('button', { name: 'Adelantar', exact: true }).click();
    await page.goto(`${page.url().split('#')[0]}#/experiments/holdout`);
    await text(/porque se las contacta|no se distingue contactar de no contactar/).waitFor({
      timeout: 90_000,
    });
    await text('Cobrado por persona en 30 días').waitFor();
    await expectAccessible(page, 'holdout value');
    await shot('holdout-value');
    await page.setViewportSize({ width: 390, height: 900 });
    expect(
      await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth'),
    ).toBeLessThanOrEqual(0);
    await shot('holdout-narrow');
    expect(opened.watched.complaints).toEqual([]);
  }, 180_000);
});

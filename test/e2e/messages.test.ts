import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { insertSmallBook } from '../support/books/small-book.ts';
import { launchBrowser } from '../support/browser/browser.ts';
import { expectAccessible, openPage } from '../support/browser/page.ts';
import { openSampleServer, type SampleServer } from '../support/servers/sample-server.ts';

const browser: Browser | null = await launchBrowser();
const long = { timeout: 60_000 };

describe.skipIf(!browser)('messages, by clicks', () => {
  let opened: SampleServer;
  let page: Page;

  beforeAll(async () => {
    opened = await openSampleServer(browser as Browser, ({ engine }) =>
      engine.transaction((session) => insertSmallBook(session, 900)),
    );
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

  it('says first what can be sent, and why the rest cannot', async () => {
    await page.getByRole('navigation').getByRole('link', { name: 'Mensajes', exact: true }).click();
    await text(/\d+ de 14 textos de SMS se pueden enviar\./).waitFor(long);
    await text(/la cifra no es cierta/).waitFor();
    await expectAccessible(page, 'messages');
    await shot('messages');
    await page.getByRole('button', { name: 'carta' }).click();
    await text(/textos de carta/).waitFor();
    expect(page.url()).toContain('channel=letter');
  }, 90_000);

  it('shows what backs one: the figure with its interval, and where it stops', async () => {
    await page.goto(`${page.url().split('#')[0]}#/messages/social_proof/sms`);
    await page.getByRole('heading', { name: 'La cifra no se puede decir' }).waitFor(long);
    await text(/con 95 % de confianza/).waitFor();
    await text(/use el estilo neutral/).waitFor();
    await page.getByText('Qué se sabe de prueba social').click();
    await text(/Lo que no muestra/).waitFor();
    await text(/MXN 50\.25|COP 50\.25/).waitFor();
    await expectAccessible(page, 'message');
    await shot('message');
    await page.goto(`${page.url().split('#')[0]}#/messages/loss_aversion/sms`);
    await page.getByRole('heading', { name: 'La consecuencia que nombra se cumple' }).waitFor(long);
    await expectAccessible(page, 'message with a consequence');
    await shot('consequence');
  }, 90_000);

  it('is judged while it is written, kept as a draft and approved by somebody else', async () => {
    await page.goto(`${page.url().split('#')[0]}#/messages/new`);
    const body = page.getByLabel('Texto en español');
    await body.fill('{{entidad}}: evite el embargo y pague {{importe}}.');
    await text('Así no se puede enviar.').waitFor(long);
    await page.locator('mark', { hasText: 'embargo' }).waitFor();
    await expectAccessible(page, 'write');
    await shot('write');
    await body.fill(
      '{{entidad}}: quedan {{importe}} por pagar. ¿Le ayudamos? Llame al {{telefono_ayuda}}. Responda BAJA para no recibir SMS.',
    );
    await text('Pasa.').waitFor(long);
    await page.getByLabel('Nombre corto').fill('suave');
    await page.getByLabel('Autor').fill('Ana');
    await page.getByRole('button', { name: 'Guardar borrador' }).click();
    await page.getByRole('heading', { level: 1, name: 'Plantilla suave' }).waitFor(long);
    await text('Falta que alguien la apruebe').waitFor();
    const form = page.getByRole('form', { name: 'Aprobar la versión 1' });
    await form.getByLabel('Su nombre').fill('Ana');
    await form.getByRole('button', { name: 'Aprobar' }).click();
    await text(/Ana escribió la plantilla/).waitFor(long);
    await form.getByLabel('Su nombre').fill('Luis');
    await form.getByRole('button', { name: 'Aprobar' }).click();
    await text(/Aprobada por Luis/).waitFor(long);
    await expectAccessible(page, 'message of the workspace');
    await shot('own');
    expect(opened.watched.complaints).toEqual([]);
  }, 120_000);

  it('fits a narrow dark screen, in English', async () => {
    const narrow = await openPage(browser as Browser, page.url(), { width: 390, colorScheme: 'dark' });
    await narrow.context.addCookies(await opened.watched.context.cookies());
    await narrow.page.evaluate("localStorage.setItem('ensayo.language', 'en')");
    await narrow.page.goto(`${page.url().split('#')[0]}#/messages`);
    await narrow.page.reload();
    await narrow.page.getByText(/\d+ of \d+ SMS texts can be sent\./).waitFor(long);
    const overflow = await narrow.page.evaluate('document.documentElement.scrollWidth - innerWidth');
    expect(overflow).toBeLessThanOrEqual(0);
    await expectAccessible(narrow.page, 'messages, narrow and dark');
    if (process.env.ENSAYO_SHOTS)
      await narrow.page.screenshot({ path: join(process.env.ENSAYO_SHOTS, 'narrow.png') });
    await narrow.page.goto(`${page.url().split('#')[0]}#/messages/social_proof/sms_3`);
    await narrow.page.getByRole('heading', { name: 'The figure may not be said' }).waitFor(long);
    if (process.env.ENSAYO_SHOTS)
      await narrow.page.screenshot({
        path: join(process.env.ENSAYO_SHOTS, 'narrow-message.png'),
        fullPage: true,
      });
    await expectAccessible(narrow.page, 'message, narrow and dark');
    await narrow.context.close();
  }, 90_000);
});

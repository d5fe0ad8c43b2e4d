import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { Browser, Locator, Page } from 'playwright-core';
import { compile } from 'vega-lite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Output } from '#core/contract/endpoint.ts';
import type { contract } from '#core/contract/index.ts';
import { launchBrowser } from '../support/browser/browser.ts';
import { expectAccessible, openPage, type WatchedPage } from '../support/browser/page.ts';
import { ensayo, startEnsayo } from '../support/servers/ensayo.ts';

type Answer = Output<typeof contract.kpis.get>;
const browser: Browser | null = await launchBrowser();

describe.skipIf(!browser)('the portfolio page', () => {
  let folder: string;
  let server: Awaited<ReturnType<typeof startEnsayo>>;
  let watched: WatchedPage;
  let page: Page;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'ensayo-board-'));
    const made = await ensayo('sample', '--workspace', folder, '--accounts', '5000', '--months', '9');
    expect(made.stderr + made.stdout).not.toContain('error');
    server = await startEnsayo(folder);
    watched = await openPage(browser as Browser, server.url);
    page = watched.page;
    page.setDefaultTimeout(20_000);
    await page.getByRole('heading', { level: 1, name: '¿En qué vamos?' }).waitFor();
  }, 180_000);

  afterAll(async () => {
    await watched?.context.close();
    await browser?.close();
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const tile = (name: string): Locator => page.getByRole('article', { name, exact: true });
  const ageing = () => tile('Mora por tramos');
  const finding = (one: Locator) => one.locator('figure h4').first().innerText();
  const drawn = async (one: Locator) => {
    await one.scrollIntoViewIfNeeded();
    await one.locator('svg.marks').first().waitFor();
    await expect.poll(() => one.getAttribute('aria-busy')).toBe('false');
  };
  const choose = async (label: string, option: string) => {
    await page.getByLabel(label, { exact: true }).first().selectOption({ label: option });
    await drawn(ageing());
  };
  const words = () => page.getByRole('region', { name: 'Filtros' }).locator('.words').innerText();
  const address = () => new URLSearchParams(new URL(page.url()).hash.split('?')[1]);
  const ask = (path: string) =>
    page.evaluate(async (at) => (await fetch(`/api/v1${at}`, { headers: { 'x-ensayo': '1' } })).json(), path);
  const download = async (one: Locator, kind: string) => {
    await one.getByRole('button', { name: 'Descargar' }).first().click();
    const saved = page.waitForEvent('download');
    await one.getByRole('button', { name: kind, exact: true }).click();
    const file = await saved;
    return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) };
  };

  it('says how the book is, then draws it in sections', async () => {
    await page.getByRole('navigation').getByRole('link', { name: 'Cartera', exact: true }).click();
    await page.getByText(/5\s000 cuentas de .* personas, 5 monedas, 9 meses/).waitFor();
    await drawn(ageing());
    expect(await finding(ageing())).toMatch(/Entre el .* del saldo lleva 90 días o más de mora/);
    const sections = [
      'Cómo está la cartera',
      'Hacia dónde se mueve',
      'Qué vuelve',
      'Cómo llegamos a las personas',
    ];
    for (const name of sections) await page.getByRole('region', { name, exact: true }).waitFor();
    await expectAccessible(page, 'portfolio');
  }, 60_000);

  it('never adds currencies: each has its own drawing, and money stands in one currency', async () => {
    const codes = ['ARS', 'CLP', 'COP', 'MXN', 'PEN'];
    expect(await ageing().locator('.panel .name').allInnerTexts()).toEqual(codes);
    const listed = (await ask('/kpis')) as Output<typeof contract.kpis.list>;
    for (const { id, columns } of listed.kpis) {
      const money = columns.filter(({ unit }) => unit === 'money').map(({ name }) => name);
      const { rows } = (await ask(`/kpis/${id}`)) as Answer;
      const held = rows.filter((row) => money.some((name) => (row[name] ?? null) !== null));
      expect(held.filter(({ currency }) => !codes.includes(String(currency)))).toEqual([]);
    }
  }, 60_000);

  it('filters by clicks, and keeps the view in the address', async () => {
    await page.getByRole('button', { name: 'Filtrar', exact: true }).click();
    await expectAccessible(page, 'filters');
    await choose('País', 'Colombia');
    await choose('Producto', 'tarjeta');
    await page.getByRole('button', { name: 'Cuentas', exact: true }).click();
    await expect.poll(() => finding(ageing())).toMatch(/El .* de las cuentas lleva 90 días/);
    expect(Object.fromEntries(address())).toEqual({ country: 'CO', product: 'card', measure: 'accounts' });
    const before = { finding: await finding(ageing()), words: await words() };
    expect(before.words).toMatch(/Colombia.*tarjeta/s);

    await page.reload();
    await drawn(ageing());
    expect({ finding: await finding(ageing()), words: await words() }).toEqual(before);

    await page.goBack();
    await expect.poll(() => finding(ageing())).toMatch(/del saldo en COP/);
    await page.goBack();
    await expect.poll(words).not.toContain('tarjeta');
    await page.goForward();
    await expect.poll(words).toContain('tarjeta');
    await page.getByRole('button', { name: 'Quitar filtros' }).click();
    await expect.poll(words).toBe('Toda la cartera');
  }, 60_000);

  it('asks a few at a time, and breaks off what a new filter makes useless', async () => {
    // Counted in the page: a browser tells late of a request that was broken off while it was held up.
    await page.evaluate(() => {
      const seen = Object.assign(globalThis, { under: 0, most: 0, broken: [] as string[] });
      const real = seen.fetch;
      seen.fetch = async (to, init) => {
        if (!String(to).includes('/kpis/')) return real(to, init);
        seen.under += 1;
        seen.most = Math.max(seen.most, seen.under);
        try {
          return await real(to, init);
        } catch (error) {
          seen.broken.push(String(to));
          throw error;
        } finally {
          seen.under -= 1;
        }
      };
    });
    const seen = () =>
      page.evaluate(() => {
        const { most, broken } = globalThis as unknown as { most: number; broken: string[] };
        return { most, broken: broken.filter((url) => url.includes('country=MX')).length };
      });
    await page.route('**/api/v1/kpis/*', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 400));
      await route.continue().catch(() => {});
    });
    await page.mouse.move(700, 500);
    await page.mouse.wheel(0, 2500);
    await page.getByRole('button', { name: 'Filtrar', exact: true }).click();
    await page.getByLabel('País', { exact: true }).selectOption({ label: 'México' });
    await page.waitForTimeout(150);
    await page.getByLabel('País', { exact: true }).selectOption({ label: 'Perú' });
    await expect.poll(async () => (await seen()).broken).toBeGreaterThan(0);
    await page.waitForTimeout(1500);
    const { most } = await seen();
    expect(most).toBeGreaterThan(1);
    expect(most).toBeLessThanOrEqual(3);
    await page.unroute('**/api/v1/kpis/*');
    await page.getByRole('button', { name: 'Quitar filtros' }).click();
  }, 60_000);

  it('keeps a failure inside its tile', async () => {
    await page.route('**/api/v1/kpis/cure*', (route) => route.abort());
    await page.reload();
    const cure = tile('Cura y recaída');
    await cure.scrollIntoViewIfNeeded();
    await cure.getByRole('alert').waitFor();
    await drawn(tile('Prueba de Markov'));
    await page.unroute('**/api/v1/kpis/cure*');
    await cure.getByRole('button', { name: 'Intentar de nuevo' }).click();
    await drawn(cure);
  }, 60_000);

  it('downloads what the endpoint gave: raw values, and pictures with title and date', async () => {
    const one = tile('Cura y recaída');
    const csv = await download(one, 'Datos (CSV)');
    const rows = parse(csv.bytes, { bom: true }) as string[][];
    const { rows: given, columns, asOf } = (await ask('/kpis/cure')) as Answer;
    expect(csv.name).toBe('cure.csv');
    expect(rows[0]).toEqual(columns.map(({ title }) => title.es));
    const raw = given.map((row) => columns.map(({ name }) => String(row[name] ?? '')));
    expect(rows.slice(1)).toEqual(raw);

    const title = await finding(one);
    const svg = (await download(one, 'Dibujo (SVG)')).bytes.toString('utf8');
    expect(svg).toContain(title.split(';')[0]?.slice(0, 40));
    expect(svg).toMatch(/n.=.\d/);
    expect(asOf).toMatch(/^\d{4}-\d\d-\d\d$/);
    const day = new Intl.DateTimeFormat('es-419', { day: 'numeric', timeZone: 'UTC' });
    expect(svg).toContain(`Al ${day.format(new Date(`${asOf}T00:00:00Z`))}`);
    const png = (await download(one, 'Imagen (PNG)')).bytes;
    expect(png.subarray(1, 4).toString('latin1')).toBe('PNG');
    const spec = await download(one, 'Especificación (Vega-Lite)');
    expect(spec.name).toBe('cure.vl.json');
    expect(compile(JSON.parse(spec.bytes.toString('utf8'))).spec.marks?.length).toBeGreaterThan(0);
  }, 60_000);

  it('opens one tile alone, with its parameters, its whole table and its order in the address', async () => {
    await page.getByRole('link', { name: 'Ampliar: Matriz de rodamiento' }).click();
    await page.getByRole('heading', { level: 1, name: 'Matriz de rodamiento' }).waitFor();
    await page.getByLabel('Meses juntos').fill('3');
    await expect.poll(() => address().get('roll-rates.months')).toBe('3');
    await page.getByText('3 meses juntos').first().waitFor();
    await expectAccessible(page, 'one tile');
    await page
      .getByRole('button', { name: /^Cuentas/ })
      .last()
      .click();
    expect(address().get('sort')).toBe('accounts');
    await page.reload();
    const sorted = page.locator('th[aria-sort="ascending"]');
    await sorted.waitFor();
    expect(await sorted.innerText()).toContain('Cuentas');
    const query = await page
      .getByRole('link', { name: 'Abrir la consulta en Explorar' })
      .getAttribute('href');
    expect(decodeURIComponent(query ?? '')).toContain('#/explore?sql=WITH states AS');
    await page.getByRole('navigation', { name: 'Ruta' }).getByRole('link', { name: 'Cartera' }).click();
    await drawn(ageing());
  }, 60_000);

  it('reads on a narrow screen, without moving sideways, in English and in the dark', async () => {
    await page.setViewportSize({ width: 390, height: 800 });
    await page.emulateMedia({ colorScheme: 'dark' });
    for (const name of ['Matriz de rodamiento', 'Cosechas', 'Contactos por canal y estilo']) {
      await tile(name).scrollIntoViewIfNeeded();
      await expect.poll(() => tile(name).getAttribute('aria-busy')).toBe('false');
      await tile(name).locator('figure').first().waitFor();
    }
    const width = () =>
      page.locator('html').evaluate((root) => (root as unknown as { scrollWidth: number }).scrollWidth);
    expect(await width()).toBe(390);
    await expectAccessible(page, 'portfolio, narrow and dark');
    await page.getByRole('button', { name: 'Menú' }).click();
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('heading', { level: 1, name: 'Portfolio' }).waitFor();
    await page
      .getByText(/Of the (balance|accounts).* 1–29 days late/)
      .first()
      .waitFor();
    expect(await width()).toBe(390);
  }, 60_000);

  it('complained of nothing and called nobody', () => {
    expect(watched.complaints).toEqual([]);
  });
});

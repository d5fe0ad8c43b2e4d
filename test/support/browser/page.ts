import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { expect } from 'vitest';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Violation {
  id: string;
  impact: string;
  help: string;
  nodes: { html: string }[];
}

export interface WatchedPage {
  context: BrowserContext;
  page: Page;
  /** What the page complained of: policy violations, errors, calls to anywhere else. */
  complaints: string[];
}

/** A page of the product that remembers everything it should not have done. */
export async function openPage(
  browser: Browser,
  url: string,
  options: { width?: number; colorScheme?: 'light' | 'dark' } = {},
): Promise<WatchedPage> {
  const context = await browser.newContext({
    viewport: { width: options.width ?? 1280, height: 900 },
    colorScheme: options.colorScheme ?? 'light',
    acceptDownloads: true,
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  const { origin } = new URL(url);
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
  page.on('console', (message) => {
    if (/content security policy/i.test(message.text())) complaints.push(message.text());
  });
  page.on('request', (request) => {
    if (
      !request.url().startsWith(origin) &&
      !request.url().startsWith('data:') &&
      !request.url().startsWith('blob:')
    )
      complaints.push(`call elsewhere: ${request.url()}`);
  });
  await page.goto(url);
  return { context, page, complaints };
}

/** What axe-core finds serious on the screen as it stands. The script is read by the test, past the page's own policy. */
export async function expectAccessible(page: Page, screen: string): Promise<void> {
  await page.evaluate(axeSource);
  const violations = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: { run(options: unknown): Promise<{ violations: Violation[] }> };
    };
    const wanted = { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] };
    return (await axe.run(wanted)).violations;
  });
  const serious = violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, help, nodes }) => `${screen}: ${id}: ${help}: ${nodes[0]?.html}`);
  expect(serious).toEqual([]);
}

/** On a card: writes why each very strong column is known in time, as is asked before it can be approved. */
export async function explainStrongColumns(page: Page): Promise<void> {
  const asked = page.getByLabel(/^Por qué se conocen a tiempo/);
  await page.getByRole('button', { name: 'Aprobar como vigente' }).waitFor();
  if ((await asked.count()) === 0) return;
  await asked.fill('Se anota en cada corte, antes de la fecha');
  await page.getByLabel('Quién lo escribe').fill('Prueba');
  await page.getByRole('button', { name: /^Guardar la razón/ }).click();
  await asked.waitFor({ state: 'detached' });
}

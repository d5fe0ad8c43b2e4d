import { join } from 'node:path';
import type { Page } from 'playwright-core';

/** Keeps a picture of the page as it stands, wide and narrow, light and dark, where the surroundings name a folder for them. */
export function picturesOf(current: () => Page): (name: string) => Promise<void> {
  const folder = process.env.ENSAYO_PICTURES;
  return async (name) => {
    if (!folder) return;
    const page = current();
    const before = page.viewportSize();
    for (const width of [1440, 390])
      for (const colorScheme of ['light', 'dark'] as const) {
        if (width === 390 && colorScheme === 'dark') continue;
        await page.setViewportSize({ width, height: 900 });
        await page.emulateMedia({ colorScheme });
        await page.screenshot({ path: join(folder, `${name}-${width}-${colorScheme}.png`), fullPage: true });
      }
    await page.emulateMedia({ colorScheme: 'light' });
    if (before) await page.setViewportSize(before);
  };
}

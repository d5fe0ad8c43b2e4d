import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Real data that is not part of the project, beside the repository. */
export const shared = (path: string): string =>
  fileURLToPath(new URL(`../../../shared/${path}`, import.meta.url));

const found = existsSync(shared('data'));
if (!found && process.env.CI !== 'true')
  process.stderr.write('no folder `shared` beside the checkout: tests on the real sets are left out\n');

/** Whether tests on the real sets run: where the sets are, and always with CI=true, to fail when they are missing. */
export const hasShared = found || process.env.CI === 'true';

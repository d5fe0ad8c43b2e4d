import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Real data that is not part of the project, beside the repository. */
export const shared = (path: string): string =>
  fileURLToPath(new URL(`../../../shared/${path}`, import.meta.url));

export const hasShared = existsSync(shared('data'));

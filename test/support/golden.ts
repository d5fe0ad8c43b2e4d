import { expect } from 'vitest';
import type { Sql } from '#core/sql/sql.ts';

/** Holds a statement to the exact text and values kept under `test/golden/<name>.sql`. */
export const expectGolden = async ({ text, values }: Sql, name: string): Promise<void> => {
  await expect(`${text}\n-- ${JSON.stringify(values)}\n`).toMatchFileSnapshot(
    new URL(`../golden/${name}.sql`, import.meta.url).pathname,
  );
};

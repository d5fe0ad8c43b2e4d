import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { tableNames } from '#core/portfolio/tables.ts';
import { dictionary } from '#data/dictionary.ts';

const written = readFileSync(new URL('../../data/DICTIONARY.md', import.meta.url), 'utf8');

it('is written from the tables as they are now', () => {
  expect(written).toBe(dictionary());
});

it.each(tableNames)('describes %s in both languages', (name) => {
  const section = written.split(`\n## ${name}\n`)[1]?.split('\n## ')[0];
  expect(section).toMatch(/\| `\w+` \| \w+ \| \S.* \| \*\S.*\* \|/);
});

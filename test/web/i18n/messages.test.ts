import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../../web/src', import.meta.url));
const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .map((name) => join(root, name))
  .filter((path) => statSync(path).isFile());
const sources = files.filter((path) => /\.(ts|svelte)$/.test(path));
const read = (path: string) => readFileSync(path, 'utf8');
const messagesOf = (path: string) => JSON.parse(read(path)) as Record<string, string>;

/** Message files come in pairs: es.json and en.json, or x.es.json and x.en.json. */
const pairs = files
  .filter((path) => /(^|[/.])es\.json$/.test(path))
  .map((es) => ({ name: relative(root, es), es, en: es.replace(/es\.json$/, 'en.json') }));

/** Names of the values a message takes, at any depth. */
function valuesOf(message: string): string[] {
  const names = new Set<string>();
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) for (const one of node) visit(one);
    else if (typeof node === 'object' && node !== null) {
      const { type, value, options } = node as {
        type?: number;
        value?: unknown;
        options?: Record<string, { value: unknown }>;
      };
      if (type !== 0 && type !== 7 && typeof value === 'string') names.add(value);
      for (const option of Object.values(options ?? {})) visit(option.value);
    }
  };
  visit(new IntlMessageFormat(message, 'es').getAst());
  return [...names].sort();
}

/** The pair that `t` of a source reads: one it imports, else that beside the text.ts it imports, its folder's first. */
function pairOf(source: string): string | undefined {
  const imports = [...read(source).matchAll(/from '(\.[^']+)'/g)].map(([, at]) =>
    join(dirname(source), at as string),
  );
  const texts = imports.filter((path) => path.endsWith('/text.ts'));
  const nearest = texts
    .filter((path) => !path.endsWith('/ui/text.ts'))
    .sort((a, b) => dirname(b).length - dirname(a).length)[0];
  const text = nearest ?? texts[0];
  return imports.find((path) => path.endsWith('es.json')) ?? text?.replace(/text\.ts$/, 'es.json');
}

/** Every source that reads a pair, `t` or not: those of its folder and the folders in it, and those that import it. */
const readersOf = (path: string): string =>
  sources
    .filter((source) => source.startsWith(`${dirname(path)}/`) || pairOf(source) === path)
    .map(read)
    .join('\n');

/** A key is used where it stands in quotes, or where a template begins like it: t(`state.${…}`). */
function isUsed(key: string, text: string): boolean {
  if (text.includes(`'${key}'`)) return true;
  const starts = [...text.matchAll(/`([\w.]+\.)\$\{/g)].map(([, start]) => start as string);
  return starts.some((start) => key.startsWith(start)) || /`\$\{group\}\.\$\{id\}`/.test(text);
}

it('finds the message files', () => {
  expect(pairs.length).toBeGreaterThanOrEqual(9);
});

describe.each(pairs)('$name', ({ es, en }) => {
  const spanish = messagesOf(es);
  const english = messagesOf(en);

  it('has the same keys in both languages', () => {
    expect(Object.keys(english)).toEqual(Object.keys(spanish));
  });

  it.each(Object.keys(spanish))('%s takes the same values in both', (key) => {
    expect(valuesOf(english[key] as string)).toEqual(valuesOf(spanish[key] as string));
    expect(spanish[key]?.trim()).not.toBe('');
  });

  it('holds no key that nobody reads', () => {
    const text = readersOf(es);
    expect(Object.keys(spanish).filter((key) => !isUsed(key, text))).toEqual([]);
  });

  it('lacks no key that somebody reads', () => {
    const text = sources
      .filter((source) => pairOf(source) === es)
      .map(read)
      .join('\n');
    const asked = [...text.matchAll(/(?<![\w.])t\(\s*'([^']+)'/g)].map(([, key]) => key as string);
    expect(asked.filter((key) => !(key in spanish))).toEqual([]);
  });
});

import { existsSync } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { DomainError } from '#core/errors/domain-error.ts';
import type { Recipe } from '#core/portfolio/recipe.ts';
import { sql } from '#core/sql/sql.ts';
import type { Context } from '../../context.ts';
import type { Source } from '../../sources/source.ts';
import { hashRecipe, readRecipe } from '../../store/loading/recipes.ts';
import { uploadsFolder } from '../../store/loading/uploads.ts';

/** What a load is asked to do. */
export interface LoadRequest {
  /** Files, folders, patterns of either, names of uploads, addresses of databases. */
  file: string | readonly string[];
  recipe: string;
  /** Largest share of rejected rows, of any one file. */
  maxRejectedShare: number;
  simulated: boolean;
  /** Said for this load alone, over what the recipe says. */
  sheet?: string | undefined;
  query?: string | undefined;
}

export interface NamedRecipe {
  recipe: Recipe;
  /** Hash of the recipe itself: another mapping of the same file is another load. */
  hash: string;
}

export interface FoundFile {
  path: string;
  name: string;
  source: string;
}

/** A private folder for the temporary files of a job. */
export const scratchOf = (context: Context, jobId: string): string =>
  join(context.config.workspace, 'staging', jobId);

/**
 * A recipe by its name: one saved here, or one that came with the program.
 *
 * @throws load_recipe_unknown
 */
export async function findRecipe(
  context: Context,
  name: string,
  over: Pick<LoadRequest, 'sheet' | 'query'> = {},
): Promise<NamedRecipe> {
  const { recipe } = await readRecipe(context, name);
  if (over.sheet !== undefined) recipe.source.sheet = over.sheet;
  if (over.query !== undefined) recipe.source.query = over.query;
  return { recipe, hash: hashRecipe(recipe) };
}

export function sourceNamed(context: Context, id: string): Source {
  const source = context.registry.sources.get(id) as Source | undefined;
  if (!source) throw new DomainError('not_found', { kind: 'source', id });
  return source;
}

/** The name of a file without its endings: `accounts.csv.gz` is accounts; of an address, what follows its `#`. */
export const stem = (name: string): string =>
  name.includes('://') ? name.replace(/^[^#]*#?/, '') : basename(name).replace(/\.[^/]*$/, '');

/** The kind of source that reads an address; undefined for what is no address. */
const sourceOfAddress = (context: Context, file: string): [string, Source] | undefined =>
  ([...context.registry.sources] as [string, Source][]).find(([, source]) =>
    source.addresses?.some((begin) => file.toLowerCase().startsWith(begin)),
  );

/**
 * Refuses an address that must not be written down, as one with a password, before a job is.
 *
 * @throws load_address_unknown, and what the kind of source says of its addresses
 */
export function checkAddress(context: Context, file: string): void {
  const source = sourceOfAddress(context, file);
  if (source) source[1].checkAddress?.(file);
  else refuseScheme(context, file);
}

/** The address is not quoted: it may hold a password. */
function refuseScheme(context: Context, file: string): void {
  const scheme = /^([a-z][\w+.-]*):\/\//i.exec(file)?.[1];
  if (!scheme) return;
  const known = ([...context.registry.sources.values()] as Source[]).flatMap(
    ({ addresses }) => addresses ?? [],
  );
  throw new DomainError('load_address_unknown', { scheme, known: known.join(', ') });
}

/** What Ensayo itself keeps in the workspace: values stand there that a page would hide. */
const own = /^(explore|exports|spill|staging|ensayo\.duckdb|server\.(json|token)|(suppression|secrets)\.key)/;

/** @throws load_file_own */
async function refuseOwn(context: Context, { path, name }: FoundFile): Promise<void> {
  const within = relative(await realpath(context.config.workspace), await realpath(path));
  if (own.test(within)) throw new DomainError('load_file_own', { file: name });
}

/**
 * The files a request means, each once and in the order of their names: addresses, uploads, files, every readable
 * file of a folder, and those a pattern (`extracts/2025-*.csv`) matches. Of equal names, each begins with its folder.
 *
 * @throws load_file_missing, load_file_own, load_address_unknown, load_kind_unknown, load_pattern_empty
 */
export async function findFiles(context: Context, asked: string | readonly string[]): Promise<FoundFile[]> {
  const found: FoundFile[] = [];
  for (const file of [asked].flat())
    for (const one of await findOne(context, file))
      if (!found.some(({ path }) => path === one.path)) found.push(one);
  for (const one of found) if (!one.name.includes('://')) await refuseOwn(context, one);
  const named = found.map((file) => ({ ...file, name: ownName(file, found) }));
  return named.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.path < b.path ? -1 : 1));
}

function ownName({ path, name }: FoundFile, all: readonly FoundFile[]): string {
  if (all.filter((other) => other.name === name).length === 1) return name;
  const within = join(basename(dirname(path)), name);
  const others = all.filter((other) => join(basename(dirname(other.path)), other.name) === within);
  return others.length === 1 ? within : path;
}

async function findOne(context: Context, file: string): Promise<FoundFile[]> {
  const address = sourceOfAddress(context, file);
  if (address) return [{ path: file, name: file, source: address[0] }];
  refuseScheme(context, file);
  const upload = join(uploadsFolder(context), basename(file));
  const path = basename(file) === file && existsSync(upload) ? upload : resolve(file);
  const facts = await stat(path).catch(() => null);
  if (!facts && /[*?[]/.test(file)) return matching(context, file);
  if (!facts) throw new DomainError('load_file_missing', { file });
  if (facts.isDirectory()) {
    const names = (await readdir(path)).sort();
    return readable(
      context,
      names.map((name) => join(path, name)),
    );
  }
  const source = sourceFor(context, path);
  if (!source)
    throw new DomainError('load_kind_unknown', { file: basename(path), known: endings(context).join(', ') });
  return [{ path, name: basename(path), source }];
}

/** A pattern without a folder means uploads where it matches any. */
async function matching(context: Context, pattern: string): Promise<FoundFile[]> {
  const places = basename(pattern) === pattern ? [join(uploadsFolder(context), pattern)] : [];
  for (const place of [...places, resolve(pattern)]) {
    const matched = await context.engine.rows<{ file: string }>(
      sql`SELECT file FROM ${context.engine.dialect.filesLike(place)} ORDER BY file`,
    );
    const [first] = matched;
    if (!first) continue;
    const files = readable(
      context,
      matched.map(({ file }) => file).filter((file) => !basename(file).startsWith('.')),
    );
    if (files.length) return files;
    throw new DomainError('load_kind_unknown', {
      file: basename(first.file),
      known: endings(context).join(', '),
    });
  }
  throw new DomainError('load_pattern_empty', { pattern });
}

const readable = (context: Context, paths: readonly string[]): FoundFile[] =>
  paths.flatMap((path) => {
    const source = sourceFor(context, path);
    return source ? [{ path, name: basename(path), source }] : [];
  });

/** What was asked for, in one line. */
export const askedFor = ({ file }: LoadRequest): string => [file].flat().join(', ');

const endings = (context: Context): string[] =>
  [...context.registry.sources.values()].flatMap((source) => [...(source as Source).endings]);

function sourceFor(context: Context, name: string): string | undefined {
  const plain = name.toLowerCase().replace(/\.gz$/, '');
  for (const [id, source] of context.registry.sources)
    if ((source as Source).endings.some((ending) => plain.endsWith(ending))) return id;
  return undefined;
}

import { existsSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { DomainError } from '#core/errors/domain-error.ts';
import type { Recipe } from '#core/portfolio/recipe.ts';
import type { Context } from '../../context.ts';
import type { Source } from '../../sources/source.ts';
import { hashRecipe, readRecipe } from '../../store/recipes.ts';
import { uploadsFolder } from '../../store/uploads.ts';

/** What a load is asked to do. */
export interface LoadRequest {
  /** A file, a folder, the name of an upload, or the address of a database. */
  file: string;
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
 * @throws what the kind of source says of its addresses
 */
export const checkAddress = (context: Context, file: string): void =>
  sourceOfAddress(context, file)?.[1].checkAddress?.(file);

/**
 * The files a request means: an address, an upload of that name, a file, or every readable file of a folder.
 *
 * @throws load_file_missing, load_kind_unknown
 */
export async function findFiles(context: Context, file: string): Promise<FoundFile[]> {
  const address = sourceOfAddress(context, file);
  if (address) return [{ path: file, name: file, source: address[0] }];
  const upload = join(uploadsFolder(context), basename(file));
  const path = basename(file) === file && existsSync(upload) ? upload : resolve(file);
  const facts = await stat(path).catch(() => null);
  if (!facts) throw new DomainError('load_file_missing', { file });
  if (facts.isDirectory()) {
    const names = (await readdir(path)).sort();
    return names.flatMap((name) => {
      const source = sourceFor(context, name);
      return source ? [{ path: join(path, name), name, source }] : [];
    });
  }
  const source = sourceFor(context, path);
  if (!source)
    throw new DomainError('load_kind_unknown', { file: basename(path), known: endings(context).join(', ') });
  return [{ path, name: basename(path), source }];
}

const endings = (context: Context): string[] =>
  [...context.registry.sources.values()].flatMap((source) => [...(source as Source).endings]);

function sourceFor(context: Context, name: string): string | undefined {
  const plain = name.toLowerCase().replace(/\.gz$/, '');
  for (const [id, source] of context.registry.sources)
    if ((source as Source).endings.some((ending) => plain.endsWith(ending))) return id;
  return undefined;
}

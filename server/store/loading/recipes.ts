import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { SavedRecipe } from '#core/contract/portfolio/recipes.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import { isDataset, type Recipe, type RecipeInput, recipe as recipeSchema } from '#core/portfolio/recipe.ts';
import { tableNames } from '#core/portfolio/tables.ts';
import { sql } from '#core/sql/sql.ts';
import type { Text } from '#core/text/text.ts';
import type { Context } from '../../context.ts';
import type { Session } from '../../engine/engine.ts';
import type { PlugIn } from '../../registry.ts';
import { instant } from '../workspace.ts';

interface RecipeRow {
  name: string;
  recipe: string;
  recipe_hash: string;
  note: string;
  saved_at: string;
  by_principal: string;
}

/** Of what a recipe says, its defaults filled in: another mapping of the same file is another load. */
export const hashRecipe = (recipe: Recipe): string => bytesToHex(sha256(utf8ToBytes(JSON.stringify(recipe))));

const tablesOf = ({ tables }: Recipe): string[] =>
  tables === 'canonical'
    ? [...tableNames]
    : [...new Set(tables.map((one) => (isDataset(one) ? one.dataset : one.table)))];

const plain = (text: string): Text => ({ es: text, en: text });

const asSaved = (row: RecipeRow): SavedRecipe => {
  const recipe = recipeSchema.parse(JSON.parse(row.recipe));
  return {
    name: row.name,
    kind: 'saved',
    title: plain(row.name),
    summary: plain(row.note),
    tables: tablesOf(recipe),
    hash: row.recipe_hash,
    savedAt: row.saved_at,
    by: row.by_principal,
    note: row.note,
    recipe,
  };
};

type BuiltIn = PlugIn & { recipe: RecipeInput };

function builtIn(context: Context, name: string): SavedRecipe | undefined {
  const found = context.registry.recipes.get(name) as BuiltIn | undefined;
  if (!found) return undefined;
  const recipe = recipeSchema.parse(found.recipe);
  return {
    name,
    kind: 'built_in',
    ...found.text,
    tables: tablesOf(recipe),
    hash: hashRecipe(recipe),
    savedAt: null,
    by: null,
    note: '',
    recipe,
  };
}

/** Every recipe there is: the saved ones, the newest first, then those that came with the program. */
export async function readRecipes(context: Context): Promise<SavedRecipe[]> {
  const rows = await context.engine.rows<RecipeRow>(sql`SELECT * FROM recipes ORDER BY saved_at DESC, name`);
  const own = [...context.registry.recipes.keys()].flatMap((name) => builtIn(context, name) ?? []);
  return [...rows.map(asSaved), ...own];
}

async function readSaved(session: Session, name: string): Promise<SavedRecipe | undefined> {
  const row = await session.first<RecipeRow>(sql`SELECT * FROM recipes WHERE name = ${name}`);
  return row ? asSaved(row) : undefined;
}

/** @throws load_recipe_unknown */
export async function readRecipe(context: Context, name: string): Promise<SavedRecipe> {
  const found = builtIn(context, name) ?? (await readSaved(context.engine, name));
  if (found) return found;
  const known = (await readRecipes(context)).map((one) => one.name).join(', ');
  throw new DomainError('load_recipe_unknown', { recipe: name, known });
}

/**
 * Saves a recipe; one of the same name is written over only when that was asked for.
 *
 * @throws recipe_built_in, recipe_name_taken
 */
export async function saveRecipe(
  context: Context,
  given: { name: string; recipe: Recipe; note: string; replace: boolean; by: string },
): Promise<SavedRecipe> {
  const { name, recipe, note } = given;
  refuseBuiltIn(context, name);
  await context.engine.transaction(async (session) => {
    if (!given.replace) await refuseTaken(session, name);
    await session.run(
      sql`INSERT OR REPLACE INTO recipes VALUES (${name}, ${JSON.stringify(recipe)}, ${hashRecipe(recipe)}, ${note}, ${instant(context.now())}, ${given.by})`,
    );
  });
  return readRecipe(context, name);
}

/** @throws load_recipe_unknown, recipe_built_in, recipe_name_taken */
export async function renameRecipe(context: Context, name: string, to: string): Promise<SavedRecipe> {
  refuseBuiltIn(context, name);
  refuseBuiltIn(context, to);
  await readRecipe(context, name);
  await context.engine.transaction(async (session) => {
    if (to !== name) await refuseTaken(session, to);
    await session.run(sql`UPDATE recipes SET name = ${to} WHERE name = ${name}`);
  });
  return readRecipe(context, to);
}

/** @throws load_recipe_unknown, recipe_built_in */
export async function deleteRecipe(context: Context, name: string): Promise<SavedRecipe> {
  refuseBuiltIn(context, name);
  const found = await readRecipe(context, name);
  await context.engine.run(sql`DELETE FROM recipes WHERE name = ${name}`);
  return found;
}

function refuseBuiltIn(context: Context, name: string): void {
  if (context.registry.recipes.has(name)) throw new DomainError('recipe_built_in', { recipe: name });
}

async function refuseTaken(session: Session, name: string): Promise<void> {
  const taken = await readSaved(session, name);
  if (!taken) return;
  const when = taken.savedAt?.slice(0, 10) ?? '';
  throw new DomainError('recipe_name_taken', { recipe: name, by: taken.by, when });
}

/** Columns of loaded datasets that their recipe says are known only afterwards, by dataset. */
export async function readLateColumns(context: Context): Promise<Map<string, ReadonlySet<string>>> {
  const held = await context.engine.rows<{ hash: string }>(
    sql`SELECT DISTINCT recipe_hash AS hash FROM loads JOIN datasets USING (load_id) WHERE state = 'live'`,
  );
  const hashes = new Set(held.map(({ hash }) => hash));
  const late = new Map<string, ReadonlySet<string>>();
  for (const { hash, recipe } of await readRecipes(context))
    if (hashes.has(hash) && recipe.tables !== 'canonical')
      for (const one of recipe.tables)
        if (isDataset(one) && one.late) late.set(one.dataset, new Set(one.late));
  return late;
}

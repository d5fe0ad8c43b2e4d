import { contract } from '#core/contract/index.ts';
import type { SavedRecipe } from '#core/contract/portfolio/recipes.ts';
import { handle, type Principal } from '../http/handle.ts';
import { checkRecipe } from '../jobs/previewing/check.ts';
import { previewFiles } from '../jobs/previewing/preview.ts';
import { deleteRecipe, readRecipe, readRecipes, renameRecipe, saveRecipe } from '../store/loading/recipes.ts';

const mayReadPersonal = ({ permissions }: Principal): boolean => permissions.includes('personal:read');
const listed = ({ recipe: _recipe, note: _note, ...rest }: SavedRecipe) => rest;

export const handlers = [
  handle(contract.recipes.list, async ({ context }) => ({
    recipes: (await readRecipes(context)).map(listed),
  })),
  handle(contract.recipes.get, ({ context, input }) => readRecipe(context, input.params.name)),
  handle(contract.recipes.save, ({ context, principal, input }) =>
    saveRecipe(context, { name: input.params.name, ...input.body, by: principal.id }),
  ),
  handle(contract.recipes.rename, ({ context, input }) =>
    renameRecipe(context, input.params.name, input.body.to),
  ),
  handle(contract.recipes.delete, async ({ context, input }) =>
    listed(await deleteRecipe(context, input.params.name)),
  ),
  handle(contract.previews.create, ({ context, principal, input: { body } }) =>
    previewFiles(context, {
      files: [body.file].flat(),
      source: body.source,
      unmasked: mayReadPersonal(principal),
    }),
  ),
  handle(contract.previews.check, ({ context, principal, input: { body } }) =>
    checkRecipe(context, {
      files: [body.file].flat(),
      recipe: body.recipe,
      unmasked: mayReadPersonal(principal),
    }),
  ),
];

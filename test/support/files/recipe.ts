import type { RecipeInput } from '#core/portfolio/recipe.ts';
import type { PlugIn } from '#server/registry.ts';
import type { TestWorkspace } from '../workspace.ts';

/** Gives a workspace one more recipe, as a file of `data/recipes` would. */
export function addRecipe({ context }: TestWorkspace, id: string, recipe: RecipeInput): void {
  const words = { es: id, en: id };
  const plugIn = { text: { title: words, summary: words }, recipe } as unknown as PlugIn;
  (context.registry.recipes as Map<string, PlugIn>).set(id, plugIn);
}

import { z } from 'zod';
import { recipe } from '../../portfolio/recipe.ts';
import { isoInstant, sha256, textSchema } from '../common.ts';
import { endpoint } from '../endpoint.ts';

export const recipeName = z
  .string()
  .regex(/^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,79}$/u)
  .describe('Letters, digits, spaces, points, - and _');

const listed = z.object({
  name: z.string(),
  /** built_in: came with the program; saved: somebody here made it. */
  kind: z.enum(['built_in', 'saved']),
  title: textSchema,
  summary: textSchema,
  tables: z.array(z.string()).describe('What it fills'),
  hash: sha256.describe('Of what the recipe says; a load remembers it'),
  savedAt: isoInstant.nullable(),
  by: z.string().nullable(),
});
export type ListedRecipe = z.output<typeof listed>;

/** A recipe as a file: what `get` answers can be given to `save`, here or in another installation. */
const whole = listed.extend({ note: z.string(), recipe });
export type SavedRecipe = z.output<typeof whole>;

const params = z.object({ name: recipeName });

export const recipes = {
  list: endpoint({
    id: 'recipes.list',
    method: 'GET',
    path: '/recipes',
    permission: 'portfolio:read',
    response: z.object({ recipes: z.array(listed) }),
    summary: { es: 'Recetas: las de Ensayo y las guardadas', en: 'Recipes: those of Ensayo and those saved' },
    command: 'recipes',
  }),
  get: endpoint({
    id: 'recipes.get',
    method: 'GET',
    path: '/recipes/{name}',
    permission: 'portfolio:read',
    params,
    response: whole,
    summary: { es: 'Una receta entera, como archivo', en: 'A whole recipe, as a file' },
    command: 'recipe show',
  }),
  save: endpoint({
    id: 'recipes.save',
    method: 'PUT',
    path: '/recipes/{name}',
    permission: 'portfolio:load',
    params,
    body: z.object({
      recipe,
      note: z.string().max(2000).default(''),
      replace: z.boolean().default(false).describe('Write over a saved recipe of that name'),
    }),
    response: whole,
    summary: { es: 'Guarda una receta con su nombre', en: 'Saves a recipe by name' },
    command: 'recipe save',
  }),
  rename: endpoint({
    id: 'recipes.rename',
    method: 'PATCH',
    path: '/recipes/{name}',
    permission: 'portfolio:load',
    params,
    body: z.object({ to: recipeName }),
    response: whole,
    summary: { es: 'Cambia el nombre de una receta guardada', en: 'Renames a saved recipe' },
    command: 'recipe rename',
  }),
  delete: endpoint({
    id: 'recipes.delete',
    method: 'DELETE',
    path: '/recipes/{name}',
    permission: 'portfolio:load',
    params,
    response: listed,
    summary: { es: 'Borra una receta guardada', en: 'Deletes a saved recipe' },
    command: 'recipe delete',
  }),
};

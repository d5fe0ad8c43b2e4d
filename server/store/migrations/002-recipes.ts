import { raw, type Sql } from '#core/sql/sql.ts';

/** Recipes that somebody saved by name. */
export const statements: readonly Sql[] = [
  raw(
    'CREATE TABLE recipes (name VARCHAR PRIMARY KEY, recipe JSON NOT NULL, recipe_hash VARCHAR NOT NULL, note VARCHAR NOT NULL, saved_at TIMESTAMP NOT NULL, by_principal VARCHAR NOT NULL)',
  ),
];

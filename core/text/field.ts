import type { Text } from './text.ts';

/**
 * The label of a parameter in every language, and a hint where one helps, for `.meta()` of its zod schema: the page
 * draws the form's field with them. JSON Schema knows one language, so the type zod has for both is narrower than
 * what travels.
 */
export const field = (es: string, en: string, hint?: Text): { title: string; description?: string } => ({
  title: { es, en } as unknown as string,
  ...(hint ? { description: hint as unknown as string } : {}),
});

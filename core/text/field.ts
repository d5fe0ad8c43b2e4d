import type { Text } from './text.ts';

/**
 * The label of a parameter in every language, and a hint where one helps, for `.meta()` of its zod schema: the page
 * draws the form's field with them. JSON Schema knows one language, so the type zod has for both is narrower than
 * what travels.
 */
export const field = (
  es: string,
  en: string,
  hint?: Text,
  /** What each choice of a list is called; one without a name is shown as it is. */
  choices?: Readonly<Record<string, Text>>,
): { title: string; description?: string; choices?: Readonly<Record<string, Text>> } => ({
  title: { es, en } as unknown as string,
  ...(hint ? { description: hint as unknown as string } : {}),
  ...(choices ? { choices } : {}),
});

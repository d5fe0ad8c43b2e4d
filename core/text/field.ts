/**
 * The label of a parameter in every language, for `.meta()` of its zod schema: the page draws the form's field with
 * it. JSON Schema knows one language, so the type zod has for a title is narrower than what travels.
 */
export const field = (es: string, en: string): { title: string } => ({
  title: { es, en } as unknown as string,
});

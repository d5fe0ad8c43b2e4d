/** What a template is mapped under: one of a style, as styles share names of templates. */
export const templateName = (style: unknown, template: unknown): string =>
  `${String(style)}:${String(template)}`;

/** Text that is HTML already. */
export interface Html {
  readonly html: string;
}

type Part = Html | string | number | null | undefined | readonly Html[];

const escaped = (text: string): string => text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);

function inserted(part: Part): string {
  if (part === null || part === undefined) return '';
  if (Array.isArray(part)) return part.map(inserted).join('');
  return typeof part === 'object' ? (part as Html).html : escaped(String(part));
}

/** HTML from a template: text put in is escaped, HTML and lists of it are not; null is nothing. */
export const html = (strings: TemplateStringsArray, ...parts: Part[]): Html => ({
  html: strings.map((text, i) => text + inserted(parts[i])).join(''),
});

/** HTML made elsewhere, by a library that escapes. */
export const trusted = (text: string): Html => ({ html: text });

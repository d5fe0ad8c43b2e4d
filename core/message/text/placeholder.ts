import type { Text } from '../../text/text.ts';

/** Who fills a placeholder: the portfolio row, the claim's own query, the workspace's sender, or the receiving tool. */
export type Filler = 'portfolio' | 'claim' | 'sender' | 'receiver';

export interface Placeholder {
  type: 'text' | 'money' | 'integer' | 'url' | 'phone';
  filledBy: Filler;
  title: Text;
  /** A value of ordinary length, to measure a message with. */
  example: string;
  /** Says something of the person or their debt: counts towards the degree of personalisation. */
  personal: boolean;
}

const placeholder = (
  type: Placeholder['type'],
  filledBy: Filler,
  es: string,
  en: string,
  example: string,
  personal = false,
): Placeholder => ({ type, filledBy, title: { es, en }, example, personal });

/** Everything a template may leave open. */
export const placeholders = {
  nombre: placeholder('text', 'receiver', 'nombre de la persona', 'name of the person', 'Carolina', true),
  entidad: placeholder('text', 'sender', 'quién escribe', 'who writes', 'Banco Andino'),
  importe: placeholder(
    'money',
    'portfolio',
    'importe vencido con su moneda',
    'arrears with their currency',
    'MXN 1,250.00',
    true,
  ),
  dias_mora: placeholder('integer', 'portfolio', 'días de mora', 'days past due', '12', true),
  enlace_pago: placeholder('url', 'receiver', 'enlace para pagar', 'link to pay', 'https://pag.ar/8sK2q'),
  telefono_ayuda: placeholder('phone', 'sender', 'teléfono de ayuda', 'phone for help', '800 123 4567'),
  n_de_10: placeholder(
    'integer',
    'claim',
    'cuántos de cada 10, según la consulta',
    'how many of 10, by its query',
    '8',
  ),
} as const satisfies Record<string, Placeholder>;

export type PlaceholderName = keyof typeof placeholders;
export const isPlaceholder = (name: string): name is PlaceholderName => Object.hasOwn(placeholders, name);

const pattern = /\{\{\s*([\p{L}\p{N}_]+)\s*\}\}/gu;

/** The names between double braces, in order of appearance, each once. */
export const placeholdersIn = (text: string): string[] => [
  ...new Set([...text.matchAll(pattern)].map((match) => match[1] ?? '')),
];

/** The text with the values given put in; what has no value stays open. */
export const fill = (text: string, values: Readonly<Partial<Record<PlaceholderName, string>>>): string =>
  text.replaceAll(pattern, (open, name: string) => (isPlaceholder(name) ? values[name] : undefined) ?? open);

/** The text as long as a person would get it. */
export const fillWithExamples = (text: string): string =>
  fill(text, Object.fromEntries(Object.entries(placeholders).map(([name, { example }]) => [name, example])));

/** Names of a text that nothing would fill, in order. */
export const unknownPlaceholders = (text: string): string[] =>
  placeholdersIn(text).filter((name) => !isPlaceholder(name));

/**
 * How personal a text is, 0 to 3: how many different facts of the person or their debt it names. Too personal worries
 * people, so it can be an arm of its own.
 */
export const personalisation = (text: string): number =>
  Math.min(
    3,
    placeholdersIn(text).filter((name) => isPlaceholder(name) && placeholders[name].personal).length,
  );

const shapes: Record<Placeholder['type'], RegExp> = {
  text: /^[^{}\n]{1,80}$/u,
  money: /^[A-Z]{3}\u00a0?\s?-?[\d.,\u00a0 ]+$/u,
  integer: /^\d{1,6}$/u,
  url: /^https:\/\/\S{4,200}$/u,
  phone: /^\+?[\d\s().-]{6,24}$/u,
};

/** Whether a value is of the placeholder's type: an amount with its currency, a whole number, an https link, a phone. */
export const fits = (name: PlaceholderName, value: string): boolean =>
  shapes[placeholders[name].type].test(value);

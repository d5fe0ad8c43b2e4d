import type { Seen } from './match.ts';
import { meaningsOf } from './words.ts';

const naming = ['document', 'name', 'email', 'phone', 'address', 'birth'];
/** Names of things, not of people: `nombre_producto`, `agency name`. */
const ofThings = ['product', 'agency', 'channel', 'city', 'template', 'country', 'account', 'invoice'];

/**
 * Whether a column seems to hold who a person is or where they can be reached: a document, a name, an address, a
 * telephone, an e-mail, a date of birth. Such values are masked for who may not read them.
 */
export function isPersonal({ words, look }: Seen): boolean {
  if (look.shape === 'email' || look.shape === 'phone') return true;
  return look.shape !== 'yes or no' && look.shape !== 'empty' && namesPerson(words);
}

/** The same by the words of its name alone. */
export function namesPerson(words: readonly string[]): boolean {
  const meanings = words.map((word) => meaningsOf(word));
  const says = (wanted: readonly string[]) => meanings.some((has) => wanted.some((one) => has.has(one)));
  if (words.some((word) => ['doc', 'document'].includes(word)) && words.includes('tipo')) return false;
  if (!says(naming)) return false;
  const own = words.some((word) =>
    ['nombre', 'apellido', 'apellidos', 'cedula', 'email', 'correo'].includes(word),
  );
  return own
    ? !words.some((word) => ['producto', 'agencia', 'oficina', 'sucursal'].includes(word))
    : !says(ofThings);
}

import type { Dialect } from '../../sql/dialects/dialect.ts';
import type { Sql } from '../../sql/sql.ts';

/** Shapes of mail addresses, telephones with country code, payment cards and national identifiers of the region. */
const shapes = [
  '[^@ ]+@[^@ ]+\\.[A-Za-z]{2,}',
  '\\+[0-9][0-9 ()-]{7,16}',
  '[0-9]{4}[ -][0-9]{4}[ -][0-9]{4}[ -][0-9]{4}',
  // CURP and RFC of Mexico, CPF of Brazil, CUIT of Argentina, RUT of Chile, DNI of Spain
  '[A-Z]{4}[0-9]{6}[HM][A-Z]{5}[A-Z0-9][0-9]',
  '[A-ZÑ&]{4}[0-9]{6}[A-Z0-9]{3}',
  '[0-9]{3}\\.[0-9]{3}\\.[0-9]{3}-[0-9]{2}',
  '(20|23|24|27|30|33|34)-[0-9]{8}-[0-9]',
  '[0-9]{1,2}\\.[0-9]{3}\\.[0-9]{3}-[0-9kK]',
  '[0-9]{8}[A-HJ-NP-TV-Z]',
];

/** Whether a whole text has the shape of personal data. */
export const looksPersonal = (dialect: Dialect, text: Sql): Sql =>
  dialect.matches(text, shapes.map((shape) => `(${shape})`).join('|'));

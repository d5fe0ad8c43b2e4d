import { current } from '../../../sql/dialects/duckdb.ts';
import { ident, raw, sql } from '../../../sql/sql.ts';
import { tables } from '../../tables.ts';
import type { QualityCheck } from '../check.ts';

/** Columns whose values are codes of the source. */
const coded = ['status', 'product_type', 'method', 'style', 'topic', 'currency', 'jurisdiction', 'language'];

/** Codes of the newest load that no earlier live load had. */
export const newCodes: QualityCheck = {
  id: 'new_codes',
  title: { es: 'Códigos nunca vistos', en: 'Codes not seen before' },
  found: {
    es: 'En {table}, {column} trae {affected, number} valores que ninguna carga anterior tenía: {codes}.',
    en: 'In {table}, {column} brings {affected, number} values that no earlier load had: {codes}.',
  },
  clean: {
    es: 'En {table}, {column} no trae valores nuevos.',
    en: 'In {table}, {column} brings no new values.',
  },
  remarkAbove: 0,
  probes: ({ loadsOf, isFilled }) =>
    tables.flatMap(({ name, columns }) => {
      const newest = loadsOf(name).at(-1);
      if (newest === undefined || loadsOf(name).length < 2) return [];
      const load = raw(String(newest));
      return coded
        .filter((column) => Object.hasOwn(columns, column) && isFilled(name, column))
        .map((column) => ({
          table: name,
          column,
          statement: sql`SELECT count(CASE WHEN earlier = 0 THEN 1 END) AS affected, count(*) AS looked_at,
  substr(string_agg(CASE WHEN earlier = 0 THEN code END, ', ' ORDER BY code), 1, 200) AS codes
FROM (
  SELECT ${ident(column)} AS code, count(CASE WHEN load_id < ${load} THEN 1 END) AS earlier, count(CASE WHEN load_id = ${load} THEN 1 END) AS latest
  FROM ${current(name)} WHERE ${ident(column)} IS NOT NULL GROUP BY 1
) AS c WHERE latest > 0`,
        }));
    }),
};

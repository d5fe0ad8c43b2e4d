import { ident, raw, sql } from '../../../sql/sql.ts';
import { tables } from '../../tables.ts';
import { spreadKind } from '../bins.ts';
import type { QualityCheck } from '../check.ts';
import { looksPersonal } from '../personal.ts';

/** Codes of the newest load that no earlier live load had. */
const check: QualityCheck = {
  text: {
    title: { es: 'Códigos nunca vistos', en: 'Codes not seen before' },
    summary: {
      es: 'Valores que ninguna carga anterior tenía.',
      en: 'Values that no earlier load had.',
    },
  },
  found: {
    es: 'En {table}, {column} trae {affected, plural, one {un valor} other {# valores}} que ninguna carga anterior tenía: {codes}.',
    en: 'In {table}, {column} brings {affected, plural, one {a value} other {# values}} that no earlier load had: {codes}.',
  },
  clean: {
    es: 'En {table}, {column} no trae valores nuevos.',
    en: 'In {table}, {column} brings no new values.',
  },
  affects: {
    es: 'Un modelo no aprendió nada de esos valores, y un segmento que los nombra no existía antes.',
    en: 'A model has learnt nothing of those values, and a segment that names them did not exist before.',
  },
  advice: {
    es: 'Si es el mismo código escrito de otra forma, tradúzcalo en el mapeo; si es nuevo, vuelva a entrenar cuando haya meses suficientes.',
    en: 'If it is the same code written otherwise, translate it in the mapping; if it is new, train again once there are months enough.',
  },
  remedy: 'map',
  order: 45,
  remarkAbove: 0,
  probes: ({ dialect, loadsOf, isFilled }) =>
    tables.flatMap((table) => {
      const { name, columns } = table;
      const loads = loadsOf(name);
      const newest = loads.at(-1);
      if (newest === undefined || loads.length < 2) return [];
      const load = raw(String(newest));
      const held = raw(loads.join(', '));
      return Object.keys(columns)
        .filter((column) => columns[column]?.type === 'text' && !columns[column]?.values)
        .filter((column) => spreadKind(table, column) === 'codes' && isFilled(name, column))
        .map((column) => ({
          table: name,
          column,
          statement: sql`SELECT ${dialect.countIf(raw('earlier = 0'))} AS affected, ${dialect.countIf(raw('true'))} AS looked_at,
  substr(string_agg(CASE WHEN earlier > 0 THEN NULL WHEN ${looksPersonal(dialect, raw('code'))} THEN '•••' ELSE code END, ', ' ORDER BY code), 1, 200) AS codes
FROM (
  SELECT ${ident(column)} AS code, ${dialect.countIf(sql`load_id < ${load}`)} AS earlier, ${dialect.countIf(sql`load_id = ${load}`)} AS latest
  FROM ${ident(name)} WHERE ${ident(column)} IS NOT NULL AND load_id IN (${held}) GROUP BY 1
) AS c WHERE latest > 0`,
        }));
    }),
};

export default check;

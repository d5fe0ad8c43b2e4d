import type { Dialect } from '#core/sql/dialects/dialect.ts';
import { current } from '#core/sql/dialects/duckdb.ts';
import { join, literal, type Sql, sql } from '#core/sql/sql.ts';
import type { Text } from '#core/text/text.ts';
import type { DecisionDate } from '../question.ts';
import { fates } from './fates.ts';

export const outcomeTexts: Readonly<Record<string, Text>> = {
  self: { es: 'Volvió a 0 sin que nadie lo contactara', en: 'Back to 0 with no contact' },
  light: { es: 'Volvió a 0 tras un recordatorio automático', en: 'Back to 0 after an automated reminder' },
  assisted: { es: 'Volvió a 0 tras hablar con una persona', en: 'Back to 0 after contact by a person' },
  cured: {
    es: 'Volvió a 0; no hay contactos cargados que digan cómo',
    en: 'Back to 0; no contacts are loaded that would say how',
  },
  relapsed: { es: 'Volvió a 0 y no se mantuvo', en: 'Back to 0 and did not stay' },
  administrative: {
    es: 'A 0 por una medida administrativa: no es cura',
    en: 'At 0 by an administrative measure: not a cure',
  },
  lost: {
    es: 'Castigada, vendida, insolvencia o muerte',
    en: 'Charged off, sold, insolvency or death',
  },
  partial: { es: 'Pagó una parte y siguió en mora', en: 'Paid part and stayed past due' },
  none: { es: 'Siguió en mora', en: 'Still past due' },
  left: { es: 'Salió de la observación', en: 'Left observation' },
};

/** Outcomes that count as a cure. */
export const curedOutcomes = ['self', 'light', 'assisted', 'cured'] as const;

/** The outcome of a row of `fates`, named w. */
export const outcomeOf = (): Sql => sql`CASE
    WHEN w.lost_on IS NOT NULL THEN 'lost'
    WHEN w.cured_on IS NULL AND w.snapshots = 0 THEN 'left'
    WHEN w.cured_on IS NULL THEN CASE WHEN w.partial_on IS NOT NULL OR w.improved = 1 THEN 'partial' ELSE 'none' END
    WHEN w.measure_on <= w.cured_on THEN 'administrative'
    WHEN w.late_on IS NOT NULL THEN 'relapsed'
    WHEN w.assisted_on <= w.cured_on THEN 'assisted'
    WHEN w.contacted_on <= w.cured_on THEN 'light'
    WHEN NOT EXISTS (SELECT 1 FROM ${current('contacts')}) THEN 'cured'
    ELSE 'self' END`;

/** 1 for a cure, 0 for anything else that was seen, null where nothing was. */
export const targetOf = (outcome: Sql): Sql =>
  sql`CASE WHEN ${outcome} = 'left' THEN NULL WHEN ${outcome} IN (${join(curedOutcomes.map(literal))}) THEN 1 ELSE 0 END`;

/**
 * What became of each row within its horizon: account_id, as_of, `outcome` (a key of `outcomeTexts`) and `target`. What
 * brought an account to 0 is told by what came before it: nobody, a reminder without a person, a person, or a measure of
 * the lender, which is never a cure.
 */
export const outcomes = (dialect: Dialect, population: Sql, dates: readonly DecisionDate[]): Sql =>
  sql`SELECT o.account_id, o.as_of, o.outcome, ${targetOf(sql`o.outcome`)} AS target
FROM (SELECT w.account_id, w.as_of, ${outcomeOf()} AS outcome FROM (${fates(dialect, population, dates)}) w) o`;

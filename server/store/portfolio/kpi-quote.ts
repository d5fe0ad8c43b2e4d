import { DomainError } from '#core/errors/domain-error.ts';
import type { Kpi, KpiScope, KpiValue } from '#core/portfolio/kpi.ts';
import { unratedAmounts } from '#core/portfolio/kpis/parts/exchange.ts';
import { literal, sql } from '#core/sql/sql.ts';
import type { Text } from '#core/text/text.ts';
import type { Engine } from '../../engine/engine.ts';

export const extend = (text: Text, note: Text): Text => ({
  es: `${text.es} ${note.es}`,
  en: `${text.en} ${note.en}`,
});

/** What an answer says of its amounts where none was turned into another currency. */
export const kept: Text = { es: 'Las monedas no se suman.', en: 'Currencies are not added.' };

/**
 * What an answer in another currency says of its rates; undefined where none was asked for or there are no amounts.
 *
 * @throws no_exchange_rate naming the first currency and date that no rate reaches
 */
export async function readQuote(
  engine: Engine,
  kpi: Kpi,
  scope: KpiScope,
): Promise<{ note: Text; figures: Record<string, KpiValue> } | undefined> {
  const { quote, since } = scope.filter;
  if (quote === undefined || !kpi.amounts?.length) return undefined;
  const from = kpi.amountsFrom?.(scope as never) ?? since;
  const unrated = await engine.first<{ currency: string; day: string }>(
    unratedAmounts(scope, kpi.amounts, from),
  );
  if (unrated)
    throw new DomainError('no_exchange_rate', { currency: unrated.currency, quote, date: unrated.day });
  const last = await engine.first<{
    last: string | null;
  }>(sql`SELECT max(valid_on) AS last FROM current_exchange_rates
    WHERE quote_currency = ${literal(quote)} AND valid_on <= ${engine.dialect.date(literal(scope.asOf))}`);
  return {
    note: {
      es: `Importes en ${quote}, cada uno con la última tasa cargada en su fecha o antes.`,
      en: `Amounts in ${quote}, each at the last rate loaded on or before its date.`,
    },
    figures: { quote, last_rate_on: last?.last ?? null },
  };
}

import { z } from 'zod';
import { raw, type Sql, sql } from '../../sql/sql.ts';
import { defineKpi, type KpiRow, type KpiValue } from '../kpi.ts';
import { column, columns } from './parts/columns.ts';
import { contactsInScope } from './parts/events.ts';
import { amountOf, inOrder, interval, total } from './parts/rows.ts';

const flags = ['delivered', 'opened', 'clicked', 'replied', 'right_party'] as const;

/** What is measured, and of what: in the order it happens. */
const measures = [
  { measure: 'delivered', denominator: 'sent' },
  { measure: 'opened', denominator: 'delivered' },
  { measure: 'clicked', denominator: 'delivered' },
  { measure: 'replied', denominator: 'delivered' },
  { measure: 'right_party', denominator: 'delivered' },
  { measure: 'contactability', denominator: 'people_attempted' },
] as const;

/** Whether the contact arrived; where that is not noted, whatever was sent counts as arrived. */
const arrived = raw('coalesce(k.delivered, true)');

/**
 * What became of contacts by channel and style, each share with the name of its denominator. A share is of contacts
 * where the outcome is noted; where it never is, there is none and the reason says so. Contactability counts people:
 * those reached in person at least once, of those attempted. Wilson intervals of 95 %.
 */
export default defineKpi({
  text: {
    title: { es: 'Contactos por canal y estilo', en: 'Contacts by channel and style' },
    summary: {
      es: 'Enviados, entregados, abiertos, respondidos y con el titular, cada uno con su denominador.',
      en: 'Sent, delivered, opened, replied and right-party, each with its denominator.',
    },
  },
  definition: {
    es: 'Entregados sobre enviados; abiertos, pulsados, respondidos y con el titular sobre entregados; contactabilidad: personas con las que se habló al menos una vez, sobre personas intentadas. Cada proporción mira solo contactos en los que el dato está anotado; si la entrega no se anota, lo enviado cuenta como entregado. Compara lo que pasó, no lo que causa cada estilo. Fechas: las del envío; el tramo, el del mes anterior.',
    en: 'Delivered over sent; opened, clicked, replied and right-party over delivered; contactability: people spoken to at least once, over people attempted. Each share looks only at contacts where the outcome is noted; where delivery is not noted, what was sent counts as delivered. It compares what happened, not what each style causes. Dates are those of sending; the bucket is that of the month before.',
  },
  population: { es: 'Contactos enviados en las fechas.', en: 'Contacts sent on the dates.' },
  denominator: {
    es: 'La columna «denominador» lo dice en cada fila',
    en: 'The column "denominator" says it in each row',
  },
  needs: [{ table: 'contacts' }],
  parameters: z.object({}),
  columns: [
    column('channel', 'code', 'Canal', 'Channel'),
    column('style', 'code', 'Estilo', 'Style'),
    column('measure', 'code', 'Qué', 'What'),
    column('denominator', 'code', 'Denominador', 'Denominator'),
    column('events', 'count', 'Casos', 'Cases'),
    columns.of,
    columns.share,
    columns.lower,
    columns.upper,
    column('reason', 'code', 'Por qué no hay', 'Why there is none'),
  ],
  statement: (scope) => {
    const { dialect } = scope;
    const counted = flags.map((name): Sql => {
      const among = name === 'delivered' ? raw('true') : arrived;
      return sql`${dialect.countIf(sql`${among} AND ${raw(`k.${name}`)} IS NOT NULL`)} AS ${raw(`${name}_of`)},
    ${dialect.countIf(sql`${among} AND ${raw(`k.${name}`)}`)} AS ${raw(name)}`;
    });
    const [first, ...rest] = counted;
    return sql`SELECT k.channel, k.style, ${dialect.countIf(raw('true'))} AS sent,
    ${rest.reduce(
      (text, one) => sql`${text},
    ${one}`,
      first ?? raw(''),
    )},
    CAST(count(DISTINCT CASE WHEN k.right_party IS NOT NULL THEN k.customer_id END) AS BIGINT) AS contactability_of,
    CAST(count(DISTINCT CASE WHEN k.right_party THEN k.customer_id END) AS BIGINT) AS contactability
FROM (${contactsInScope(scope)}) AS k
GROUP BY k.channel, k.style
ORDER BY k.channel, k.style`;
  },
  answer: (found) => {
    const rows = found.flatMap((row) =>
      measures.map(({ measure, denominator }): KpiRow => {
        const [events, of] = [amountOf(row, measure), amountOf(row, `${measure}_of`)];
        const reason: KpiValue = of > 0 ? null : 'not_recorded';
        return {
          channel: row.channel ?? null,
          style: row.style ?? null,
          measure,
          denominator,
          events: of > 0 ? events : null,
          of,
          ...interval(events, of),
          reason,
        };
      }),
    );
    const sent = total(found, 'sent');
    return {
      rows: inOrder(rows, ['channel', 'style']),
      n: sent,
      of: sent,
      figures: { sent, delivered: total(found, 'delivered'), right_party: total(found, 'right_party') },
    };
  },
});

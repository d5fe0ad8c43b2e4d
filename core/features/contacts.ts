import { current } from '../sql/dialects/duckdb.ts';
import { join, raw, type Sql, sql } from '../sql/sql.ts';
import type { FeatureColumn, FeatureFamily } from './feature.ts';
import { ratio } from './history.ts';

const column = (name: string, es: string, en: string): FeatureColumn => ({
  name,
  kind: 'numeric',
  title: { es, en },
});
const category = (name: string, es: string, en: string): FeatureColumn => ({
  name,
  kind: 'categorical',
  title: { es, en },
});

/** What was tried with the person in the last 90 days and how they answered; all of the customer's accounts count. */
const contacts: FeatureFamily = {
  text: {
    title: { es: 'Contactos', en: 'Contacts' },
    summary: {
      es: 'Intentos de los últimos 90 días por canal, y cuántos se entregaron, abrieron o respondieron',
      en: 'Attempts of the last 90 days by channel, and how many were delivered, opened or answered',
    },
  },
  needs: ['contacts'],
  known: {
    es: 'Solo usa contactos hechos y conocidos al terminar el día del puntaje.',
    en: 'Uses only contacts made and known by the end of the date of the score.',
  },
  columns: [
    column('contacts_30d', 'Intentos, 30 días', 'Attempts, 30 days'),
    column('contacts_90d', 'Intentos, 90 días', 'Attempts, 90 days'),
    column('calls_90d', 'Llamadas, 90 días', 'Calls, 90 days'),
    column('messages_90d', 'Mensajes escritos, 90 días', 'Written messages, 90 days'),
    column('delivered_share_90d', 'Parte entregada, 90 días', 'Share delivered, 90 days'),
    column('opened_share_90d', 'Parte abierta, 90 días', 'Share opened, 90 days'),
    column('replies_90d', 'Respuestas, 90 días', 'Replies, 90 days'),
    column('right_party_90d', 'Conversaciones con el titular, 90 días', 'Right-party contacts, 90 days'),
    column('days_since_contact', 'Días desde el último intento', 'Days since the last attempt'),
    column(
      'days_since_right_party',
      'Días desde que se habló con el titular',
      'Days since the last right-party contact',
    ),
    category('last_channel', 'Último canal', 'Last channel'),
    category('last_style', 'Último estilo de mensaje', 'Last message style'),
  ],
  build(dialect, population) {
    const next = dialect.addDays(sql`p.as_of`, 1);
    const events = sql`SELECT p.customer_id, p.as_of, c.contact_id, c.channel, c.style, c.sent_at, c.delivered, c.opened, c.replied, c.right_party,
  ${dialect.daysBetween(sql`c.sent_at`, sql`p.as_of`)} AS days
FROM (SELECT DISTINCT customer_id, as_of FROM ${population}) p JOIN ${current('contacts')} c ON c.customer_id = p.customer_id
  AND c.sent_at < ${next} AND coalesce(c.known_at, c.sent_at) < ${next} AND c.sent_at >= ${dialect.addDays(sql`p.as_of`, -90)}`;
    const counted: [string, Sql][] = [
      ['contacts_30d', sql`days < 30`],
      ['contacts_90d', raw('true')],
      ['calls_90d', sql`channel = 'call'`],
      ['messages_90d', sql`channel <> 'call'`],
      ['delivered', sql`delivered`],
      ['opened', sql`opened`],
      ['replies_90d', sql`replied`],
      ['right_party_90d', sql`right_party`],
    ];
    const sums = sql`SELECT customer_id, as_of,
  ${join(
    counted.map(([name, when]) => sql`${dialect.countIf(when)} AS ${raw(name)}`),
    ',\n  ',
  )},
  min(days) AS days_since_contact, min(days) FILTER (WHERE right_party) AS days_since_right_party,
  ${dialect.argMax(sql`channel`, sql`sent_at`, sql`contact_id`)} AS last_channel,
  ${dialect.argMax(sql`style`, sql`sent_at`, sql`contact_id`)} AS last_style
FROM (${events}) e
GROUP BY customer_id, as_of`;
    const zero = (name: string) => sql`coalesce(${raw(name)}, 0) AS ${raw(name)}`;
    return sql`SELECT p.account_id, p.as_of,
  ${join(['contacts_30d', 'contacts_90d', 'calls_90d', 'messages_90d'].map(zero))},
  ${ratio(dialect, sql`delivered`, sql`contacts_90d`)} AS delivered_share_90d, ${ratio(dialect, sql`opened`, sql`contacts_90d`)} AS opened_share_90d,
  ${join(['replies_90d', 'right_party_90d'].map(zero))}, days_since_contact, days_since_right_party, last_channel, last_style
FROM ${population} p LEFT JOIN (${sums}) s ON s.customer_id = p.customer_id AND s.as_of = p.as_of`;
  },
};
export default contacts;

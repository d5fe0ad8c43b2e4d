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
const lookBackDays = 90;

/** What is counted over the attempts, by its column. */
const counted: [name: string, when: Sql][] = [
  ['contacts_7d', sql`days < 7`],
  ['contacts_30d', sql`days < 30`],
  ['contacts_90d', raw('true')],
  ['calls_90d', sql`channel = 'call'`],
  ['messages_90d', sql`channel <> 'call'`],
  ['sms_90d', sql`channel = 'sms'`],
  ['emails_90d', sql`channel = 'email'`],
  ['whatsapps_90d', sql`channel = 'whatsapp'`],
  ['letters_90d', sql`channel = 'letter'`],
  ['calls_answered', sql`channel = 'call' AND answered`],
  ['messages_answered', sql`channel <> 'call' AND answered`],
  ['delivered', sql`delivered`],
  ['opened', sql`opened`],
  ['answered', sql`answered`],
  ['replies_90d', sql`replied`],
  ['right_party_90d', sql`right_party`],
];

/**
 * What was tried with the person in the last 90 days and how they answered, by channel and by style; all of the
 * customer's accounts count. Answered: replied, clicked, or the right person was spoken to.
 */
const contacts: FeatureFamily = {
  text: {
    title: { es: 'Contactos', en: 'Contacts' },
    summary: {
      es: 'Intentos de los últimos 90 días por canal y por estilo, y cuántos se entregaron, abrieron o respondieron',
      en: 'Attempts of the last 90 days by channel and style, and how many were delivered, opened or answered',
    },
  },
  needs: ['contacts'],
  known: {
    es: 'Solo usa contactos hechos y conocidos al terminar el día del puntaje.',
    en: 'Uses only contacts made and known by the end of the date of the score.',
  },
  columns: [
    column('contacts_7d', 'Intentos, 7 días', 'Attempts, 7 days'),
    column('contacts_30d', 'Intentos, 30 días', 'Attempts, 30 days'),
    column('contacts_90d', 'Intentos, 90 días', 'Attempts, 90 days'),
    column('calls_90d', 'Llamadas, 90 días', 'Calls, 90 days'),
    column('messages_90d', 'Mensajes escritos, 90 días', 'Written messages, 90 days'),
    column('sms_90d', 'SMS, 90 días', 'SMS, 90 days'),
    column('emails_90d', 'Correos, 90 días', 'Emails, 90 days'),
    column('whatsapps_90d', 'WhatsApp, 90 días', 'WhatsApp messages, 90 days'),
    column('letters_90d', 'Cartas, 90 días', 'Letters, 90 days'),
    column('delivered_share_90d', 'Parte entregada, 90 días', 'Share delivered, 90 days'),
    column('opened_share_90d', 'Parte abierta, 90 días', 'Share opened, 90 days'),
    column('answered_share_90d', 'Parte respondida, 90 días', 'Share answered, 90 days'),
    column('calls_answered_share_90d', 'Parte de llamadas respondida', 'Share of calls answered'),
    column('messages_answered_share_90d', 'Parte de mensajes respondida', 'Share of messages answered'),
    column('replies_90d', 'Respuestas, 90 días', 'Replies, 90 days'),
    column('right_party_90d', 'Conversaciones con el titular, 90 días', 'Right-party contacts, 90 days'),
    column('days_since_contact', 'Días desde el último intento', 'Days since the last attempt'),
    column(
      'days_since_right_party',
      'Días desde que se habló con el titular',
      'Days since the last right-party contact',
    ),
    column('styles_90d', 'Estilos de mensaje probados', 'Message styles tried'),
    category('last_channel', 'Último canal', 'Last channel'),
    category('last_style', 'Último estilo de mensaje', 'Last message style'),
    category('best_channel', 'Canal que mejor respondió', 'Channel answered best'),
    category('best_style', 'Estilo que mejor respondió', 'Style answered best'),
    column('best_channel_share', 'Parte respondida en ese canal', 'Share answered in that channel'),
    column('best_style_share', 'Parte respondida con ese estilo', 'Share answered with that style'),
  ],
  build(dialect, population) {
    const next = dialect.addDays(sql`p.as_of`, 1);
    const events = sql`SELECT p.customer_id, p.as_of, c.contact_id, c.channel, c.style, c.sent_at, c.delivered, c.opened, c.replied, c.right_party,
  coalesce(c.replied, false) OR coalesce(c.clicked, false) OR coalesce(c.right_party, false) AS answered,
  ${dialect.daysBetween(sql`c.sent_at`, sql`p.as_of`)} AS days
FROM (SELECT DISTINCT customer_id, as_of FROM ${population}) p JOIN ${current('contacts')} c ON c.customer_id = p.customer_id
  AND c.sent_at < ${next} AND coalesce(c.known_at, c.sent_at) < ${next} AND c.sent_at >= ${dialect.addDays(sql`p.as_of`, -lookBackDays)}`;
    const sums = sql`SELECT customer_id, as_of,
  ${join(
    counted.map(([name, when]) => sql`${dialect.countIf(when)} AS ${raw(name)}`),
    ',\n  ',
  )},
  min(days) AS days_since_contact, min(days) FILTER (WHERE right_party) AS days_since_right_party,
  ${dialect.argMax(sql`channel`, sql`sent_at`, sql`contact_id`)} AS last_channel,
  ${dialect.argMax(sql`style`, sql`sent_at`, sql`contact_id`)} AS last_style
FROM tried GROUP BY customer_id, as_of`;
    const best = (by: 'channel' | 'style') => {
      const name = raw(by);
      return sql`SELECT customer_id, as_of, ${dialect.countIf(raw('true'))} AS kinds, max(part) AS ${raw(`best_${by}_share`)},
  ${dialect.argMax(name, sql`part`, name)} FILTER (WHERE part > 0) AS ${raw(`best_${by}`)}
FROM (SELECT customer_id, as_of, ${name}, ${ratio(dialect, dialect.countIf(sql`answered`), sql`count(*)`)} AS part
  FROM tried WHERE ${name} IS NOT NULL GROUP BY customer_id, as_of, ${name}) g
GROUP BY customer_id, as_of`;
    };
    const zero = (name: string) => sql`coalesce(${raw(name)}, 0) AS ${raw(name)}`;
    const share = (part: string, whole: string) => ratio(dialect, raw(part), raw(whole));
    return sql`WITH tried AS (${events})
SELECT p.account_id, p.as_of,
  ${join(counted.slice(0, 9).map(([name]) => zero(name)))},
  ${share('delivered', 'contacts_90d')} AS delivered_share_90d, ${share('opened', 'contacts_90d')} AS opened_share_90d,
  ${share('answered', 'contacts_90d')} AS answered_share_90d, ${share('calls_answered', 'calls_90d')} AS calls_answered_share_90d,
  ${share('messages_answered', 'messages_90d')} AS messages_answered_share_90d,
  ${join(['replies_90d', 'right_party_90d'].map(zero))}, days_since_contact, days_since_right_party, coalesce(y.kinds, 0) AS styles_90d,
  last_channel, last_style, best_channel, best_style, best_channel_share, best_style_share
FROM ${population} p LEFT JOIN (${sums}) s ON s.customer_id = p.customer_id AND s.as_of = p.as_of
LEFT JOIN (${best('channel')}) h ON h.customer_id = p.customer_id AND h.as_of = p.as_of
LEFT JOIN (${best('style')}) y ON y.customer_id = p.customer_id AND y.as_of = p.as_of`;
  },
};
export default contacts;

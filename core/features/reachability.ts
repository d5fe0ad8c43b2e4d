import { channels } from '../portfolio/tables/people.ts';
import { current } from '../sql/dialects/duckdb.ts';
import { join, literal, raw, type Sql, sql } from '../sql/sql.ts';
import type { FeatureColumn, FeatureFamily } from './feature.ts';

const column = (name: string, es: string, en: string): FeatureColumn => ({
  name,
  kind: 'numeric',
  title: { es, en },
});
const named: Record<(typeof channels)[number], { es: string; en: string }> = {
  sms: { es: 'SMS', en: 'SMS' },
  email: { es: 'correo', en: 'email' },
  whatsapp: { es: 'WhatsApp', en: 'WhatsApp' },
  call: { es: 'llamada', en: 'a call' },
  letter: { es: 'carta', en: 'letter' },
};

/**
 * Through which channels the person could be reached: a permission granted and not withdrawn by then, and an address
 * verified by then as valid. An address without the date of its verification says nothing about a past date and is not counted.
 */
const reachability: FeatureFamily = {
  text: {
    title: { es: 'Canales disponibles', en: 'Reachability' },
    summary: {
      es: 'Por qué canales se podía llegar a la persona: permiso vigente y dirección verificada a esa fecha',
      en: 'Channels the person could be reached by: permission in force and address verified by that date',
    },
  },
  needs: ['contact_permissions', 'contact_points'],
  known: {
    es: 'Solo usa permisos dados o retirados, y direcciones verificadas, hasta el día del puntaje.',
    en: 'Uses only permissions granted or withdrawn, and addresses verified, by the date of the score.',
  },
  columns: [
    column('channels_permitted', 'Canales con permiso', 'Channels permitted'),
    column('channels_valid', 'Canales con dirección verificada', 'Channels with a verified address'),
    column('channels_reachable', 'Canales disponibles', 'Channels reachable'),
    column('channels_withdrawn', 'Permisos retirados', 'Permissions withdrawn'),
    column(
      'days_since_withdrawn',
      'Días desde que retiró un permiso',
      'Days since a permission was withdrawn',
    ),
    column('days_since_verified', 'Días desde la última verificación', 'Days since the last verification'),
    ...channels.map((channel) =>
      column(
        `reachable_${channel}`,
        `Se le puede contactar por ${named[channel].es}`,
        `Reachable by ${named[channel].en}`,
      ),
    ),
  ],
  build(dialect, population) {
    const people = sql`(SELECT DISTINCT customer_id, as_of FROM ${population}) p`;
    const next = dialect.addDays(sql`p.as_of`, 1);
    const permitted = sql`SELECT p.customer_id, p.as_of, r.channel, 1 AS given, 0 AS verified, r.revoked_at < ${next} AS withdrawn,
  CASE WHEN r.revoked_at < ${next} THEN ${dialect.daysBetween(sql`r.revoked_at`, sql`p.as_of`)} END AS since_withdrawn,
  CAST(NULL AS BIGINT) AS since_verified
FROM ${people} JOIN ${current('contact_permissions')} r ON r.customer_id = p.customer_id AND r.granted_at < ${next}`;
    const points = sql`SELECT p.customer_id, p.as_of, a.channel, 0 AS given, CASE WHEN a.valid THEN 1 ELSE 0 END AS verified, false AS withdrawn,
  CAST(NULL AS BIGINT) AS since_withdrawn, ${dialect.daysBetween(sql`a.verified_at`, sql`p.as_of`)} AS since_verified
FROM ${people} JOIN ${current('contact_points')} a ON a.customer_id = p.customer_id AND a.verified_at < ${next}`;
    const byChannel = sql`SELECT customer_id, as_of, channel, max(given) AS given, max(verified) AS verified,
  max(CASE WHEN withdrawn THEN 1 ELSE 0 END) AS withdrawn, min(since_withdrawn) AS since_withdrawn, min(since_verified) AS since_verified
FROM (${permitted} UNION ALL ${points}) b GROUP BY customer_id, as_of, channel`;
    const allowed = sql`given = 1 AND withdrawn = 0`;
    const reach = sql`${allowed} AND verified = 1`;
    const counted: [string, Sql][] = [
      ['channels_permitted', allowed],
      ['channels_valid', sql`verified = 1`],
      ['channels_reachable', reach],
      ['channels_withdrawn', sql`withdrawn = 1`],
      ...channels.map((channel): [string, Sql] => [
        `reachable_${channel}`,
        sql`channel = ${literal(channel)} AND ${reach}`,
      ]),
    ];
    const sums = sql`SELECT customer_id, as_of,
  ${join(
    counted.map(([name, when]) => sql`${dialect.countIf(when)} AS ${raw(name)}`),
    ',\n  ',
  )},
  min(since_withdrawn) AS days_since_withdrawn, min(since_verified) AS days_since_verified
FROM (${byChannel}) c GROUP BY customer_id, as_of`;
    const zero = ([name]: [string, Sql]) => sql`coalesce(${raw(name)}, 0) AS ${raw(name)}`;
    return sql`SELECT p.account_id, p.as_of, ${join(counted.slice(0, 4).map(zero))}, days_since_withdrawn, days_since_verified,
  ${join(counted.slice(4).map(zero))}
FROM ${population} p LEFT JOIN (${sums}) s ON s.customer_id = p.customer_id AND s.as_of = p.as_of`;
  },
};
export default reachability;

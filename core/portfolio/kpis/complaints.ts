import { z } from 'zod';
import { literal, raw, type Sql, sql } from '../../sql/sql.ts';
import { poissonInterval } from '../../stats/distributions/poisson.ts';
import { field } from '../../text/field.ts';
import { defineKpi, type KpiRow, type KpiScope } from '../kpi.ts';
import { column, columns } from './parts/columns.ts';
import { contactsInScope, inWindow, ofCustomer } from './parts/events.ts';
import { inOrder, total } from './parts/rows.ts';

const parameters = z.object({
  windowDays: z.coerce
    .number()
    .int()
    .min(1)
    .max(365)
    .default(30)
    .meta(
      field('Días que se atribuyen', 'Days put down to it', {
        es: 'Tras un contacto entregado; una queja o baja en ese plazo cuenta por él',
        en: 'After a delivered contact; a complaint or opt-out within them counts for it',
      }),
    ),
});
type Scope = KpiScope<z.output<typeof parameters>>;

/**
 * The contact each event is put down to, the last one delivered to the person in the window before it: event_id,
 * contact_id; events without one are not there. `events` has event_id, customer_id, channel (NULL: any), happened_at.
 */
const putDown = ({ dialect, parameters: { windowDays } }: Scope, events: string): Sql => {
  const key = dialect.argMax(raw('k.contact_id'), raw('k.sent_at'), raw('k.contact_id'));
  return sql`SELECT e.event_id, ${key} AS contact_id
  FROM ${raw(events)} AS e JOIN delivered AS k ON k.customer_id = e.customer_id
  WHERE (e.channel IS NULL OR k.channel = e.channel) AND k.sent_at <= e.happened_at
    AND k.sent_at >= ${dialect.addDays(raw('e.happened_at'), -windowDays)}
  GROUP BY e.event_id`;
};

const per = 1000;

/**
 * Complaints and opt-outs for every thousand delivered contacts, by channel and style, with the exact interval of a
 * Poisson count (95 %). A complaint is put down to the last contact delivered to the person, by the channel it names
 * if it names one, in the days before it; a permission withdrawn, to the last one by that channel.
 */
export default defineKpi({
  text: {
    title: { es: 'Quejas y bajas', en: 'Complaints and opt-outs' },
    summary: {
      es: 'Quejas y permisos retirados por mil contactos entregados, por canal y estilo.',
      en: 'Complaints and permissions withdrawn per thousand delivered contacts, by channel and style.',
    },
  },
  definition: {
    es: 'Quejas por cada mil contactos entregados. Una queja se atribuye al último contacto entregado a la persona (por el canal que nombra, si nombra uno) en los 30 días anteriores; una baja es un permiso retirado en los 30 días tras un contacto por ese canal (el plazo se puede cambiar). Es una regla de conteo, no prueba de causa. Lo que no tiene contacto antes se cuenta aparte. Fechas: las del contacto; el tramo, el del mes anterior.',
    en: 'Complaints for every thousand contacts delivered. A complaint is put down to the last contact delivered to the person (by the channel it names, if it names one) in the 30 days before; an opt-out is a permission withdrawn in the 30 days after a contact by that channel (the time can be changed). It is a rule of counting, no proof of cause. What has no contact before it is counted apart. Dates are those of the contact; the bucket is that of the month before.',
  },
  population: { es: 'Contactos entregados en las fechas.', en: 'Contacts delivered on the dates.' },
  denominator: { es: 'Contactos entregados', en: 'Delivered contacts' },
  needs: [{ table: 'contacts' }, { table: 'complaints' }],
  parameters,
  columns: [
    column('channel', 'code', 'Canal', 'Channel'),
    column('style', 'code', 'Estilo', 'Style'),
    column('measure', 'code', 'Qué', 'What'),
    column('events', 'count', 'Casos', 'Cases'),
    column('delivered', 'count', 'Entregados', 'Delivered'),
    column('per_thousand', 'per_thousand', 'Por mil', 'Per thousand'),
    { ...columns.lower, unit: 'per_thousand' },
    { ...columns.upper, unit: 'per_thousand' },
    column('reason', 'code', 'Por qué no hay', 'Why there is none'),
  ],
  statement: (scope) => {
    const { dialect } = scope;
    const count = dialect.countIf(raw('true'));
    const complained = sql`SELECT q.complaint_id AS event_id, q.customer_id, q.channel, q.occurred_at AS happened_at
    FROM current_complaints AS q WHERE ${inWindow(scope, raw('q.occurred_at'))} AND ${ofCustomer(scope, raw('q.customer_id'), raw('q.occurred_at'))}`;
    const withdrawn = sql`SELECT ${dialect.concat(raw('w.customer_id'), literal(' '), raw('w.channel'))} AS event_id, w.customer_id, w.channel, w.revoked_at AS happened_at
    FROM current_contact_permissions AS w WHERE w.revoked_at IS NOT NULL AND ${inWindow(scope, raw('w.revoked_at'))}
      AND ${ofCustomer(scope, raw('w.customer_id'), raw('w.revoked_at'))}`;
    return sql`WITH delivered AS (
  SELECT k.contact_id, k.customer_id, k.channel, k.style, k.sent_at
  FROM (${contactsInScope(scope)}) AS k WHERE coalesce(k.delivered, true)
), complained AS (
  ${complained}
), withdrawn AS (
  ${withdrawn}
), events AS (
  SELECT 'complaints' AS measure, c.contact_id FROM (
  ${putDown(scope, 'complained')}) AS c
  UNION ALL
  SELECT 'opt_outs', o.contact_id FROM (
  ${putDown(scope, 'withdrawn')}) AS o
)
SELECT 'delivered' AS measure, channel, style, ${count} AS events FROM delivered GROUP BY 2, 3
UNION ALL
SELECT e.measure, k.channel, k.style, ${count} FROM events AS e JOIN delivered AS k ON k.contact_id = e.contact_id GROUP BY 1, 2, 3
UNION ALL
SELECT 'all_complaints', NULL, NULL, ${count} FROM complained
UNION ALL
SELECT 'all_opt_outs', NULL, NULL, ${count} FROM withdrawn
UNION ALL
SELECT 'permissions', NULL, NULL, ${count} FROM current_contact_permissions
ORDER BY 1, 2, 3`;
  },
  answer: (found) => {
    const of = (measure: string) => found.filter((row) => row.measure === measure);
    const noted = total(of('permissions'), 'events') > 0;
    const rows = of('delivered').flatMap(({ channel, style, events: delivered }) =>
      (['complaints', 'opt_outs'] as const).map((measure): KpiRow => {
        const same = of(measure).filter((row) => row.channel === channel && row.style === style);
        const events = total(same, 'events');
        const known = measure === 'complaints' || noted;
        const each = per / Number(delivered);
        const { lower, upper } = poissonInterval(events);
        return {
          channel: channel ?? null,
          style: style ?? null,
          measure,
          events: known ? events : null,
          delivered: delivered ?? 0,
          per_thousand: known ? events * each : null,
          lower: known ? lower * each : null,
          upper: known ? upper * each : null,
          reason: known ? null : 'not_recorded',
        };
      }),
    );
    const n = total(of('delivered'), 'events');
    const apart = (measure: string) => total(of(`all_${measure}`), 'events') - total(of(measure), 'events');
    return {
      rows: inOrder(rows, ['measure', 'channel', 'style']),
      n,
      of: n,
      figures: {
        complaints: total(of('complaints'), 'events'),
        complaints_apart: apart('complaints'),
        opt_outs: noted ? total(of('opt_outs'), 'events') : null,
        opt_outs_apart: noted ? apart('opt_outs') : null,
      },
    };
  },
});

import { heldPeople } from '../holdout/entrants.ts';
import type { Channel } from '../portfolio/tables/people.ts';
import { flagColumn, flagTitles } from '../segment/columns.ts';
import { flagsOn } from '../segment/facts.ts';
import type { Dialect } from '../sql/dialects/dialect.ts';
import { all, any, ident, literal, raw, type Sql, sql } from '../sql/sql.ts';
import { format, type Text } from '../text/text.ts';
import type { Assumptions } from './define.ts';

/** Flags that keep a person out of every experiment, the first one counting. */
export const blockingFlags = [
  'deceased',
  'cease_contact',
  'insolvent',
  'vulnerable',
  'hardship',
  'dispute',
  'plan',
] as const;

export interface Candidates {
  /** Relation with account_id and customer_id: the accounts of the segment. */
  members: Sql;
  /** Date of the balances. */
  asOf: string;
  /** The day on which people would be chosen. */
  today: string;
  /** Channels of all arms. */
  channels: readonly Channel[];
  assume?: Assumptions | undefined;
  /** Experiments of the same layer: whoever entered one since a day is still in it. */
  running: readonly { experimentId: string; enteredSince: string | null }[];
  /** Relation with customer_id: those who have had all the messages allowed by the time of a first touch. */
  atTheirCap?: Sql | null;
}

const current = (table: string): Sql => ident(`current_${table}`);
const unique = (channels: readonly Channel[]): Channel[] => [...new Set(channels)].sort();

interface Exclusion {
  reason: string;
  /** Holds for people p who are out. */
  when: Sql;
}

/** Whoever has no day of entering, of a version before there was one, entered when assigned. */
const stillIn = (dialect: Dialect, { experimentId, enteredSince }: Candidates['running'][number]): Sql =>
  all([
    sql`experiment_id = ${experimentId}`,
    ...(enteredSince === null
      ? []
      : [
          sql`coalesce(entered_on, ${dialect.cast(raw('assigned_at'), 'date')}) >= ${dialect.date(enteredSince)}`,
        ]),
  ]);

function exclusions(dialect: Dialect, given: Candidates): Exclusion[] {
  const asOf = dialect.date(given.asOf);
  const today = dialect.date(given.today);
  const tomorrow = dialect.addDays(today, 1);
  const flags = blockingFlags.map((kind) => ({
    reason: `flag:${kind}`,
    when: sql`coalesce(g.${ident(flagColumn(kind))}, 0) = 1`,
  }));
  const live = (channel: Channel) => sql`SELECT customer_id FROM ${current('contact_permissions')}
    WHERE channel = ${channel} AND granted_at < ${tomorrow} AND (revoked_at IS NULL OR revoked_at >= ${tomorrow})`;
  const reachable = (channel: Channel) =>
    sql`SELECT customer_id FROM ${current('contact_points')} WHERE channel = ${channel} AND valid`;
  /** An assumption stands in only for what the portfolio says nothing of, for anybody, in that channel. */
  const unlessAssumed = (assumed: boolean, table: string, channel: Channel) =>
    assumed ? sql` AND EXISTS (SELECT 1 FROM ${current(table)} WHERE channel = ${channel})` : raw('');
  const perChannel = unique(given.channels).flatMap((channel) => [
    {
      reason: `no_permission:${channel}`,
      when: sql`p.customer_id NOT IN (${live(channel)})${unlessAssumed(given.assume?.permission?.channel === channel, 'contact_permissions', channel)}`,
    },
    {
      reason: `no_address:${channel}`,
      when: sql`p.customer_id NOT IN (${reachable(channel)})${unlessAssumed(given.assume?.validAddress === true, 'contact_points', channel)}`,
    },
  ]);
  return [
    {
      reason: 'nothing_due',
      when: sql`p.customer_id NOT IN (
        SELECT a.customer_id FROM ${current('snapshots')} s JOIN ${current('accounts')} a ON a.account_id = s.account_id
        WHERE s.as_of = ${asOf} AND s.days_past_due > 0)`,
    },
    ...flags,
    {
      reason: 'not_addressable',
      when: sql`p.customer_id NOT IN (
        SELECT m.customer_id FROM (${given.members}) m
        LEFT JOIN ${current('account_parties')} t ON t.account_id = m.account_id AND t.customer_id = m.customer_id
        WHERE coalesce(t.contactable, coalesce(t.role, 'holder') = 'holder'))`,
    },
    ...perChannel,
    { reason: 'held_out', when: sql`p.customer_id IN (${heldPeople})` },
    {
      reason: 'promise_running',
      when: sql`p.customer_id IN (
        SELECT a.customer_id FROM ${current('promises')} o JOIN ${current('accounts')} a ON a.account_id = o.account_id
        WHERE o.made_at < ${tomorrow} AND o.due_on >= ${today} AND o.kept IS NULL)`,
    },
    ...(given.running.length
      ? [
          {
            reason: 'in_experiment',
            when: sql`p.customer_id IN (SELECT customer_id FROM assignments WHERE ${any(given.running.map((one) => stillIn(dialect, one)))})`,
          },
        ]
      : []),
    ...(given.atTheirCap
      ? [{ reason: 'at_their_cap', when: sql`p.customer_id IN (${given.atTheirCap})` }]
      : []),
  ];
}

/**
 * Each customer of the segment once, with the first reason that keeps them out, or NULL for those who could
 * lawfully get any arm: something to pay, no blocking flag, addressable for one of the accounts, a live
 * permission and a valid address in every arm's channel, no promise running, in no running experiment of the layer, and headroom
 * under the caps for every arm's first message.
 */
export function judgePeople(dialect: Dialect, given: Candidates): Sql {
  const cases = exclusions(dialect, given).map(
    ({ reason, when }) => sql`WHEN ${when} THEN ${literal(reason)} `,
  );
  return sql`SELECT p.customer_id, CASE ${cases.reduce((text, part) => sql`${text}${part}`)}END AS reason
    FROM (SELECT DISTINCT customer_id FROM (${given.members}) m) p
    LEFT JOIN (${flagsOn(dialect, dialect.date(given.today))}) g ON g.customer_id = p.customer_id`;
}

/** People by reason; the row with no reason counts those who are in. */
export const countReasons = (dialect: Dialect, judged: Sql): Sql =>
  sql`SELECT reason, ${dialect.countIf(raw('true'))} AS n FROM (${judged}) j GROUP BY reason ORDER BY n DESC, reason`;

/** Those who are in. */
export const eligiblePeople = (judged: Sql): Sql =>
  sql`SELECT customer_id FROM (${judged}) j WHERE reason IS NULL`;

const titles: Record<string, Text> = {
  nothing_due: { es: 'sin nada vencido', en: 'nothing past due' },
  not_addressable: {
    es: 'no es el titular ni parte contactable',
    en: 'neither holder nor contactable party',
  },
  held_out: { es: 'en el grupo sin contacto', en: 'held out of contact' },
  promise_running: { es: 'promesa de pago en curso', en: 'promise to pay running' },
  in_experiment: { es: 'ya está en otro experimento', en: 'already in another experiment' },
  at_their_cap: {
    es: 'sin margen en los topes de contacto para el primer mensaje',
    en: 'no headroom under the contact caps for the first message',
  },
  flag: { es: 'marca: {detail}', en: 'flag: {detail}' },
  no_permission: { es: 'sin permiso para {detail}', en: 'no permission for {detail}' },
  no_address: { es: 'sin dirección válida para {detail}', en: 'no valid address for {detail}' },
};

const channelTitles: Record<string, Text> = {
  sms: { es: 'SMS', en: 'SMS' },
  email: { es: 'correo', en: 'email' },
  whatsapp: { es: 'WhatsApp', en: 'WhatsApp' },
  call: { es: 'llamadas', en: 'calls' },
  letter: { es: 'cartas', en: 'letters' },
};

/** A reason in words. */
export function reasonTitle(reason: string): Text {
  const [kind = '', detail = ''] = reason.split(':');
  const title = titles[kind] ?? { es: reason, en: reason };
  const word = (locale: 'es' | 'en') => (flagTitles[detail] ?? channelTitles[detail])?.[locale] ?? detail;
  return {
    es: format(title, 'es', { detail: word('es') }),
    en: format(title, 'en', { detail: word('en') }),
  };
}

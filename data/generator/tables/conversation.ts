import { channels } from '#core/portfolio/tables/people.ts';
import { raw, type Sql, sql } from '#core/sql/sql.ts';
import type { Month } from '../calendar.ts';
import { byCode, drawKey, logistic, num, word } from '../draw.ts';
import { model, styles } from '../model.ts';
import { bits, byStyle } from '../policy.ts';
import { layer, type Scope, scratchTable } from '../scope.ts';
import { accountId, c, customerId, type Made, perUnit } from './shared.ts';

const texts = (values: readonly string[]): Sql[] => values.map((value) => raw(`'${value}'`));

/** How people answer, by channel, once a message is delivered. */
const answers = {
  opened: { sms: 0, email: 0.34, whatsapp: 0.72, call: 0, letter: 0 },
  clicked: { sms: 0.07, email: 0.06, whatsapp: 0.13, call: 0, letter: 0 },
  replied: { sms: 0.03, email: 0.02, whatsapp: 0.1, call: 0, letter: 0.01 },
  rightParty: { sms: 0, email: 0, whatsapp: 0, call: 0.38, letter: 0 },
} as const;

/** Units of account for one contact. */
const price = { sms: 0.02, email: 0.002, whatsapp: 0.035, call: 0.55, letter: 0.7 } as const;

const under = (draw: Sql, kind: keyof typeof answers): Sql =>
  sql`delivered AND ${draw} < ${byCode(
    c('channel'),
    channels.map((channel) => num(answers[kind][channel])),
  )}`;

/**
 * Adds how the person answers a contact: opened, clicked, replied, right_party, complained, promised with the days it is
 * for, and owed. Needs the latents, reply_key, word, other, channel, style, delivered, level (months overdue at the
 * start of the month) and instalments_owed.
 */
export function withAnswers(scope: Scope, contacts: Sql, answered: readonly string[] = styles): Sql {
  const d = scope.dialect;
  const drawn = layer(contacts, {
    reply: word(d, c('reply_key'), 0),
    second: word(d, c('reply_key'), 1),
  });
  const draw = bits(c('word'), 20, 12);
  const reactions = layer(drawn, {
    opened: under(draw, 'opened'),
    clicked: under(draw, 'clicked'),
    replied: under(bits(c('reply'), 0, 10), 'replied'),
    right_party: under(draw, 'rightParty'),
    complained: sql`delivered AND ${bits(c('other'), 14, 14)} < ${byStyle('complaint', c('style'), answered)}`,
  });
  return layer(reactions, {
    promised: sql`(right_party OR replied) AND ${bits(c('reply'), 10, 10)} < ${logistic(
      d,
      sql`${num(promise.tilt)} * (cure + ${num(model.cure.level)} * greatest(level - 1, 0) - ${num(promise.even)})`,
    )}`,
    promise_days: sql`4 + (reply >> 20) % 7`,
    owed: sql`instalment * instalments_owed`,
  });
}

/** Log odds that someone who answers promises to pay, by the log of the daily hazard: even odds at `even`. */
const promise = { tilt: 1.6, even: -2.9 };

/** Contacts of one month, one row each, with what followed; kept for the tables that tell of them. */
export function touchesOf(scope: Scope, month: Month): Sql {
  const d = scope.dialect;
  const slot = (number: 1 | 2 | 3) => {
    const s = (name: string) => raw(`s.s${number}_${name}`);
    const [table, level, paid] = number === 3 ? ['fresh', '0', 's.t2'] : ['late', 's.k0', 's.t1'];
    return sql`SELECT s.account_no, ${num(number)} AS slot, ${s('day')} AS day, ${s('channel')} AS channel, ${s('style')} AS style, ${s('delivered')} AS delivered,
  ${s('out')} AS opted_out, ${s('word')} AS word, ${s('other')} AS other, ${s('propensity')} AS propensity, ${raw(level)} AS level, ${raw(paid)} AS paid_day
FROM ${scratchTable(scope, table)} s WHERE ${s('made')}${month.written ? raw('') : sql` AND ${s('out')}`}`;
  };
  const all = sql`SELECT t.*, l.customer_no, l.country, l.cure, l.instalment, l.due_day, l.complaint0, l.complaint1, l.complaint2, CASE WHEN slot = 3 THEN 1 WHEN day >= l.due_day THEN level + 1 ELSE level END AS instalments_owed, ${drawKey(d, scope.seed, 'reply', sql`t.account_no * 4 + t.slot`, month.index)} AS reply_key
FROM (${slot(1)} UNION ALL ${slot(2)} UNION ALL ${slot(3)}) t JOIN ${scratchTable(scope, 'latent')} l ON l.account_no = t.account_no`;
  const start = d.date(raw(`'${month.start}'`));
  return sql`SELECT account_no, customer_no, country, ${num(month.index)} AS month, ${raw(String(month.written))} AS written, slot, day, channel, style, delivered, opened, clicked, replied, right_party,
  opted_out, complained, propensity, reply, promised, promise_days, owed, paid_day,
  ${d.addSeconds(d.addDays(start, sql`CAST(day - 1 AS INTEGER)`), sql`CAST(55800 + second % 25000 AS INTEGER)`)} AS sent_at
FROM (${withAnswers(scope, all)})`;
}

/** What one contact on the column `channel` costs, in the currency of the column `country`. */
export const contactCost = (scope: Scope): Sql =>
  scope.dialect.cast(
    sql`round(${perUnit} * ${byCode(
      c('channel'),
      channels.map((channel) => num(price[channel])),
    )}, 2)`,
    'money',
  );

export function contacts(scope: Scope): Made {
  const country = model.countries.findIndex(({ code }) => code === model.policy.propensityIn);
  return {
    table: 'contacts',
    query: sql`SELECT 'K' || lpad(CAST(account_no AS VARCHAR), 8, '0') || '-' || month || '-' || slot AS contact_id, ${customerId()} AS customer_id, ${accountId()} AS account_id,
  ${byCode(c('channel'), texts(channels))} AS channel, ${byCode(c('style'), texts(styles))} AS style, 'past_' || ${byCode(c('style'), texts(styles))} AS template_id, sent_at, sent_at AS known_at,
  delivered, opened, clicked, replied, right_party, CASE WHEN channel = 3 THEN 'AG' || (reply % 40) END AS agent_id,
  ${contactCost(scope)} AS cost,
  CAST(NULL AS VARCHAR) AS experiment_id, CAST(NULL AS VARCHAR) AS arm, CASE WHEN ${scope.lottery ? raw('true') : sql`country = ${num(country)}`} THEN round(propensity, 6) END AS propensity
FROM ${scratchTable(scope, 'touches')} WHERE written ORDER BY account_no, month, slot`,
  };
}

/** A promise is a sign of what the person will do and changes nothing: kept when the account is cleared by three days after it. */
export function promises(scope: Scope): Made {
  const d = scope.dialect;
  const made = d.cast(c('sent_at'), 'date');
  return {
    table: 'promises',
    query: sql`SELECT 'M' || lpad(CAST(account_no AS VARCHAR), 8, '0') || '-' || month || '-' || slot AS promise_id, ${accountId()} AS account_id, ${d.addSeconds(c('sent_at'), num(240))} AS made_at,
  ${d.cast(d.addDays(made, sql`CAST(promise_days AS INTEGER)`), 'date')} AS due_on, ${d.cast(c('owed'), 'money')} AS amount,
  CASE WHEN paid_day <= day + promise_days + 3 THEN true WHEN day + promise_days + 3 <= days THEN false
       WHEN next_day IS NOT NULL AND days + next_day <= day + promise_days + 3 THEN true WHEN month < ${num(scope.months.length)} THEN false END AS kept
FROM (SELECT t.*, k.days, n.t1 AS next_day FROM ${scratchTable(scope, 'touches')} t JOIN ${scratchTable(scope, 'calendar')} k ON k.month = t.month
  LEFT JOIN ${scratchTable(scope, 'steps')} n ON n.account_no = t.account_no AND n.month = t.month + 1 WHERE t.promised AND t.written)
ORDER BY account_no, month, slot`,
  };
}

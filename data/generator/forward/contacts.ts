import { raw, type Sql, sql } from '#core/sql/sql.ts';
import type { Day } from '../calendar.ts';
import { byCode, drawKey, num, word } from '../draw.ts';
import { lateMonth, newlyLateMonth } from '../late.ts';
import { model, styles } from '../model.ts';
import { bits, byStyle, messageEffect } from '../policy.ts';
import { layer, type Scope, scratchTable } from '../scope.ts';
import { withAnswers } from '../tables/conversation.ts';
import { c } from '../tables/shared.ts';
import { answeredStyles, withTrialStyles } from '../trial-styles.ts';

const { contact, policy } = model;
const people = (scope: Scope): Sql => scratchTable(scope, 'people');
const today = (scope: Scope, day: Day): Sql => scope.dialect.date(raw(`'${day.date}'`));
const styleNames = byCode(
  c('style'),
  styles.map((style) => raw(`'${style}'`)),
);

const insertPlanned = (scope: Scope, from: Sql, slot: number, monthStart: string): Sql => {
  const d = scope.dialect;
  const s = (name: string) => raw(`s${slot}_${name}`);
  const on = d.cast(d.addDays(d.date(raw(`'${monthStart}'`)), sql`CAST(${s('day')} - 1 AS INTEGER)`), 'date');
  return sql`INSERT INTO ${scratchTable(scope, 'planned')} SELECT account_no, ${on}, ${num(slot)}, ${s('channel')}, ${s('style')}, ${s('delivered')}, ${s('word')}, ${s('other')}, ${s('propensity')} FROM ${from} WHERE ${s('channel')} IS NOT NULL`;
};

/** The first day of a month: what the month holds for those who are late, by the same draws as in the past. */
export function openMonth(scope: Scope, day: Day): Sql[] {
  const d = scope.dialect;
  const late = scratchTable(scope, 'opening');
  return [
    sql`UPDATE ${people(scope)} SET level = k, partial_on = NULL, spent_until = NULL`,
    sql`CREATE OR REPLACE TABLE ${late} AS SELECT * FROM (${lateMonth(scope, sql`SELECT *, k AS k0 FROM ${people(scope)} WHERE k > 0 AND status = 1`, day.month)})`,
    sql`UPDATE ${people(scope)} SET partial_on = ${d.cast(d.addDays(today(scope, day), sql`CAST(o.partial_day - 1 AS INTEGER)`), 'date')} FROM ${late} o WHERE o.account_no = people.account_no AND o.partial_day IS NOT NULL`,
    insertPlanned(scope, late, 1, day.month.start),
    insertPlanned(scope, late, 2, day.month.start),
  ];
}

/** Plans the first contact of those who missed their due day today, whom the day's result marks. */
export const planFirstContacts = (scope: Scope, day: Day): Sql =>
  insertPlanned(
    scope,
    sql`(${newlyLateMonth(scope, sql`SELECT p.* FROM ${people(scope)} p JOIN ${scratchTable(scope, 'moving')} m ON m.account_no = p.account_no WHERE m.misses`, day.month)})`,
    3,
    day.month.start,
  );

/**
 * Today's contacts, with the answers: those an export handed over for today, and those the past policy planned, left out
 * for people in a trial, for who has paid and for who has opted out. A message of a trial concerns the person's first
 * account that is late, else the first one. Its draws know the person and the day, never the arm.
 */
export function contactsOf(scope: Scope, day: Day): Sql[] {
  const d = scope.dialect;
  const at = today(scope, day);
  const instant = (second: Sql) => d.addSeconds(d.cast(at, 'timestamp'), sql`CAST(${second} AS INTEGER)`);
  const key = (stream: string) => drawKey(d, scope.seed, stream, sql`p.customer_no`, day.number);
  const country = model.countries.findIndex(({ code }) => code === policy.propensityIn);
  const planned = sql`SELECT p.*, t.channel, t.style, t.delivered, t.word, t.other, CASE WHEN p.country = ${num(country)} THEN t.propensity END AS propensity,
  ${drawKey(d, scope.seed, 'reply', sql`p.account_no * 4 + t.slot`, day.month.index)} AS reply_key,
  'K' || lpad(CAST(p.account_no AS VARCHAR), 8, '0') || '-' || ${num(day.month.index)} || '-' || t.slot AS contact_id, ${styleNames} AS style_name, 'past_' || ${styleNames} AS template_id,
  CAST(NULL AS TIMESTAMP) AS planned_at, CAST(NULL AS VARCHAR) AS experiment_id, CAST(NULL AS VARCHAR) AS arm
FROM ${scratchTable(scope, 'planned')} t JOIN ${people(scope)} p ON p.account_no = t.account_no
ANTI JOIN ${scratchTable(scope, 'trial')} x ON x.customer_no = p.customer_no AND x.starts_on <= ${at} AND ${at} <= x.ends_on
WHERE t.planned_on = ${at} AND p.k > 0 AND p.status = 1 AND (p.opted_out >> t.channel) & 1 = 0`;
  const sent = sql`SELECT p.*, s.channel, s.style, (p.valid >> s.channel) & 1 = 1 AND ${bits(word(d, key('sent'), 0), 10, 10)} < ${num(contact.delivered)} AS delivered,
  ${word(d, key('sent'), 0)} AS word, ${word(d, key('sent'), 1)} AS other, s.propensity, ${key('answer')} AS reply_key, s.contact_id, s.style_name, s.template_id, s.planned_at, s.experiment_id, s.arm
FROM ${scratchTable(scope, 'sends')} s JOIN (SELECT customer_no, coalesce(min(CASE WHEN k > 0 AND status = 1 THEN account_no END), min(account_no)) AS account_no FROM ${people(scope)} GROUP BY customer_no) f ON f.customer_no = s.customer_no
JOIN ${people(scope)} p ON p.account_no = f.account_no WHERE s.sent_on = ${at}`;
  const owing = layer(sql`${planned} UNION ALL ${sent}`, { instalments_owed: c('k') });
  const answered = layer(withAnswers(scope, withTrialStyles(owing), answeredStyles), {
    sent_at: sql`coalesce(planned_at, ${instant(sql`55800 + second % 25000`)})`,
    leaves: sql`delivered AND ${bits(c('other'), 0, 14)} < ${byStyle('opt_out', c('style'), answeredStyles)}`,
  });
  const now = scratchTable(scope, 'today');
  return [
    sql`CREATE OR REPLACE TABLE ${now} AS SELECT * FROM (${answered})`,
    sql`DELETE FROM ${scratchTable(scope, 'planned')} WHERE planned_on <= ${at}`,
    sql`INSERT INTO ${scratchTable(scope, 'touches')} SELECT contact_id, customer_no, account_no, country, channel, style_name, template_id, sent_at, delivered, opened, clicked, replied, right_party, leaves, complained, reply, experiment_id, arm, propensity FROM ${now}`,
    sql`INSERT INTO ${scratchTable(scope, 'pledges')} SELECT 'M' || substr(contact_id, 2), account_no, ${d.addSeconds(c('sent_at'), num(240))}, ${d.cast(d.addDays(at, sql`CAST(promise_days AS INTEGER)`), 'date')}, ${d.cast(c('owed'), 'money')}, NULL, true FROM ${now} WHERE promised AND k > 0`,
  ];
}

/** After the day's payments: delivered messages begin to work, on every late account of the person when a trial sent them. */
export function letWork(scope: Scope, day: Day): Sql[] {
  const d = scope.dialect;
  const at = today(scope, day);
  const used = sql`SELECT p.*, t.style, t.channel, t.contact_id
FROM (SELECT customer_no, account_no, style, channel, contact_id, experiment_id FROM ${scratchTable(scope, 'today')} WHERE delivered) t
JOIN ${people(scope)} p ON p.customer_no = t.customer_no AND (t.experiment_id IS NOT NULL OR p.account_no = t.account_no) WHERE p.k > 0 AND p.status = 1`;
  const reached = layer(withTrialStyles(used), {
    extra: sql`${d.exp(messageEffect(c('style'), c('channel'), answeredStyles))} - 1`,
  });
  const last = sql`SELECT account_no, ${d.argMax(c('extra'), c('contact_id'), c('contact_id'))} AS extra FROM (${reached}) GROUP BY account_no`;
  return [
    sql`UPDATE ${people(scope)} SET boost = r.extra, boost_from = ${at}, boost_until = ${d.cast(d.addDays(at, contact.days), 'date')} FROM (${last}) r WHERE r.account_no = people.account_no`,
    sql`UPDATE ${people(scope)} SET opted_out = people.opted_out | o.gone FROM (SELECT customer_no, CAST(sum(DISTINCT 1 << channel) AS INTEGER) AS gone FROM ${scratchTable(scope, 'today')} WHERE leaves GROUP BY customer_no) o WHERE o.customer_no = people.customer_no`,
  ];
}

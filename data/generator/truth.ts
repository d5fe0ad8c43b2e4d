import { channels } from '#core/portfolio/tables/people.ts';
import { join, raw, type Sql, sql } from '#core/sql/sql.ts';
import { byCode, num } from './draw.ts';
import { cumulativeHazard, type Window } from './hazard.ts';
import { model, styles } from './model.ts';
import { stepTable } from './month.ts';
import { messageEffect } from './policy.ts';
import { layer, type Scope, scratchTable } from './scope.ts';
import { accountId, c, customerId } from './tables/shared.ts';
import { trialStyles } from './trial-styles.ts';

/** Days after the last date that the truth looks ahead, and the day on which its one message would be sent. */
export const truthHorizonDays = 30;
export const truthMessageDay = 2;

const billionth = 1e12;
const arms = styles.flatMap((style, i) =>
  channels.map((channel, j) => ({ name: `${style}_${channel}`, style: num(i), channel: num(j) })),
);

/**
 * Latents with where each open account stands at the last date: what the clock moves on from. Months overdue at the
 * start of the month are `level`; the hazard works on days after late_from; boost is what a message multiplies it by,
 * less 1, on days after boost_from up to boost_until; after a partial payment nothing more is paid until spent_until.
 */
export function stateQuery(scope: Scope): Sql {
  const d = scope.dialect;
  const last = d.date(raw(`'${scope.months.at(-1)!.end}'`));
  const none = d.cast(raw('NULL'), 'date');
  return sql`SELECT l.*, s.k, s.status, s.oldest, s.opted_out, s.k AS level, ${last} AS late_from, s.carried AS boost, ${last} AS boost_from,
  ${d.cast(d.addDays(last, sql`CAST(s.carried_days AS INTEGER)`), 'date')} AS boost_until, ${none} AS partial_on, ${none} AS spent_until
FROM ${scratchTable(scope, 'latent')} l JOIN ${stepTable(scope, scope.months.length)} s ON s.account_no = l.account_no WHERE s.status = 1 OR s.status = 2 ORDER BY l.account_no`;
}

/**
 * The probability that everything overdue is paid within the horizon, for days that end the chance: all of them when no
 * partial payment is planned, else up to the day of the partial payment, which is as likely on any day after the due day.
 */
function chance(scope: Scope, day: Sql, extra: Sql | null): Sql {
  const message: Window[] = extra
    ? [{ extra, after: num(truthMessageDay), until: num(truthMessageDay + model.contact.days) }]
    : [];
  return sql`(1 - ${scope.dialect.exp(sql`-rate * (${cumulativeHazard(day, num(0), message)})`)})`;
}

/** Exact sums need whole numbers: a probability in units of 1e-12. */
const whole = (scope: Scope, value: Sql): Sql =>
  scope.dialect.cast(sql`round(${value} * ${raw('1e12')})`, 'bigint');

/**
 * What is true of each account and nobody could know: its class, its hazards, and, for accounts late at the last date,
 * the probability of clearing the arrears within 30 days without contact and what one delivered message, of each style on
 * each channel, sent on the second day, would add to it.
 */
export function truthQuery(scope: Scope): Sql {
  const d = scope.dialect;
  const { partial, cure } = model;
  const late = layer(
    sql`SELECT l.*, s.k FROM ${scratchTable(scope, 'latent')} l JOIN ${stepTable(scope, scope.months.length)} s ON s.account_no = l.account_no WHERE s.status = 1 AND s.k > 0`,
    {
      rate: d.exp(sql`cure + ${num(cure.level)} * (k - 1)`),
      partly: sql`CASE WHEN k = 1 THEN ${num(partial.level1)} ELSE ${num(partial.deeper)} END`,
      ...Object.fromEntries(
        arms.map(({ name, style, channel }) => [
          `x_${name}`,
          sql`${d.exp(messageEffect(style, channel))} - 1`,
        ]),
      ),
    },
  );
  const chances = [
    { name: 'none', extra: null },
    ...arms.map(({ name }) => ({ name, extra: c(`x_${name}`) })),
  ];
  const days = sql`SELECT t.*, n AS day FROM late t, ${d.series(num(1), num(truthHorizonDays))} WHERE n > due_day`;
  const sums = join(
    chances.map(
      ({ name, extra }) => sql`sum(${whole(scope, chance(scope, c('day'), extra))}) AS s_${raw(name)}`,
    ),
  );
  const blended = ({ name, extra }: (typeof chances)[number]): Sql =>
    sql`round((1 - partly) * (${chance(scope, num(truthHorizonDays), extra)}) + partly * CAST(s_${raw(name)} AS DOUBLE) / (${num(truthHorizonDays)} - due_day) / ${raw(String(billionth))}, 9)`;
  const reacts = byCode(c('reacts'), [raw(`'nothing'`), raw(`'messages_alike'`), raw(`'styles'`)]);
  return sql`WITH late AS (${late}), days AS (${days}), sums AS (SELECT account_no, ${sums} FROM days GROUP BY account_no),
known AS (SELECT t.account_no, ${join(chances.map((one) => sql`${blended(one)} AS p_${raw(one.name)}`))} FROM late t JOIN sums s ON s.account_no = t.account_no)
SELECT ${accountId(sql`l.account_no`)} AS account_id, ${customerId()} AS customer_id, true AS simulated,
  ${byCode(
    c('responder'),
    model.responders.map(({ name }) => raw(`'${name}'`)),
  )} AS responder, ${byCode(
    c('preferred'),
    channels.map((channel) => raw(`'${channel}'`)),
  )} AS preferred_channel, ${reacts} AS reacts_to,
  holdout, round(ability, 6) AS ability, round(will, 6) AS will, round(miss, 6) AS log_odds_miss, round(cure, 6) AS log_hazard_cure,
  p_none AS p_cure_30_no_contact, ${join(arms.map(({ name }) => sql`round(p_${raw(name)} - p_none, 9) AS effect_${raw(name)}`))}
FROM ${scratchTable(scope, 'latent')} l LEFT JOIN known k ON k.account_no = l.account_no ORDER BY l.account_no`;
}

/** The structural model in full, with what its figures mean; written beside the data as truth.json. */
export const describeTruth = (input: { accounts: number; seed: number; months: number }) => ({
  simulated: true,
  note: {
    es: 'Datos simulados: ninguna persona, cuenta ni dirección existe. Este archivo es el modelo que los generó.',
    en: 'Simulated data: no person, account or address in it exists. This file is the model that made it.',
  },
  ...input,
  meaning: {
    customers: 'ability and will are standard normal draws of the person; own is one of the account',
    miss: 'log odds of missing an instalment when nothing is overdue: base + ability·A + will·W + own·O + product (+ season in December, January and February; + justCured in the month of a cure)',
    cure: 'log of the daily hazard of paying everything overdue: max(slowestLog, base + ability·A + will·W + own·O + product) + level·(months overdue − 1), counted at the start of the month',
    payday: 'on a payday and the days after it the hazard is 1 + boost times as large',
    message:
      'for `contact.days` days from the day after a delivered message the hazard is multiplied by exp(responder effect of the style × channelWeight × (1 on the preferred channel, else otherChannel)); a later message replaces an earlier one',
    partial:
      'share of people late at the start of a month who, if still late, pay one instalment on a day after the due day and nothing more that month',
    noEffect: 'no message of any style has any effect here',
    noStyleEffect: 'every style works as the neutral one does here',
    policy: 'past contacts were chosen worst first, so their raw effects are confounded',
    truth: `p_cure_30_no_contact: probability that arrears reach zero within ${truthHorizonDays} days after the last date without contact; effect_<style>_<channel>: what one delivered message on day ${truthMessageDay} adds to it`,
  },
  model,
  /** Styles that only a trial may use, by kind of responder. */
  trialStyles,
});

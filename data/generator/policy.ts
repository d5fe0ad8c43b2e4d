import { type Channel, channels } from '#core/portfolio/tables/people.ts';
import { raw, type Sql, sql } from '#core/sql/sql.ts';
import { byCode, drawKey, logistic, num, word } from './draw.ts';
import { model, styles } from './model.ts';
import { layer, type Scope } from './scope.ts';

const c = (name: string): Sql => raw(name);
const { policy, contact } = model;

/** Channels of the past policy: messages while little is overdue, calls and letters later. */
export const policyChannels = {
  early: { sms: 0.4, email: 0.22, whatsapp: 0.3, call: 0.08, letter: 0 },
  late: { sms: 0.18, email: 0.06, whatsapp: 0.2, call: 0.44, letter: 0.12 },
} as const satisfies Record<string, Record<Channel, number>>;

/** A few bits of a word as a number in (0, 1). */
export const bits = (drawn: Sql, shift: number, width: number): Sql =>
  sql`(((${drawn} >> ${num(shift)}) & ${num(2 ** width - 1)}) + 0.5e0) / ${num(2 ** width)}`;

const pickChannel = (draw: Sql, shares: Record<Channel, number>): Sql => {
  let upTo = 0;
  const cases = channels.slice(0, -1).map((channel, i) => {
    upTo += shares[channel];
    return `WHEN ${draw.text} < ${upTo.toFixed(4)}e0 THEN ${i}`;
  });
  return raw(`CASE ${cases.join(' ')} ELSE ${channels.length - 1} END`);
};

/** A past by lottery: how often an opportunity is used, and any channel and style as likely as another. */
const lottery = { used: 5 / 6, share: 1 / channels.length } as const;
const equalShares = Object.fromEntries(channels.map((channel) => [channel, lottery.share])) as Record<
  Channel,
  number
>;
const sharesOf = (scope: Scope, when: 'early' | 'late'): Record<Channel, number> =>
  scope.lottery ? equalShares : policyChannels[when];

/** Log odds that the past policy uses an opportunity: worst first. Level counts months overdue, 0 for newly late. */
const useOdds = (level: Sql, slot: number): Sql =>
  sql`${num(policy.base + (slot === 2 ? policy.second : 0))} + ${num(policy.level)} * ${level} + ${num(policy.risk)} * risk`;

/** Share of loss-aversion messages, larger for people who look worse; by lottery, every style is as likely. */
const lossShare = (scope: Scope): Sql =>
  scope.lottery
    ? num(1 / styles.length)
    : sql`CASE WHEN risk > 0.7e0 THEN ${num(policy.style.loss_aversion * 2)} ELSE ${num(policy.style.loss_aversion)} END`;
const socialShare = (scope: Scope): number => (scope.lottery ? 1 / styles.length : policy.style.social_proof);

export interface Opportunity {
  /** 1 and 2: in the month of someone already late; 3: soon after a due day was missed. */
  slot: 1 | 2 | 3;
  /** A word whose bits decide whether, on which channel and when. */
  drawn: Sql;
  level: Sql;
  day: Sql;
  /** Condition under which somebody may be contacted at all. */
  allowed: Sql;
  month: number;
}

/**
 * Adds one contact opportunity to a relation of late accounts: s{slot}_channel (NULL: not used), _day, _style,
 * _delivered, _extra (the hazard is multiplied by 1 + extra while the message works), _out (permission withdrawn),
 * _word (bits for what else follows) and _propensity.
 */
export function addOpportunity(
  scope: Scope,
  inner: Sql,
  { slot, drawn, level, day, allowed, month }: Opportunity,
): Sql {
  const d = scope.dialect;
  const at = (name: string) => `s${slot}_${name}`;
  const draw = c(at('draw'));
  const considered = layer(inner, {
    [at('odds')]: scope.lottery ? num(lottery.used) : logistic(d, useOdds(level, slot)),
    [at('draw')]: bits(drawn, 12, 12),
    [at('day')]: day,
    [at('late')]: sql`${level} > 1`,
    [at('open')]: allowed,
  });
  const chosen = layer(considered, {
    [at('pick')]:
      sql`CASE WHEN ${allowed} AND ${bits(drawn, 0, 12)} < ${c(at('odds'))} THEN CASE WHEN ${c(at('late'))} THEN ${pickChannel(draw, sharesOf(scope, 'late'))} ELSE ${pickChannel(draw, sharesOf(scope, 'early'))} END END`,
  });
  const reached = layer(chosen, {
    [at('channel')]:
      sql`CASE WHEN ((permitted >> ${c(at('pick'))}) & 1) = 1 AND ((opted_out >> ${c(at('pick'))}) & 1) = 0${slot === 2 ? raw(` AND NOT (s1_out AND s1_channel = s2_pick)`) : raw('')} THEN ${c(at('pick'))} END`,
  });
  const keyed = layer(reached, {
    [at('key')]:
      sql`CASE WHEN ${c(at('channel'))} IS NOT NULL THEN ${drawKey(d, scope.seed, `touch${slot}`, c('account_no'), month)} END`,
  });
  const answered = layer(keyed, {
    [at('word')]: word(d, c(at('key')), 0),
    [at('other')]: word(d, c(at('key')), 1),
  });
  const styled = layer(answered, {
    [at('style')]:
      sql`CASE WHEN ${bits(c(at('word')), 0, 10)} < ${lossShare(scope)} THEN 1 WHEN ${bits(c(at('word')), 0, 10)} >= ${num(1 - socialShare(scope))} THEN 2 ELSE 0 END`,
    [at('delivered')]:
      sql`((valid >> ${c(at('channel'))}) & 1) = 1 AND ${bits(c(at('word')), 10, 10)} < ${num(contact.delivered)}`,
  });
  return layer(styled, {
    [at('extra')]:
      sql`CASE WHEN ${c(at('delivered'))} THEN ${d.exp(messageEffect(c(at('style')), c(at('channel'))))} - 1 ELSE 0 END`,
    [at('out')]:
      sql`coalesce(${c(at('delivered'))} AND ${bits(c(at('other')), 0, 14)} < ${byStyle('opt_out', c(at('style')))}, false)`,
    [at('propensity')]: propensityOf(scope, at),
  });
}

const propensityOf = (scope: Scope, at: (name: string) => string): Sql => {
  const share = (table: Record<Channel, number>) =>
    byCode(
      c(at('channel')),
      channels.map((channel) => num(table[channel])),
    );
  const style = sql`CASE ${c(at('style'))} WHEN 1 THEN ${lossShare(scope)} WHEN 2 THEN ${num(socialShare(scope))} ELSE 1 - (${lossShare(scope)}) - ${num(socialShare(scope))} END`;
  return sql`${c(at('odds'))} * CASE WHEN ${c(at('late'))} THEN ${share(sharesOf(scope, 'late'))} ELSE ${share(sharesOf(scope, 'early'))} END * ${style}`;
};

/**
 * The chance that an opportunity was used on a channel (its number in `channels`): 0 without permission. Needs the columns
 * of `addOpportunity`, permitted and opted_out in scope.
 */
export function chanceOfChannel(scope: Scope, slot: 1 | 2, channel: number): Sql {
  const at = (name: string) => c(`s${slot}_${name}`);
  const name = channels[channel]!;
  const early = num(sharesOf(scope, 'early')[name]);
  const late = num(sharesOf(scope, 'late')[name]);
  const withdrawn = slot === 2 ? sql` AND NOT (s1_out AND s1_channel = ${num(channel)})` : raw('');
  return sql`CASE WHEN ((permitted >> ${num(channel)}) & 1) = 1 AND ((opted_out >> ${num(channel)}) & 1) = 0${withdrawn} THEN ${at('odds')} * CASE WHEN ${at('late')} THEN ${late} ELSE ${early} END ELSE 0 END`;
}

/** A number of the person for a style: columns written with the latents, one for each of the past's `styles` or of those given. */
export const byStyle = (
  kind: 'effect' | 'opt_out' | 'complaint',
  style: Sql,
  answered: readonly string[] = styles,
): Sql =>
  byCode(
    style,
    answered.map((_, i) => c(`${kind}${i}`)),
  );

/** Added to the log hazard while a delivered message works. Needs effect0, effect1, … and preferred in scope. */
export const messageEffect = (style: Sql, channel: Sql, answered: readonly string[] = styles): Sql =>
  sql`${byStyle('effect', style, answered)} * CASE WHEN ${channel} = preferred THEN 1 ELSE ${num(contact.otherChannel)} END * ${byCode(
    channel,
    channels.map((name) => num(contact.channelWeight[name])),
  )}`;

import { raw, type Sql, sql } from '#core/sql/sql.ts';
import type { Month } from './calendar.ts';
import { drawKey, num, word } from './draw.ts';
import { model } from './model.ts';
import { addOpportunity, bits } from './policy.ts';
import { layer, type Scope } from './scope.ts';

const c = (name: string): Sql => raw(name);
const { partial, policy } = model;

const unflagged = (month: Month): Sql =>
  sql`NOT (flag > 0 AND ${num(month.index)} BETWEEN flag_from AND flag_to)`;

/**
 * What a month holds in store for people late when it opens: l0 (the word their cure is drawn from), the day of a partial
 * payment, and two contact opportunities. Needs the latents, k0 and opted_out.
 */
export function lateMonth(scope: Scope, accounts: Sql, month: Month): Sql {
  const d = scope.dialect;
  const keyed = layer(accounts, { late_key: drawKey(d, scope.seed, 'late', c('account_no'), month.index) });
  const drawn = layer(keyed, {
    l0: word(d, c('late_key'), 0),
    l1: word(d, c('late_key'), 1),
    l2: word(d, c('late_key'), 2),
    l3: word(d, c('late_key'), 3),
  });
  const opportunity = (slot: 1 | 2, inner: Sql): Sql =>
    addOpportunity(scope, inner, {
      slot,
      drawn: c(`l${slot + 1}`),
      level: c('k0'),
      day: sql`${num(slot === 1 ? 8 : 19)} + (${c(`l${slot + 1}`)} >> 24) % 5`,
      allowed: sql`NOT (holdout AND k0 = 1) AND ${unflagged(month)}`,
      month: month.index,
    });
  return layer(opportunity(2, opportunity(1, drawn)), {
    partial_day: sql`CASE WHEN ${bits(c('l1'), 0, 16)} < CASE WHEN k0 = 1 THEN ${num(partial.level1)} ELSE ${num(partial.deeper)} END
  THEN due_day + 1 + CAST(floor(${bits(c('l1'), 16, 16)} * (${num(month.days)} - due_day)) AS INTEGER) END`,
  });
}

/** The contact opportunity soon after a due day was missed, and n0, the word the cure is drawn from. */
export function newlyLateMonth(scope: Scope, accounts: Sql, month: Month): Sql {
  const d = scope.dialect;
  const keyed = layer(accounts, { new_key: drawKey(d, scope.seed, 'new', c('account_no'), month.index) });
  const drawn = layer(keyed, { n0: word(d, c('new_key'), 0), n1: word(d, c('new_key'), 1) });
  const { from, to } = policy.firstContactDays;
  return addOpportunity(scope, drawn, {
    slot: 3,
    drawn: c('n1'),
    level: num(0),
    day: sql`due_day + ${num(from)} + (n1 >> 24) % ${num(to - from + 1)}`,
    allowed: sql`NOT holdout AND ${unflagged(month)} AND s3_day <= ${num(month.days)}`,
    month: month.index,
  });
}

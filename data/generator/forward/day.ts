import { raw, type Sql, sql } from '#core/sql/sql.ts';
import type { Day } from '../calendar.ts';
import { drawKey, num, uniform, word } from '../draw.ts';
import { payClock } from '../hazard.ts';
import { model } from '../model.ts';
import { missChance } from '../month.ts';
import { bits } from '../policy.ts';
import { layer, type Scope, scratchTable } from '../scope.ts';
import { payoff, timesPaid } from '../tables/ledger.ts';
import { c } from '../tables/shared.ts';

const { cure } = model;
const people = (scope: Scope): Sql => scratchTable(scope, 'people');

/**
 * What the day does to accounts, as the table `moving`: who falls due and pays, misses or closes; who, being late, pays
 * everything (with the hazard of the day) or one instalment; which charged-off account pays something back. The draw of
 * the day depends on the account and the date alone.
 */
export function moveAccounts(scope: Scope, day: Day): Sql {
  const d = scope.dialect;
  const today = d.date(raw(`'${day.date}'`));
  const exposed = sql`status = 1 AND k > 0 AND late_from < ${today} AND (spent_until IS NULL OR spent_until < ${today})`;
  const keyed = layer(
    sql`SELECT * FROM ${people(scope)} WHERE (status = 1 AND (k > 0 OR due_day = ${num(day.of)})) OR status = 2`,
    {
      month_key: sql`CASE WHEN status = 2 OR due_day = ${num(day.of)} THEN ${drawKey(d, scope.seed, 'month', c('account_no'), day.month.index)} END`,
      day_key: sql`CASE WHEN ${exposed} THEN ${drawKey(d, scope.seed, 'day', c('account_no'), day.number)} END`,
      falls_due: sql`status = 1 AND due_day = ${num(day.of)}`,
    },
  );
  const drawn = layer(keyed, {
    w0: word(d, c('month_key'), 0),
    w1: word(d, c('month_key'), 1),
    u0: word(d, c('day_key'), 0),
    u1: word(d, c('day_key'), 1),
  });
  const met = layer(drawn, {
    closes: sql`falls_due AND k = 0 AND level = 0 AND ${bits(c('w1'), 20, 12)} < ${num(model.closePerMonth)}`,
    would_miss: sql`falls_due AND k = 0 AND ${uniform(c('w0'))} < ${missChance(scope, day.month, sql`level > 0`)}`,
    owed: sql`k + CASE WHEN falls_due AND k > 0 THEN 1 ELSE 0 END`,
    hazard: sql`${d.exp(sql`cure + ${num(cure.level)} * (level - 1)`)} * (${payClock(num(day.of))} - ${payClock(num(day.of - 1))}) * (1 + CASE WHEN boost_from < ${today} AND ${today} <= boost_until THEN boost ELSE 0 END)`,
  });
  const paid = layer(met, {
    misses: sql`would_miss AND NOT closes`,
    cures: sql`u0 IS NOT NULL AND ${uniform(c('u0'))} < 1 - ${d.exp(sql`-hazard`)}`,
    recovers: sql`status = 2 AND ${num(day.of)} = 1 + (w1 & 15) AND (w1 >> 20) < ${num(Math.round(model.recoveryPerMonth * 4096))}`,
  });
  const moved = layer(paid, {
    pays_one: sql`coalesce(NOT cures AND u0 IS NOT NULL AND partial_on = ${today} AND owed >= 2, false)`,
  });
  return sql`CREATE OR REPLACE TABLE ${scratchTable(scope, 'moving')} AS
SELECT account_no, k, owed, late_from, instalment, product, term, opened_idx, w1, u1, falls_due, misses, closes, cures, pays_one, recovers
FROM (${moved}) WHERE falls_due OR cures OR pays_one OR recovers`;
}

/** Carries the day's result over to everybody's state. */
export function settleDay(scope: Scope, day: Day): Sql[] {
  const d = scope.dialect;
  const today = d.date(raw(`'${day.date}'`));
  const none = raw('NULL');
  const next = d.cast(sql`people.oldest + INTERVAL 1 MONTH`, 'date');
  return [
    sql`UPDATE ${people(scope)} SET
  k = CASE WHEN m.cures OR m.closes THEN 0 WHEN m.misses THEN 1 WHEN m.pays_one THEN m.owed - 1 ELSE m.owed END,
  level = CASE WHEN m.misses THEN 1 ELSE people.level END,
  late_from = CASE WHEN m.misses THEN ${today} ELSE people.late_from END,
  oldest = CASE WHEN m.misses THEN ${today} WHEN m.cures THEN ${none} WHEN m.pays_one THEN ${next} ELSE people.oldest END,
  partial_on = CASE WHEN m.cures OR m.pays_one THEN ${none} ELSE people.partial_on END,
  spent_until = CASE WHEN m.pays_one THEN ${d.date(raw(`'${day.month.end}'`))} ELSE people.spent_until END,
  boost = CASE WHEN m.cures THEN 0 ELSE people.boost END,
  status = CASE WHEN m.closes THEN 3 ELSE people.status END
FROM ${scratchTable(scope, 'moving')} m WHERE m.account_no = people.account_no AND (m.falls_due OR m.cures OR m.pays_one)`,
    sql`INSERT INTO ${scratchTable(scope, 'money_in')}
SELECT account_no, ${num(day.month.index)}, CASE WHEN closes THEN 5 WHEN recovers THEN 6 WHEN pays_one THEN 4 WHEN cures AND late_from >= ${d.date(raw(`'${day.month.start}'`))} THEN 3 WHEN cures THEN 2 ELSE 1 END, ${today},
  ${d.cast(sql`instalment * CASE WHEN closes THEN ${payoff(num(day.month.index))} WHEN recovers THEN 1 + (w1 >> 4) % 3 WHEN pays_one THEN 1 WHEN cures THEN owed ELSE ${raw(timesPaid)} END`, 'money')}, coalesce(u1, w1)
FROM ${scratchTable(scope, 'moving')} WHERE closes OR recovers OR pays_one OR cures OR (falls_due AND k = 0 AND NOT misses)`,
    sql`INSERT INTO ${scratchTable(scope, 'falls_due')} SELECT account_no, ${today}, instalment FROM ${scratchTable(scope, 'moving')} WHERE falls_due AND product = 1`,
    sql`INSERT INTO ${scratchTable(scope, 'changed')} SELECT account_no, ${today}, 3, NULL, w1 FROM ${scratchTable(scope, 'moving')} WHERE closes`,
    sql`UPDATE ${scratchTable(scope, 'pledges')} SET kept = true, changed = true FROM ${scratchTable(scope, 'moving')} m WHERE m.account_no = pledges.account_no AND m.cures AND pledges.kept IS NULL AND ${today} <= ${d.addDays(sql`pledges.due_on`, 3)}`,
    sql`UPDATE ${scratchTable(scope, 'pledges')} SET kept = false, changed = true WHERE kept IS NULL AND ${today} > ${d.addDays(c('due_on'), 3)}`,
  ];
}

import { raw, type Sql, sql } from '#core/sql/sql.ts';
import type { Day } from '../calendar.ts';
import { drawKey, num, word } from '../draw.ts';
import { model } from '../model.ts';
import { bits } from '../policy.ts';
import { layer, type Scope, scratchTable } from '../scope.ts';
import { balanceOf, c } from '../tables/shared.ts';

const people = (scope: Scope): Sql => scratchTable(scope, 'people');

/** The last day of a month: arrears taken back to zero by an agreement, charge-offs, and a snapshot of every account. */
export function closeMonth(scope: Scope, day: Day): Sql[] {
  const d = scope.dialect;
  const today = d.date(raw(`'${day.date}'`));
  const drawn = layer(
    layer(sql`SELECT *, ${num(day.month.index)} AS month, ${today} AS end_on FROM ${people(scope)}`, {
      key: drawKey(d, scope.seed, 'month', c('account_no'), day.month.index),
    }),
    { w1: word(d, c('key'), 1) },
  );
  const agreed = layer(drawn, {
    re_aged: sql`status = 1 AND k > 0 AND level BETWEEN 2 AND 5 AND late_from < ${d.date(raw(`'${day.month.start}'`))} AND ${bits(c('w1'), 20, 12)} < ${num(model.reAgePerMonth)}`,
    charged: sql`status = 1 AND k > 0 AND ${d.daysBetween(c('oldest'), today)} >= ${num(model.chargeOffDays)}`,
  });
  const closing = scratchTable(scope, 'closing');
  const after = sql`SELECT account_no, month, end_on, oldest, w1, level, product, term, opened_idx, used, instalment, re_aged, k AS k_before, status AS status_before,
  CASE WHEN re_aged THEN 0 ELSE k END AS k, CASE WHEN charged AND NOT re_aged THEN 2 ELSE status END AS status FROM (${agreed})`;
  const overdue = sql`CASE WHEN k > 0 THEN ${d.daysBetween(c('oldest'), today)} ELSE 0 END`;
  return [
    sql`CREATE OR REPLACE TABLE ${closing} AS SELECT *, ${d.cast(balanceOf(scope), 'money')} AS balance FROM (${after})`,
    sql`INSERT INTO ${scratchTable(scope, 're_ages')} SELECT account_no, ${today}, level, ${d.cast(sql`instalment * k_before`, 'money')} FROM ${closing} WHERE re_aged`,
    sql`INSERT INTO ${scratchTable(scope, 'changed')} SELECT account_no, ${today}, 2, balance, w1 FROM ${closing} WHERE status = 2 AND status_before = 1`,
    sql`INSERT INTO ${scratchTable(scope, 'closings')} SELECT account_no, ${today}, status, k, ${overdue}, balance, ${d.cast(sql`instalment * k`, 'money')},
  CASE status WHEN 1 THEN ${d.cast(sql`instalment * (k + 1)`, 'money')} WHEN 3 THEN ${d.cast(num(0), 'money')} END FROM ${closing}`,
    sql`UPDATE ${people(scope)} SET k = x.k, status = x.status, oldest = CASE WHEN x.re_aged THEN NULL ELSE people.oldest END FROM ${closing} x WHERE x.account_no = people.account_no AND (x.re_aged OR x.status <> people.status)`,
    sql`DELETE FROM ${people(scope)} WHERE status = 3`,
  ];
}

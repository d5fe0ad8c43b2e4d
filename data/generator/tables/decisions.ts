import { channels } from '#core/portfolio/tables/people.ts';
import { join, raw, type Sql, sql } from '#core/sql/sql.ts';
import type { Month } from '../calendar.ts';
import { byCode, num } from '../draw.ts';
import { model } from '../model.ts';
import { chanceOfChannel } from '../policy.ts';
import { type Scope, scratchTable } from '../scope.ts';
import { accountId, c, customerId, type Made } from './shared.ts';

const names = channels.map((channel) => raw(`p_${channel}`));

/**
 * Contact opportunities of people late when the month opened, used or not, with the chance of each channel, where the
 * choice was written down: in one country, or everywhere when it was drawn by lottery. Not those of who had paid before.
 */
export function decisionsOf(scope: Scope, month: Month): Sql {
  const country = model.countries.findIndex(({ code }) => code === model.policy.propensityIn);
  const where = scope.lottery ? raw('true') : sql`l.country = ${num(country)}`;
  const slot = (number: 1 | 2) =>
    sql`SELECT account_no, customer_no, ${num(number)} AS slot, s${num(number)}_day AS day, s${num(number)}_channel AS channel,
  ${join(channels.map((_, i) => sql`round(${chanceOfChannel(scope, number, i)}, 9) AS ${names[i]!}`))}
FROM (SELECT s.*, l.customer_no, l.permitted FROM ${scratchTable(scope, 'late')} s JOIN ${scratchTable(scope, 'latent')} l ON l.account_no = s.account_no WHERE ${where})
WHERE s${num(number)}_open AND s${num(number)}_day <= coalesce(t1, 99)`;
  return sql`SELECT *, ${num(month.index)} AS month FROM (${slot(1)} UNION ALL ${slot(2)})${month.written ? raw('') : raw(' WHERE false')}`;
}

export function contactDecisions(scope: Scope): Made {
  const d = scope.dialect;
  const taken = byCode(
    c('channel'),
    channels.map((channel) => raw(`'${channel}'`)),
  );
  return {
    table: 'contact_decisions',
    query: sql`SELECT 'D' || lpad(CAST(account_no AS VARCHAR), 8, '0') || '-' || t.month || '-' || slot AS decision_id, ${customerId()} AS customer_id, ${accountId()} AS account_id,
  ${d.cast(d.addDays(sql`k.start_on`, sql`CAST(day - 1 AS INTEGER)`), 'date')} AS decided_on, coalesce(${taken}, 'none') AS channel,
  round(1 - (${join(names, ' + ')}), 9) AS p_none, ${join(names)}
FROM ${scratchTable(scope, 'decisions')} t JOIN ${scratchTable(scope, 'calendar')} k ON k.month = t.month ORDER BY account_no, t.month, slot`,
  };
}

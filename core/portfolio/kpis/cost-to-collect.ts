import { z } from 'zod';
import { literal, raw, type Sql, sql } from '../../sql/sql.ts';
import { defineKpi, type KpiRow, type KpiScope } from '../kpi.ts';
import { accountsInScope } from './parts/accounts.ts';
import { column, columns } from './parts/columns.ts';
import { contactsInScope, inWindow, ofAccount } from './parts/events.ts';
import { told } from './parts/exchange.ts';
import { asMoney, grouped, inOrder, ratio, total, totalCents } from './parts/rows.ts';

/** What was spent: month, currency, channel, agency, amount. A contact's cost is in the currency of its account. */
function spent(scope: KpiScope): Sql {
  const { dialect, filter } = scope;
  const own = raw('coalesce(a.currency, h.currency)');
  const contact = told(scope, own, dialect.cast(raw('k.sent_at'), 'date'));
  const cost = told(scope, raw('t.currency'), dialect.cast(raw('t.occurred_at'), 'date'));
  const byAccount = [filter.country, filter.product, filter.segment, filter.bucket].some(
    (value) => value !== undefined,
  );
  const fits = byAccount
    ? sql`t.account_id IS NOT NULL AND ${ofAccount(scope, raw('t.account_id'), raw('t.occurred_at'))}`
    : raw('true');
  const inCurrency =
    filter.currency === undefined ? raw('true') : sql`t.currency = ${literal(filter.currency)}`;
  return sql`SELECT ${dialect.monthStart(raw('k.sent_at'))} AS month, ${contact.currency} AS currency, k.channel, NULL AS agency, ${contact.amount(raw('k.cost'))} AS amount
  FROM (${contactsInScope(scope)}) AS k
  LEFT JOIN current_accounts AS a ON a.account_id = k.account_id
  LEFT JOIN (
    SELECT customer_id, min(currency) AS currency FROM current_accounts GROUP BY customer_id HAVING min(currency) = max(currency)
  ) AS h ON h.customer_id = CASE WHEN k.account_id IS NULL THEN k.customer_id END${contact.join}
  WHERE k.cost IS NOT NULL AND ${own} IS NOT NULL
  UNION ALL
  SELECT ${dialect.monthStart(raw('t.occurred_at'))}, ${cost.currency}, NULL, t.agency, ${cost.amount(raw('t.amount'))}
  FROM current_costs AS t${cost.join}
  WHERE ${inWindow(scope, raw('t.occurred_at'))} AND ${inCurrency} AND ${fits}`;
}

/** Payments of accounts asked for: account_id, paid_at, month, currency, amount. */
function collected(scope: KpiScope): Sql {
  const { dialect } = scope;
  const money = told(scope, raw('a.currency'), dialect.cast(raw('p.paid_at'), 'date'));
  return sql`SELECT p.account_id, p.paid_at, ${dialect.monthStart(raw('p.paid_at'))} AS month, ${money.currency} AS currency, ${money.amount(raw('p.amount'))} AS amount
  FROM current_payments AS p JOIN (${accountsInScope(scope)}) AS a ON a.account_id = p.account_id${money.join}
  WHERE NOT coalesce(p.reversed, false) AND ${inWindow(scope, raw('p.paid_at'))} AND ${ofAccount(scope, raw('p.account_id'), raw('p.paid_at'))}`;
}

/**
 * Cost to collect by month and currency: cost of contacts and of the costs table over the cash collected in the same
 * month; each channel's cost over the same cash, so that channels add up; each agency's over the cash of accounts
 * while placed with it. Sums of money, without interval, and no claim that the cost brought the cash.
 */
export default defineKpi({
  text: {
    title: { es: 'Costo de cobrar', en: 'Cost to collect' },
    summary: {
      es: 'Cuánto cuesta cada unidad cobrada, por mes, canal y agencia.',
      en: 'What each unit collected costs, by month, channel and agency.',
    },
  },
  definition: {
    es: 'Costo de contactos y de la tabla costs sobre el efectivo del mismo mes. Por canal: su costo sobre todo el efectivo del mes (los canales suman). Por agencia: su costo sobre lo pagado por cuentas mientras las tenía. No dice que el costo haya traído el efectivo: parte se habría pagado igual. Un contacto sin cuenta toma la moneda de la persona si tiene una sola. Costos sin cuenta quedan fuera al filtrar por país, producto, segmento o tramo (el del mes anterior).',
    en: 'Cost of contacts and of the table costs over the cash of the same month. By channel: its cost over all cash of the month (channels add up). By agency: its cost over what accounts paid while placed with it. It does not say that the cost brought the cash: part would have been paid anyway. A contact without an account takes the currency of the person who has only one. Costs without an account are left out when filtering by country, product, segment or bucket (that of the month before).',
  },
  population: {
    es: 'Contactos con costo, costos y pagos no devueltos de las fechas.',
    en: 'Contacts with a cost, costs and payments not reversed of the dates.',
  },
  denominator: { es: 'Efectivo cobrado', en: 'Cash collected' },
  needs: [{ table: 'accounts' }, { table: 'payments' }, { table: 'contacts', column: 'cost', or: 'costs' }],
  parameters: z.object({}),
  columns: [
    columns.month,
    columns.currency,
    column('part', 'code', 'Parte', 'Part'),
    column('name', 'code', 'Cuál', 'Which'),
    column('cost', 'money', 'Costo', 'Cost'),
    column('cash', 'money', 'Efectivo', 'Cash'),
    column('cost_ratio', 'ratio', 'Costo por unidad cobrada', 'Cost per unit collected'),
  ],
  amounts: ['contacts', 'costs', 'payments'],
  statement: (scope) => {
    const { dialect } = scope;
    const month = dialect.cast(raw('month'), 'text');
    return sql`WITH spent AS (
  ${spent(scope)}
), collected AS (
  ${collected(scope)}
)
SELECT 'cost' AS kind, ${month} AS month, currency, channel, agency, sum(amount) AS amount, ${dialect.countIf(raw('true'))} AS items FROM spent GROUP BY 2, 3, 4, 5
UNION ALL
SELECT 'cash', ${month}, currency, NULL, NULL, sum(amount), 0 FROM collected GROUP BY 2, 3
UNION ALL
SELECT 'cash', ${dialect.cast(raw('c.month'), 'text')}, c.currency, NULL, w.agency, sum(c.amount), 0
FROM collected AS c
JOIN current_placements AS w ON w.account_id = c.account_id AND c.paid_at >= w.placed_on
  AND (w.returned_on IS NULL OR c.paid_at < ${dialect.addDays(raw('w.returned_on'), 1)})
GROUP BY 2, 3, 5
ORDER BY 1, 2, 3, 4, 5`;
  },
  answer: (found) => {
    const rows = grouped(inOrder(found, ['month', 'currency']), ['month', 'currency']).flatMap(
      (group): KpiRow[] => {
        const { month = null, currency = null } = group[0] ?? {};
        const costs = group.filter(({ kind }) => kind === 'cost');
        const cash = (agency: unknown) => group.filter((row) => row.kind === 'cash' && row.agency === agency);
        const row = (part: string, name: string | null, spentOn: KpiRow[], brought: KpiRow[]): KpiRow => {
          const [cost, money] = [totalCents(spentOn, 'amount'), totalCents(brought, 'amount')];
          return {
            month,
            currency,
            part,
            name,
            cost: asMoney(cost),
            cash: asMoney(money),
            cost_ratio: ratio(Number(cost), Number(money)),
          };
        };
        const named = (name: 'channel' | 'agency') =>
          [...new Set(costs.flatMap((cost) => (cost[name] === null ? [] : [String(cost[name])])))].sort();
        const other = costs.filter(({ channel, agency }) => channel === null && agency === null);
        return [
          row('all', null, costs, cash(null)),
          ...named('channel').map((name) =>
            row(
              'channel',
              name,
              costs.filter(({ channel }) => channel === name),
              cash(null),
            ),
          ),
          ...named('agency').map((name) =>
            row(
              'agency',
              name,
              costs.filter(({ agency }) => agency === name),
              cash(name),
            ),
          ),
          ...(other.length ? [row('other', null, other, cash(null))] : []),
        ];
      },
    );
    const whole = rows.filter(({ part }) => part === 'all');
    return {
      rows,
      n: total(found, 'items'),
      of: null,
      figures: { months: new Set(whole.map(({ month }) => month)).size },
    };
  },
});

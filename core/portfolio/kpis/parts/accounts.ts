import { all, literal, raw, type Sql, sql } from '../../../sql/sql.ts';
import type { KpiFilter, KpiScope } from '../../kpi.ts';

/** Whether the filter asks for some accounts only, by what an account is rather than by date. */
export const narrows = ({ country, product, currency, segment }: KpiFilter): boolean =>
  [country, product, currency, segment].some((value) => value !== undefined);

/**
 * Relation of the accounts asked for: account_id, customer_id, currency, product_type, opened_on, charged_off_on and
 * country. The join to the holders is there only when the country is asked for or wanted.
 */
export function accountsInScope({ filter }: Pick<KpiScope, 'filter'>, withCountry = false): Sql {
  const { country, product, currency, segment } = filter;
  const holders = withCountry || country !== undefined;
  const conditions = [
    ...(currency === undefined ? [] : [sql`a.currency = ${literal(currency)}`]),
    ...(product === undefined ? [] : [sql`a.product_type = ${literal(product)}`]),
    ...(country === undefined ? [] : [sql`substr(c.jurisdiction, 1, 2) = ${literal(country)}`]),
    ...(segment === undefined
      ? []
      : [
          sql`a.account_id IN (SELECT account_id FROM segment_members WHERE segment_id = ${literal(segment)})`,
        ]),
  ];
  const columns = raw(
    'a.account_id, a.customer_id, a.currency, a.product_type, a.opened_on, a.charged_off_on',
  );
  return sql`SELECT ${columns}${raw(withCountry ? ', substr(c.jurisdiction, 1, 2) AS country' : '')}
  FROM current_accounts AS a${raw(holders ? ' LEFT JOIN current_customers AS c ON c.customer_id = a.customer_id' : '')}${
    conditions.length ? sql` WHERE ${all(conditions)}` : raw('')
  }`;
}

import { current } from '../sql/dialects/duckdb.ts';
import { sql } from '../sql/sql.ts';
import type { FeatureColumn, FeatureFamily } from './feature.ts';

const column = (kind: FeatureColumn['kind'], name: string, es: string, en: string): FeatureColumn => ({
  name,
  kind,
  title: { es, en },
});

/** What the account is and for how long. Protected attributes of the person are not read. */
const tenure: FeatureFamily = {
  text: {
    title: { es: 'Antigüedad y producto', en: 'Tenure and product' },
    summary: {
      es: 'Desde cuándo existe la cuenta, qué producto es, en qué país y moneda',
      en: 'How old the account is, which product, in which country and currency',
    },
  },
  needs: ['accounts', 'customers'],
  known: {
    es: 'Producto, moneda y fecha de apertura no cambian después de abrir la cuenta.',
    en: 'Product, currency and opening date do not change once the account is open.',
  },
  columns: [
    column('numeric', 'months_open', 'Meses desde la apertura', 'Months since opening'),
    column('numeric', 'months_customer', 'Meses como cliente', 'Months as a customer'),
    column('numeric', 'accounts_held', 'Cuentas de la persona', 'Accounts the person holds'),
    column(
      'numeric',
      'months_newest_account',
      'Meses desde su cuenta más nueva',
      'Months since the newest account',
    ),
    column('numeric', 'annual_rate', 'Tasa anual', 'Annual rate'),
    column('categorical', 'product', 'Producto', 'Product'),
    column('categorical', 'currency', 'Moneda', 'Currency'),
    column('categorical', 'country', 'País', 'Country'),
    column('categorical', 'customer_kind', 'Persona o empresa', 'Person or company'),
    column('categorical', 'security', 'Garantía', 'Security'),
  ],
  build: (dialect, population) => sql`SELECT p.account_id, p.as_of,
  CASE WHEN a.opened_on <= p.as_of THEN ${dialect.monthsBetween(sql`a.opened_on`, sql`p.as_of`)} END AS months_open,
  CASE WHEN c.customer_since <= p.as_of THEN ${dialect.monthsBetween(sql`c.customer_since`, sql`p.as_of`)} END AS months_customer,
  h.held AS accounts_held, ${dialect.monthsBetween(sql`h.newest`, sql`p.as_of`)} AS months_newest_account,
  a.rate AS annual_rate, a.product_type AS product, a.currency, c.jurisdiction AS country, c.customer_type AS customer_kind,
  CASE WHEN a.secured THEN 'secured' WHEN NOT a.secured THEN 'unsecured' END AS security
FROM ${population} p
LEFT JOIN ${current('accounts')} a ON a.account_id = p.account_id
LEFT JOIN ${current('customers')} c ON c.customer_id = p.customer_id
LEFT JOIN (SELECT q.customer_id, q.as_of, ${dialect.countIf(sql`true`)} AS held, max(o.opened_on) AS newest
  FROM (SELECT DISTINCT customer_id, as_of FROM ${population}) q
  JOIN ${current('accounts')} o ON o.customer_id = q.customer_id AND o.opened_on <= q.as_of
  GROUP BY q.customer_id, q.as_of) h ON h.customer_id = p.customer_id AND h.as_of = p.as_of`,
};
export default tenure;

import { flagKinds } from '../../portfolio/tables/people.ts';
import type { Dialect } from '../../sql/dialects/dialect.ts';
import { ident, raw, type Sql, sql } from '../../sql/sql.ts';
import type { Text } from '../../text/text.ts';
import { factColumn, flagColumn, flagTitles, scoreColumn } from '../columns.ts';

/** One figure a segment is compared by: a number for each account, averaged over a person's accounts. */
export interface ProfileMetric {
  id: string;
  title: Text;
  unit: 'share' | 'number' | 'money';
  currency: string | null;
  /** Over the facts under the alias f; NULL where it does not apply or is not known. */
  value: Sql;
}

/** What the profile of one portfolio is made of. */
export interface ProfileNeeds {
  currencies: readonly string[];
  products: readonly string[];
  scores: readonly { model: string; title: Text }[];
  /** Whether there are payments and contacts to count days since. */
  recent: readonly string[];
}

const f = (name: string): Sql => sql`f.${ident(name)}`;
const titleOf = (name: string): Text => {
  const title = factColumn(name)?.title ?? { es: name, en: name };
  return { es: first(title.es), en: first(title.en) };
};
const first = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** The figures of a profile, with the expressions that give them. */
export function profileMetrics(dialect: Dialect, needs: ProfileNeeds): ProfileMetric[] {
  const when = (condition: Sql, known: Sql): Sql =>
    dialect.float(sql`CASE WHEN ${known} IS NOT NULL THEN CASE WHEN ${condition} THEN 1 ELSE 0 END END`);
  const share = (id: string, es: string, en: string, condition: Sql, known: Sql): ProfileMetric => ({
    id,
    title: { es, en },
    unit: 'share',
    currency: null,
    value: when(condition, known),
  });
  const number = (name: string): ProfileMetric => ({
    id: name,
    title: titleOf(name),
    unit: 'number',
    currency: null,
    value: dialect.float(f(name)),
  });
  const dpd = f('days_past_due');
  return [
    number('days_past_due'),
    share('late', 'En mora', 'Late', sql`${dpd} > 0`, dpd),
    share('late_90', 'Con 90 días de mora o más', '90 days late or more', sql`${dpd} >= 90`, dpd),
    ...needs.currencies.flatMap((currency) =>
      ['balance', 'arrears'].map(
        (name): ProfileMetric => ({
          id: `${name}:${currency}`,
          title: titleOf(name),
          unit: 'money',
          currency,
          value: dialect.float(sql`CASE WHEN f.currency = ${currency} THEN ${f(name)} END`),
        }),
      ),
    ),
    number('customer_tenure_months'),
    number('account_age_months'),
    share('company', 'Empresas', 'Companies', sql`f.customer_type <> ${'person'}`, f('customer_type')),
    ...needs.products.map((product) =>
      share(
        `product:${product}`,
        `Producto ${product}`,
        `Product ${product}`,
        sql`f.product_type = ${product}`,
        f('product_type'),
      ),
    ),
    ...needs.scores.map(
      ({ model, title }): ProfileMetric => ({
        id: `score:${model}`,
        title: { es: `Puntaje: ${title.es}`, en: `Score: ${title.en}` },
        unit: 'share',
        currency: null,
        value: dialect.float(f(scoreColumn(model))),
      }),
    ),
    ...flagKinds.map((kind) => ({
      id: `flag:${kind}`,
      title: {
        es: first(`con ${flagTitles[kind]?.es ?? kind}`),
        en: first(`with ${flagTitles[kind]?.en ?? kind}`),
      },
      unit: 'share' as const,
      currency: null,
      value: when(f(flagColumn(kind)), raw('1')),
    })),
    ...(needs.recent.includes('days_since_payment')
      ? [
          share(
            'paid_30',
            'Con un pago en los últimos 30 días',
            'With a payment in the last 30 days',
            sql`coalesce(${f('days_since_payment')} <= 30, false)`,
            raw('1'),
          ),
        ]
      : []),
    ...(needs.recent.includes('days_since_contact')
      ? [
          share(
            'contacted_30',
            'Con un contacto en los últimos 30 días',
            'Contacted in the last 30 days',
            sql`coalesce(${f('days_since_contact')} <= 30, false)`,
            raw('1'),
          ),
        ]
      : []),
  ];
}

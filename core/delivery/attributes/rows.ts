import { armFact } from '../../segment/columns.ts';
import type { Picked } from '../../segment/size.ts';
import type { Dialect } from '../../sql/dialects/dialect.ts';
import { current } from '../../sql/dialects/duckdb.ts';
import { ident, join, literal, raw, type Sql, sql } from '../../sql/sql.ts';
import type { Attribute } from './list.ts';

const main = (column: Sql): Sql => sql`max(CASE WHEN p.place_n = 1 THEN ${column} END)`;

function attributeValue(dialect: Dialect, { source, type }: Attribute, segment: string): Sql {
  const none = dialect.cast(raw('NULL'), 'text');
  switch (source.is) {
    case 'segment':
      return literal(segment);
    case 'accounts':
      return dialect.cast(raw('count(*)'), 'bigint');
    case 'sum': {
      const own = sql`CASE WHEN p.currency IS NOT DISTINCT FROM p.main_currency THEN p.${ident(source.fact)} END`;
      return dialect.cast(dialect.cast(sql`sum(${own})`, 'money'), 'text');
    }
    case 'fact':
      return type === 'number'
        ? main(sql`p.${ident(source.fact)}`)
        : dialect.cast(main(sql`p.${ident(source.fact)}`), 'text');
    case 'arm': {
      if (!source.running) return none;
      const arm = main(sql`p.${ident(armFact(source.experiment))}`);
      if (source.as === null) return arm;
      if (source.as.size === 0) return none;
      const cases = [...source.as].map(([name, value]) => sql`WHEN ${literal(name)} THEN ${literal(value)}`);
      return sql`CASE ${arm} ${join(cases, ' ')} END`;
    }
    case 'address':
      return sql`(SELECT min(d.address) FROM ${current('contact_points')} d
        WHERE d.customer_id = p.customer_id AND d.channel = ${literal(source.channel)} AND d.valid)`;
  }
}

/**
 * Attributes of the people of a segment: relation(customer_id, payload), one row a person, `payload` being a JSON object
 * of the attributes by name in the order given; amounts are decimal text, what is not known is null. Facts are those of
 * the person's account longest overdue, of equal ones the first by id. Accounts without a person are one row without an id.
 */
export function attributeRows(
  dialect: Dialect,
  given: { picked: Picked; segment: string; attributes: readonly Attribute[] },
): Sql {
  const { picked, segment, attributes } = given;
  const values = attributes.map(
    (attribute) => sql`${attributeValue(dialect, attribute, segment)} AS ${ident(attribute.name)}`,
  );
  const order = raw('ORDER BY coalesce(q.days_past_due, -1) DESC, q.account_id');
  return sql`SELECT v.customer_id, ${dialect.jsonObject(attributes.map(({ name }) => [name, sql`v.${ident(name)}`]))} AS payload
  FROM (
    SELECT p.customer_id, ${join(values)} FROM (
      SELECT q.*, row_number() OVER (PARTITION BY q.customer_id ${order}) AS place_n,
        first_value(q.currency) OVER (PARTITION BY q.customer_id ${order}) AS main_currency
      FROM (SELECT f.* FROM (${picked.facts}) f WHERE ${picked.predicate}) q
    ) p GROUP BY p.customer_id
  ) v`;
}

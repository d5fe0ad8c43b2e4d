import type { Dialect } from '../sql/dialects/dialect.ts';
import { join, raw, type Sql, sql } from '../sql/sql.ts';

/**
 * One row with `fingerprint`, a hash of which accounts a relation with account_id holds, whatever their order: of how many
 * they are and the sums of the four words of their ids' md5.
 */
export function fingerprintOf(dialect: Dialect, members: Sql): Sql {
  const words = [0, 1, 2, 3].map((word) =>
    dialect.cast(sql`coalesce(sum(${dialect.md5Word(raw('m.account_id'), word)}), 0)`, 'text'),
  );
  const parts = [dialect.cast(raw('count(*)'), 'text'), ...words];
  return sql`SELECT ${dialect.md5(join(parts, " || ':' || "))} AS fingerprint FROM (${members}) m`;
}

import type { Dialect } from '#core/sql/dialects/dialect.ts';
import { double } from '#core/sql/double.ts';
import { ident, join, literal, type Sql, sql } from '#core/sql/sql.ts';
import type { SavedScorecard, Term } from './saved.ts';

/** What a row's bin of one column adds to the log odds, as a CASE over the column. */
function termExpression({ bins, coefficient }: Term): Sql {
  const column = ident(bins.column);
  const adds = (bin: number) => double(coefficient * bins.woe[bin]!);
  if (bins.kind === 'numeric') {
    const missing = bins.cuts.length + 1;
    const branches = bins.cuts.map((cut, i) => sql`WHEN ${column} <= ${double(cut)} THEN ${adds(i)}`);
    return sql`CASE WHEN ${column} IS NULL THEN ${adds(missing)} ${join(branches, ' ')} ELSE ${adds(missing - 1)} END`;
  }
  const missing = bins.groups.length;
  const branches = bins.groups.map(
    (names, i) => sql`WHEN ${column} IN (${join(names.map(literal))}) THEN ${adds(i)}`,
  );
  return sql`CASE WHEN ${column} IS NULL THEN ${adds(missing)} ${join(branches, ' ')} ELSE ${adds(missing + 1)} END`;
}

/** The probability as an expression over columns named as the features; sums in the order `predict` does. */
export function scorecardExpression(dialect: Dialect, saved: SavedScorecard): Sql {
  const terms = saved.terms.map((term) => termExpression(term));
  const eta = join([double(saved.intercept), ...terms], '\n  + ');
  return sql`(1e0 / (1e0 + ${dialect.exp(sql`-(${eta})`)}))`;
}

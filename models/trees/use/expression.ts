import type { Dialect } from '#core/sql/dialects/dialect.ts';
import { double } from '#core/sql/double.ts';
import { ident, join, literal, raw, type Sql, sql } from '#core/sql/sql.ts';
import { otherBin } from '../bins/bins.ts';
import type { SavedTree, SavedTrees } from '../saved.ts';

type Column = SavedTrees['columns'][number];

/** Whether a row goes left, never NULL where it matters: CASE takes NULL for no. */
function leftCondition(tree: SavedTree, node: number, of: Column): Sql {
  const column = ident(of.name);
  const missingLeft = tree.missingLeft[node]!;
  if (of.kind === 'numeric') {
    const cut = tree.cuts[node]!;
    if (cut === null) return sql`${column} IS NOT NULL`;
    const below = sql`${column} <= ${double(cut)}`;
    return missingLeft ? sql`(${column} IS NULL OR ${below})` : below;
  }
  const list = tree.lists[node]!;
  const othersLeft = list.includes(otherBin);
  const named = of.names.filter((_, i) => list.includes(i + 2) !== othersLeft);
  const inList =
    named.length > 0
      ? sql`${column} ${raw(othersLeft ? 'NOT IN' : 'IN')} (${join(named.map(literal))})`
      : othersLeft
        ? sql`${column} IS NOT NULL`
        : raw('false');
  return missingLeft ? sql`(${column} IS NULL OR ${inList})` : inList;
}

function treeExpression(tree: SavedTree, columns: readonly Column[]): Sql {
  const below = (child: number): Sql => {
    if (child < 0) return double(tree.values[-1 - child]!);
    const condition = leftCondition(tree, child, columns[tree.columns[child]!]!);
    return sql`CASE WHEN ${condition} THEN ${below(tree.lefts[child]!)} ELSE ${below(tree.rights[child]!)} END`;
  };
  return below(tree.columns.length > 0 ? 0 : -1);
}

/** Terms added two by two, so that engines which limit how deep an expression is can read thousands. */
function sumOf(terms: readonly Sql[]): Sql {
  if (terms.length === 1) return terms[0]!;
  const half = terms.length >> 1;
  return sql`(${sumOf(terms.slice(0, half))}\n+ ${sumOf(terms.slice(half))})`;
}

/** The prediction as an expression over columns named as the features. */
export function treesExpression(dialect: Dialect, saved: SavedTrees): Sql {
  const sum = sumOf([double(saved.base), ...saved.trees.map((tree) => treeExpression(tree, saved.columns))]);
  return saved.objective === 'squared' ? sum : sql`(1e0 / (1e0 + ${dialect.exp(sql`-${sum}`)}))`;
}

import type { Fitted } from '../learner.ts';
import type { SavedTrees } from './saved.ts';
import { treesExpression } from './use/expression.ts';
import { blockReader, flatten } from './use/flat.ts';
import { sumTrees } from './use/predict.ts';
import { explainTrees } from './use/shap.ts';

/** Trees ready to predict, explain and be written as SQL. */
export function treesModel(saved: SavedTrees): Fitted {
  const flat = flatten(saved);
  const names = saved.columns.map(({ name }) => name);
  return {
    predict(matrix) {
      const sums = sumTrees(flat, saved.base, matrix.rows, blockReader(saved, matrix));
      if (saved.objective === 'logistic')
        for (let i = 0; i < sums.length; i++) sums[i] = 1 / (1 + Math.exp(-sums[i]!));
      return sums;
    },
    toSql: (dialect) => treesExpression(dialect, saved),
    contributions: (matrix) => explainTrees(flat, saved.base, names, matrix.rows, blockReader(saved, matrix)),
    save: () => saved,
    describe: () => ({
      used: names,
      information: Object.fromEntries(names.map((name, i) => [name, saved.gains[i]!])),
      points: [],
      complexity: flat.value.length,
    }),
  };
}

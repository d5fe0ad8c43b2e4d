import { DomainError } from '#core/errors/domain-error.ts';
import type { Fitted } from '../learner.ts';
import type { Matrix } from '../matrix.ts';
import { scorecardContributions } from './contributions.ts';
import { encodeRows } from './encode.ts';
import { scorecardExpression } from './expression.ts';
import { pointsTable } from './points.ts';
import type { SavedScorecard } from './saved.ts';

/** A scorecard ready to predict: sums, in the order of its terms, what the bin of each column adds. */
export function scorecardModel(saved: SavedScorecard): Fitted {
  return {
    predict(matrix: Matrix): Float64Array {
      const eta = new Float64Array(matrix.rows).fill(saved.intercept);
      for (const { bins, coefficient } of saved.terms) {
        const column = matrix.columns.find(({ name }) => name === bins.column);
        if (!column) throw new DomainError('model_column_missing', { column: bins.column });
        const adds = encodeRows(bins, column, coefficient);
        for (let i = 0; i < matrix.rows; i++) eta[i]! += adds[i]!;
      }
      return eta.map((value) => 1 / (1 + Math.exp(-value)));
    },
    toSql: (dialect) => scorecardExpression(dialect, saved),
    contributions: (matrix) => scorecardContributions(saved, matrix),
    save: () => saved,
    describe: () => ({
      used: saved.terms.map(({ bins }) => bins.column),
      information: saved.information,
      points: pointsTable(saved),
      complexity: saved.terms.reduce((sum, { bins }) => sum + bins.woe.length, 1),
    }),
  };
}

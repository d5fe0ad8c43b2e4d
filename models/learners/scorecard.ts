import type { Learner } from '../learner.ts';
import type { Matrix, MatrixColumn } from '../matrix.ts';
import { binCategories } from '../scorecard/binning/bin-category.ts';
import { binNumeric } from '../scorecard/binning/bin-numeric.ts';
import type { Bins } from '../scorecard/binning/bins.ts';
import { binByHand } from '../scorecard/by-hand.ts';
import { encodeRows } from '../scorecard/encode.ts';
import { scorecardModel } from '../scorecard/model.ts';
import { type ScorecardOptions, scorecardOptions } from '../scorecard/options.ts';
import { savedScorecard } from '../scorecard/saved.ts';
import { type Candidate, informationOf, selectColumns } from '../scorecard/select.ts';

function binColumn(column: MatrixColumn, matrix: Matrix, options: ScorecardOptions): Bins | null {
  const given = options.bins[column.name];
  if (given) return binByHand(column, matrix, given, options.smoothing);
  const sample = { target: matrix.target!, weights: matrix.weights };
  return column.kind === 'numeric'
    ? binNumeric(
        column.name,
        { ...sample, values: column.values },
        options,
        options.monotone[column.name] ?? 'none',
      )
    : binCategories(column.name, { ...sample, ...column }, options);
}

/**
 * Weight-of-evidence bins and a logistic regression on them (Siddiqi, Intelligent Credit Scoring, 2017). Missing
 * is a bin. Coefficients carry a light ridge penalty; their standard errors are those of the penalised fit.
 */
const scorecard: Learner<ScorecardOptions> = {
  text: {
    title: { es: 'Tarjeta de puntaje', en: 'Scorecard' },
    summary: {
      es: 'Tramos con peso de evidencia y regresión logística; se lee como una tabla de puntos',
      en: 'Weight-of-evidence bins and a logistic regression; read as a table of points',
    },
  },
  options: scorecardOptions,
  fit({ matrix, options, onProgress, checkCancelled }) {
    const target = matrix.target;
    if (!target) throw new TypeError('a matrix to fit needs its target');
    const candidates: Candidate[] = [];
    const information: Record<string, number> = {};
    matrix.columns.forEach((column, i) => {
      checkCancelled();
      const bins = binColumn(column, matrix, options);
      if (bins) {
        const value = informationOf(bins);
        information[column.name] = value;
        if (value >= options.minInformation)
          candidates.push({ bins, encoded: encodeRows(bins, column), information: value });
      }
      onProgress({ done: (0.5 * (i + 1)) / matrix.columns.length, note: column.name });
    });
    const { chosen, fit } = selectColumns(
      candidates,
      { target, weights: matrix.weights },
      options,
      (left) => {
        checkCancelled();
        onProgress({ done: 0.75, note: String(left) });
      },
    );
    onProgress({ done: 1, note: String(chosen.length) });
    return scorecardModel({
      intercept: fit.intercept,
      interceptError: fit.standardErrors[0]!,
      terms: chosen.map(({ bins, information: value }, i) => ({
        bins,
        coefficient: fit.coefficients[i]!,
        standardError: fit.standardErrors[i + 1]!,
        information: value,
      })),
      information,
      scale: {
        basePoints: options.basePoints,
        baseOdds: options.baseOdds,
        pointsToDouble: options.pointsToDouble,
      },
    });
  },
  restore: (saved) => scorecardModel(savedScorecard.parse(saved)),
};
export default scorecard;

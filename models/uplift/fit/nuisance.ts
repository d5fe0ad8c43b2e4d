import { type Matrix, pickNumbers, takeRows } from '../../matrix.ts';
import { type Logged, rowsWhere } from '../data/logged.ts';
import { type Fitting, fitChance, type Regression } from './pseudo.ts';

/** Models of what follows each arm and of how arms were chosen, fitted on some rows. */
export interface Nuisances {
  outcome: readonly Regression[];
  /** Empty where the probabilities were written down. */
  chosen: readonly Regression[];
}

type Labelled = Matrix & { target: Float64Array };

/** Outcome by arm from the rows that got it, and each arm against all others from the rows that could get it. */
export async function fitNuisances(fitting: Fitting, logged: Logged, rows: Int32Array): Promise<Nuisances> {
  const { matrix, arms, taken, permitted, recorded } = logged;
  const part = (places: Int32Array, target: Float64Array): Labelled => ({
    ...takeRows(matrix, places),
    target,
  });
  const outcome: Regression[] = [];
  const chosen: Regression[] = [];
  for (let arm = 0; arm < arms.length; arm++) {
    fitting.checkCancelled();
    const got = rows.filter((row) => taken[row] === arm);
    outcome.push(await fitChance(fitting, part(got, pickNumbers(matrix.target, got))));
    if (recorded) continue;
    const could = rows.filter((row) => permitted[arm]![row] === 1);
    const is = Float64Array.from(could, (row) => (taken[row] === arm ? 1 : 0));
    chosen.push(await fitChance(fitting, part(could, is)));
  }
  return { outcome, chosen };
}

/** What the models say of some rows, by arm: chance of the outcome, and chance that the arm was chosen. */
export interface Judged {
  outcome: Float64Array[];
  propensity: Float64Array[];
}

/**
 * Chances of the arms add up to 1 over the arms the person could be given: each is what one-against-the-rest says over
 * the sum of all. An arm not permitted has chance 0.
 */
export function normalise(propensity: readonly Float64Array[], permitted: readonly Uint8Array[]): void {
  const rows = propensity[0]?.length ?? 0;
  for (let row = 0; row < rows; row++) {
    let sum = 0;
    for (let arm = 0; arm < propensity.length; arm++) {
      if (permitted[arm]![row] !== 1) propensity[arm]![row] = 0;
      sum += propensity[arm]![row]!;
    }
    if (sum > 0) for (const values of propensity) values[row] = values[row]! / sum;
  }
}

/** @param rows of `logged` that the models did not see */
export function judgeRows(nuisances: Nuisances, logged: Logged, rows: Int32Array): Judged {
  const seen = takeRows(logged.matrix, rows);
  const outcome = nuisances.outcome.map((model) => model.predict(seen));
  if (logged.recorded)
    return { outcome, propensity: logged.recorded.map((values) => pickNumbers(values, rows)) };
  const propensity = nuisances.chosen.map((model) => model.predict(seen));
  normalise(
    propensity,
    logged.permitted.map((values) => Uint8Array.from(rows, (row) => values[row]!)),
  );
  return { outcome, propensity };
}

/**
 * Models for each fold, fitted on the rows of `rows` in all other folds: what they say of a fold's customers is said
 * without having seen them, on any date.
 *
 * @param fold of each row of `logged`; all rows of a customer are in one
 */
export async function fitByFold(
  fitting: Fitting,
  logged: Logged,
  rows: Int32Array,
  fold: Int32Array,
  folds: number,
  onFold: (done: number) => void,
): Promise<Nuisances[]> {
  const byFold: Nuisances[] = [];
  for (let k = 0; k < folds; k++) {
    byFold.push(
      await fitNuisances(
        fitting,
        logged,
        rows.filter((row) => fold[row] !== k),
      ),
    );
    onFold((k + 1) / folds);
  }
  return byFold;
}

/** What is said of every row by the models of its fold. */
export function judgeByFold(byFold: readonly Nuisances[], logged: Logged, fold: Int32Array): Judged {
  const { rows } = logged.matrix;
  const blank = () => logged.arms.map(() => new Float64Array(rows));
  const judged: Judged = { outcome: blank(), propensity: blank() };
  byFold.forEach((nuisances, k) => {
    const inside = rowsWhere(rows, (row) => fold[row] === k);
    const said = judgeRows(nuisances, logged, inside);
    for (let arm = 0; arm < logged.arms.length; arm++)
      inside.forEach((row, i) => {
        judged.outcome[arm]![row] = said.outcome[arm]![i]!;
        judged.propensity[arm]![row] = said.propensity[arm]![i]!;
      });
  });
  return judged;
}

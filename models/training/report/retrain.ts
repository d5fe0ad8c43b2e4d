import type { ModelCard } from '#core/contract/models/card.ts';
import { evaluate } from '../../evaluate.ts';
import { seededRandom } from '../../maths/random.ts';
import { pickNumbers, takeRows } from '../../matrix.ts';
import { finalWeight, type Winner } from '../compete.ts';
import { fitRows, type Run } from '../fit.ts';
import { type Inner, innerFolds } from '../inner.ts';
import type { Pace } from '../pace.ts';
import type { Split } from '../split.ts';
import { calibrated } from '../trained.ts';
import { countingOf, tryLearner } from '../try-learner.ts';
import { type Retrained, stabilityOf } from './stability.ts';

interface Again {
  /** How many other seeds. */
  seeds: number;
  labelEnd: ReadonlyMap<number, number>;
  pace: Pace;
}

/**
 * The chosen learner trained again under other seeds: folds, calibration and the fit itself. Outcomes out of time are
 * not looked at; only the probabilities of those rows are compared.
 */
export async function retrain(
  run: Run,
  split: Split,
  { chosen, fitted }: Winner,
  { seeds, labelEnd, pace }: Again,
): Promise<NonNullable<ModelCard['stability']>> {
  const rows = takeRows(run.matrix, split.kind === 'out_of_time' ? split.test : split.train);
  const aucOf = (inner: Inner, p: Float64Array) => {
    const target = pickNumbers(run.matrix.target!, inner.rows);
    return evaluate('all', target, p, countingOf(run, inner.rows)).auc.estimate;
  };
  const first = calibrated(fitted, chosen.calibration).predict(rows);
  const runs: Retrained[] = [
    { seed: run.seed, auc: aucOf(split.inner, chosen.probabilities), probabilities: first },
  ];
  for (let i = 1; i <= seeds; i++) {
    const own = { ...run, seed: run.seed + i };
    const inner = innerFolds(run.matrix, split.train, labelEnd, seededRandom(own.seed));
    const tried = await tryLearner(own, inner, chosen, pace);
    const onProgress = pace.part(finalWeight, chosen.id);
    const again = await fitRows(own, { ...chosen, use: 'final', rows: split.train, onProgress });
    runs.push({
      seed: own.seed,
      auc: aucOf(inner, tried.probabilities),
      probabilities: calibrated(again, tried.calibration).predict(rows),
    });
  }
  return stabilityOf(runs);
}

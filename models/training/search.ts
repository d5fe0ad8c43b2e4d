import type { ModelCard } from '#core/contract/models/card.ts';
import type { Learner, Progress } from '../learner.ts';
import { seededRandom, shuffled } from '../maths/random.ts';
import { pickNumbers, pickRows, takeRows } from '../matrix.ts';
import { logLoss } from '../metrics/accuracy.ts';
import { fitRows, type Run, rethrowCancel, seedOf } from './fit.ts';
import type { Inner, Round } from './inner.ts';

/** Of each three, one goes on, fitted on three times as many customers. */
const keepOneOf = 3;
const shares = [1 / 9, 1 / 3, 1];
const mostTrials = 81;

export interface Searched {
  options: unknown;
  rungs: NonNullable<ModelCard['search']>['rungs'];
  trials: number;
  spentSeconds: number;
}

interface Trial {
  /** In the order drawn; 0 is what was asked for. */
  number: number;
  options: unknown;
  loss: number;
}

/**
 * Better options for a learner by successive halving (Jamieson and Talwalkar 2016): options drawn from the seed are
 * fitted on a ninth of the customers, the best third of them on a third, the best third of those on all, each judged
 * by the log loss of the rows the first inner round holds out – two rounds on the last rung. What was asked for is a
 * trial of its own on every rung and wins ties. The budget ends a rung early; the order of trials does not depend on
 * it, so that the same trials choose the same options. Rows out of time are never touched.
 *
 * @param seconds of this learner's part of the budget
 */
export async function searchOptions(
  run: Run,
  inner: Inner,
  way: { id: string; learner: Learner; options: unknown },
  seconds: number,
  onProgress: (progress: Progress) => void,
): Promise<Searched> {
  const began = run.clock();
  const spent = () => run.clock() - began;
  const { propose } = way.learner;
  const rungs: Searched['rungs'] = [];
  const done = (options: unknown): Searched => ({
    options,
    rungs,
    trials: rungs[0]?.trials ?? 0,
    spentSeconds: spent(),
  });
  if (!propose || seconds <= 0) return done(way.options);
  const random = seededRandom(seedOf(run.seed, 'search'));
  let waiting: Trial[] = [{ number: 0, options: way.options, loss: 0 }];
  for (let number = 1; number < mostTrials; number++)
    waiting.push({ number, options: propose(random, way.options), loss: 0 });
  let best = waiting[0]!;
  for (const [rung, share] of shares.entries()) {
    const limit = (seconds * (rung + 1)) / shares.length;
    const rounds = inner.rounds
      .slice(0, rung === shares.length - 1 ? 2 : 1)
      .map((round) => thinned(run, round, share));
    const finished: Trial[] = [];
    for (const trial of waiting) {
      if (finished.length > 0 && spent() >= limit) break;
      const loss = await lossOf(run, inner, rounds, { ...way, options: trial.options });
      finished.push({ ...trial, loss });
      const least = Math.min(...finished.map((one) => one.loss)).toFixed(4);
      const note = `${rung + 1}/${shares.length} · ${finished.length} · ${least}`;
      onProgress({ done: Math.min(1, spent() / seconds), note });
    }
    finished.sort((a, b) => a.loss - b.loss || a.number - b.number);
    if (!Number.isFinite(finished[0]!.loss)) break;
    rungs.push({ rowsShare: share, trials: finished.length, bestLogLoss: finished[0]!.loss });
    if (finished.length > 1) best = finished[0]!;
    const kept = finished.slice(0, Math.ceil(finished.length / keepOneOf));
    const asked = finished.find(({ number }) => number === 0)!;
    waiting = [asked, ...kept.filter((one) => one !== asked)];
    if (waiting.length === 1 || spent() >= seconds) break;
  }
  return done(best.options);
}

/** The round fitted on part of its customers: the same ones for every trial. */
function thinned({ matrix, seed }: Run, round: Round, share: number): Round {
  if (share >= 1) return round;
  const groups = [...new Set(Array.from(round.fit, (row) => matrix.groups[row]!))].sort((a, b) => a - b);
  const order = shuffled(groups.length, seededRandom(seedOf(seed, `share ${share}`)));
  const taken = new Set(Array.from(order.subarray(0, Math.ceil(groups.length * share)), (i) => groups[i]!));
  return { ...round, fit: round.fit.filter((row) => taken.has(matrix.groups[row]!)) };
}

/** Mean log loss over the rounds; infinite where the options cannot be fitted. @throws cancelled */
async function lossOf(
  run: Run,
  inner: Inner,
  rounds: readonly Round[],
  way: { learner: Learner; options: unknown },
): Promise<number> {
  const { matrix } = run;
  let sum = 0;
  try {
    for (const { fit, held } of rounds) {
      const fitted = await fitRows(run, { ...way, use: 'search fit', rows: fit, onProgress: () => {} });
      const rows = pickRows(inner.rows, held);
      const p = fitted.predict(takeRows(matrix, rows));
      const weights = matrix.weights && pickNumbers(matrix.weights, rows);
      sum += logLoss(pickNumbers(matrix.target!, rows), p, weights) ?? Number.POSITIVE_INFINITY;
    }
  } catch (error) {
    rethrowCancel(error);
    return Number.POSITIVE_INFINITY;
  }
  return sum / rounds.length;
}

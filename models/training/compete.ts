import type { ModelCard } from '#core/contract/models/card.ts';
import type { Fitted } from '../learner.ts';
import { pickNumbers } from '../matrix.ts';
import { chooseLearner, type Failed } from './compare.ts';
import { type Asked, fitRows, type Run, requireProbabilities, rethrowCancel } from './fit.ts';
import type { Inner } from './inner.ts';
import type { Pace } from './pace.ts';
import { searchOptions } from './search.ts';
import { countingOf, type Tried, tryLearner } from './try-learner.ts';

/** What the parts of a run count in its progress: one for each round of a fold. */
export const searchWeight = 4;
export const finalWeight = 1.5;

export interface Competition {
  tried: Tried[];
  failed: Failed[];
  search: ModelCard['search'];
}

/**
 * Every learner asked for, on the same inner folds, with better options where time to search was given. One that
 * fails is put aside with why; when all do, the first one's failure is thrown.
 */
export async function compete(
  run: Run,
  inner: Inner,
  asked: readonly Asked[],
  searchSeconds: number,
  pace: Pace,
): Promise<Competition> {
  const tried: Tried[] = [];
  const failed: Failed[] = [];
  const search = { budgetSeconds: searchSeconds, spentSeconds: 0, trials: 0, rungs: [] } as NonNullable<
    ModelCard['search']
  >;
  for (const [i, { id, open, options }] of asked.entries()) {
    try {
      const learner = await open();
      requireProbabilities(id, learner);
      let found: unknown = learner.options.parse(options);
      if (searchSeconds > 0) {
        const seconds = (searchSeconds - search.spentSeconds) / (asked.length - i);
        const tell = pace.part(searchWeight, id);
        const searched = await searchOptions(run, inner, { id, learner, options: found }, seconds, tell);
        found = searched.options;
        search.spentSeconds += searched.spentSeconds;
        search.trials += searched.trials;
        search.rungs.push(...searched.rungs);
      }
      tried.push(await tryLearner(run, inner, { id, learner, options: found }, pace));
    } catch (error) {
      rethrowCancel(error);
      failed.push({ id, options, error });
    }
  }
  if (tried.length === 0) throw failed[0]!.error;
  return { tried, failed, search: searchSeconds > 0 ? search : null };
}

export interface Winner {
  chosen: Tried;
  best: Tried;
  /** Fitted on all training rows. */
  fitted: Fitted;
}

/**
 * The learner the rule keeps, fitted on all training rows; should that fail, it goes from those tried to those failed and
 * the rule is asked again.
 */
export async function crown(
  run: Run,
  { tried, failed }: Competition,
  rows: { inner: Inner; train: Int32Array },
  pace: Pace,
): Promise<Winner> {
  const target = pickNumbers(run.matrix.target!, rows.inner.rows);
  const counting = countingOf(run, rows.inner.rows);
  let firstError: unknown;
  while (tried.length > 0) {
    const { chosen, best } = chooseLearner(tried, target, counting);
    const onProgress = pace.part(finalWeight, chosen.id);
    try {
      const fitted = await fitRows(run, { ...chosen, use: 'final', rows: rows.train, onProgress });
      return { chosen, best, fitted };
    } catch (error) {
      rethrowCancel(error);
      firstError ??= error;
      failed.push({ id: chosen.id, options: chosen.options, error });
      tried.splice(tried.indexOf(chosen), 1);
    }
  }
  throw firstError;
}

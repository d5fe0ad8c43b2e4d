import type { RegisteredVersion } from '#core/contract/models/models.ts';
import type { Swaps } from '#core/contract/models/swaps.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import { ident, join, sql } from '#core/sql/sql.ts';
import type { Matrix, MatrixColumn } from '#models/matrix.ts';
import { swapSet } from '#models/scorecard/swap-set.ts';
import type { Context } from '../../context.ts';
import type { EngineColumn } from '../../engine/engine.ts';
import { readRegistered } from '../../store/models/model-states.ts';
import { readSavedVersion } from '../../store/models/models.ts';
import { remembered } from '../../store/remembered.ts';
import { workspaceToday } from '../../store/workspace.ts';
import { runInWorker } from '../../threads/workers.ts';
import { trainingSetOf } from './again.ts';
import { questionOf } from './plan.ts';
import type { PredictTask } from './predict-worker.ts';

const workerFile = new URL('./predict-worker.ts', import.meta.url);

/** Since when a version was last made champion; empty where it never was. */
const championSince = ({ history }: RegisteredVersion): string =>
  history.findLast(({ state }) => state === 'champion')?.at ?? '';

/** The champion; for the champion, the one before it. @throws nothing_to_swap */
function rivalOf(version: RegisteredVersion, all: readonly RegisteredVersion[]): RegisteredVersion {
  const others = all.filter(({ id, model }) => model === version.model && id !== version.id);
  const rival =
    version.state === 'champion'
      ? others
          .filter((one) => championSince(one) !== '')
          .toSorted((a, b) => (championSince(a) < championSince(b) ? 1 : -1))[0]
      : others.find(({ state }) => state === 'champion');
  if (!rival)
    throw new DomainError('nothing_to_swap', { versionId: version.id.slice(0, 10), model: version.model });
  return rival;
}

function find(all: readonly RegisteredVersion[], id: string): RegisteredVersion {
  const found = all.find((version) => version.id === id);
  if (!found) throw new DomainError('not_found', { kind: 'model version', id });
  return found;
}

/** Dates the version was tested on and neither of the two learnt from. @throws swap_without_rows */
function datesOf(version: RegisteredVersion, rival: RegisteredVersion): string[] {
  const learnt = new Set([...version.card.validation.trainedOn, ...rival.card.validation.trainedOn]);
  const dates = version.card.validation.testedOn.filter((date) => !learnt.has(date));
  if (dates.length === 0)
    throw new DomainError('swap_without_rows', {
      versionId: version.id.slice(0, 10),
      other: rival.id.slice(0, 10),
    });
  return dates;
}

const numbers = (column: EngineColumn | undefined): Float64Array => {
  if (column?.kind !== 'numeric') throw new TypeError('a numeric column was expected');
  return column.values;
};

/**
 * Who would come in and go out with a version, against another at an equal share selected, on rows neither learnt from.
 *
 * @throws not_found, nothing_to_swap, made_elsewhere, swap_without_rows, data_changed, model_column_missing
 */
export async function readSwaps(
  context: Context,
  versionId: string,
  { against, share }: { against?: string | undefined; share: number },
): Promise<Swaps> {
  const { engine, registry } = context;
  const all = await readRegistered(engine, await workspaceToday(context));
  const version = find(all, versionId);
  const rival = against === undefined ? rivalOf(version, all) : find(all, against);
  const { target, kind = 'probability' } = questionOf(registry, version.model);
  if (rival.model !== version.model || target === 'share' || kind !== 'probability')
    throw new DomainError('nothing_to_swap', { versionId: versionId.slice(0, 10), model: version.model });
  const pushed = [version, rival].find(({ learner }) => learner === 'external');
  if (pushed) throw new DomainError('made_elsewhere', { learner: pushed.learner });
  const dates = datesOf(version, rival);
  return remembered(engine, `swaps ${version.id} ${rival.id} ${share}`, () =>
    swap(context, version, rival, dates, share),
  );
}

async function swap(
  context: Context,
  version: RegisteredVersion,
  rival: RegisteredVersion,
  dates: readonly string[],
  share: number,
): Promise<Swaps> {
  const { engine } = context;
  const set = await trainingSetOf(context, version.id, undefined, { accounts: true });
  const days = join(dates.map((date) => engine.dialect.date(date)));
  const features = join(version.card.features.map(({ name }) => ident(name)));
  const { rows, columns } = await engine.columns(
    sql`SELECT row_target, row_bucket, ${features} FROM (${set}) s WHERE row_day IN (${days}) ORDER BY row_day, row_account`,
  );
  const matrix: Matrix = {
    rows,
    columns: version.card.features.flatMap(({ name }): MatrixColumn[] => {
      const column = columns.get(name);
      return column ? [{ name, ...column }] : [];
    }),
    groups: new Int32Array(rows),
    day: new Int32Array(rows),
  };
  const models = [
    (await readSavedVersion(engine, version.id)).model,
    (await readSavedVersion(engine, rival.id)).model,
  ];
  const [own, other] = await runInWorker<PredictTask, Float64Array[]>(
    workerFile,
    { matrix, models },
    { onProgress: () => {}, checkCancelled: () => {} },
  );
  const bucket = columns.get('row_bucket');
  const { selected, cutOffs, cells, difference } = swapSet({
    target: numbers(columns.get('row_target')),
    own: own!,
    other: other!,
    parts:
      bucket?.kind === 'categorical'
        ? { codes: bucket.codes, labels: bucket.categories }
        : { codes: new Int32Array(rows).fill(-1), labels: [] },
    share,
  });
  return {
    versionId: version.id,
    against: rival.id,
    share,
    dates: [...dates],
    rows,
    selected,
    cutOffs,
    cells,
    difference,
  };
}

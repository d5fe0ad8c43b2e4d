import type { Sql } from '#core/sql/sql.ts';
import type { SavedModel } from '#models/training/trained.ts';
import type { AppendedRows, Engine } from '../../engine/engine.ts';
import { readTexts, splitBatch, type Texts } from './batch.ts';
import { ScoringThreads } from './threads.ts';

/** Accounts and their scores, in the order the rows came; a few bytes a row. */
export interface Predicted {
  rows: number;
  /** May be read more than once. */
  batches: () => Iterable<AppendedRows>;
}

const rowsTogether = 2048;

function* pieces(blocks: readonly { accounts: Texts; scores: Float64Array }[]): Iterable<AppendedRows> {
  for (const { accounts, scores } of blocks)
    for (let from = 0; from < accounts.rows; from += rowsTogether) {
      const to = Math.min(accounts.rows, from + rowsTogether);
      yield { rows: to - from, columns: [readTexts(accounts, from, to), scores.subarray(from, to)] };
    }
}

/**
 * Scores the rows of a statement (account_id and the features: doubles or text) in threads. The rows stream out of the
 * engine in batches of 16,384; only a few batches are in memory at a time, and of each row its account and score stay.
 *
 * @throws what `checkCancelled` throws, and what the learner says of its saved model; no thread is left then
 */
export async function predictRows(
  engine: Engine,
  statement: Sql,
  saved: SavedModel,
  run: { threads: number; onRows: (rows: number) => void; checkCancelled: () => void },
): Promise<Predicted> {
  const threads = new ScoringThreads(run.threads);
  try {
    await threads.open(saved);
    const { batches } = await engine.arrow(statement);
    const blocks: { accounts: Texts; scores: Promise<Float64Array> }[] = [];
    let rows = 0;
    for await (const batch of batches) {
      run.checkCancelled();
      const { accounts, sent } = splitBatch(batch);
      const { scores } = await threads.predict(sent);
      scores.catch(() => {});
      blocks.push({ accounts, scores });
      rows += accounts.rows;
      run.onRows(rows);
    }
    const done = await Promise.all(
      blocks.map(async ({ accounts, scores }) => ({ accounts, scores: await scores })),
    );
    run.checkCancelled();
    return { rows, batches: () => pieces(done) };
  } finally {
    await threads.close();
  }
}

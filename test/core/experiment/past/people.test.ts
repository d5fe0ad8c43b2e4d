import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { meanScores, type PastSums, pastOutcomes, squaredCorrelation } from '#core/experiment/past/people.ts';
import { compileCondition } from '#core/segment/compile.ts';
import { accountFacts } from '#core/segment/facts.ts';
import { duckdb } from '#core/sql/dialects/duckdb.ts';
import { raw } from '#core/sql/sql.ts';
import { insertScores, insertSmallBook } from '../../../support/books/small-book.ts';
import { expectGolden } from '../../../support/golden.ts';
import { openTestWorkspace, type TestWorkspace } from '../../../support/workspace.ts';

describe('correlation of score and outcome, squared', () => {
  it('is that of the people', () => {
    const people = [
      [0.1, 0],
      [0.4, 0],
      [0.35, 1],
      [0.8, 1],
      [0.7, 0],
      [0.9, 1],
    ] as const;
    const sum = (value: (x: number, y: number) => number) =>
      people.reduce((total, [x, y]) => total + value(x, y), 0);
    const sums: PastSums = {
      n: 6,
      sum: 3,
      squares: 3,
      scored: 6,
      scored_sum: 3,
      scored_squares: 3,
      score_sum: sum((x) => x),
      score_squares: sum((x) => x * x),
      score_outcome: sum((x, y) => x * y),
    };
    const [mx, my] = [sum((x) => x) / 6, 0.5];
    const r =
      sum((x, y) => (x - mx) * (y - my)) /
      Math.sqrt(sum((x) => (x - mx) ** 2) * sum((_, y) => (y - my) ** 2));
    expect(squaredCorrelation(sums)).toBeCloseTo(r * r, 12);
  });

  it('is not known without scores or where nobody or everybody cleared', () => {
    const none = {
      n: 5,
      sum: 2,
      squares: 2,
      scored: 0,
      scored_sum: 0,
      scored_squares: 0,
      score_sum: 0,
      score_squares: 0,
      score_outcome: 0,
    };
    expect(squaredCorrelation(none)).toBeNull();
    expect(squaredCorrelation({ ...none, scored: 2, score_sum: 1, score_squares: 0.52 })).toBeNull();
  });
});

describe('what became of people like these', () => {
  let workspace: TestWorkspace;
  const span = { from: '2026-09-30', until: '2026-10-31' };
  const scores = [{ model: 'self-cure', versionId: 'v1', asOf: '2026-09-30' }];
  const predicate = compileCondition({ column: 'days_past_due', is: 'between', from: 1, to: 60 }, duckdb);
  const outcomes = () =>
    workspace.context.engine.first<PastSums>(
      pastOutcomes(duckdb, {
        facts: accountFacts(duckdb, span.from, scores),
        predicate,
        span,
        score: 'self-cure',
      }),
    );
  const change = (statement: string) => workspace.context.engine.run(raw(statement));
  beforeAll(async () => {
    workspace = await openTestWorkspace();
    await workspace.context.engine.transaction(async (session) => {
      await insertSmallBook(session, 600);
      await insertScores(session, span.from);
    });
  });
  afterAll(() => workspace.close());

  it('counts customers who were late, cleared when all their accounts are', async () => {
    const meant = await workspace.context.engine.first<{ n: number; sum: number }>(
      raw(`
      SELECT CAST(count(*) AS BIGINT) AS n, CAST(sum(CASE WHEN worst_after = 0 THEN 1 ELSE 0 END) AS BIGINT) AS sum FROM (
        SELECT customer_id, max(b.days_past_due) AS worst_before, max(e.days_past_due) AS worst_after
        FROM accounts JOIN snapshots b USING (account_id) JOIN snapshots e USING (account_id)
        WHERE b.as_of = DATE '2026-09-30' AND e.as_of = DATE '2026-10-31' GROUP BY 1) WHERE worst_before > 0`),
    );
    const found = await outcomes();
    expect(found).toMatchObject({ ...meant, scored: meant!.n, scored_sum: meant!.sum });
    expect(meant!.sum).toBeGreaterThan(50);
  });

  it('counts an account that left the book or was charged off as not cleared, and leaves out flagged people', async () => {
    const before = (await outcomes())!;
    const cured = `SELECT account_id FROM snapshots b JOIN snapshots e USING (account_id) WHERE b.as_of = DATE '2026-09-30'
      AND e.as_of = DATE '2026-10-31' AND b.days_past_due > 0 AND e.days_past_due = 0 AND account_id NOT LIKE '%0-_' ORDER BY 1`;
    const accounts = (
      await workspace.context.engine.rows<{ account_id: string }>(raw(`${cured} LIMIT 3`))
    ).map((row) => row.account_id);
    await change(
      `UPDATE snapshots SET status = 'charged_off' WHERE as_of = DATE '2026-10-31' AND account_id = '${accounts[0]}'`,
    );
    await change(
      `INSERT INTO flags SELECT customer_id, 'hardship', DATE '2026-09-01', NULL, 1, 1 FROM accounts WHERE account_id = '${accounts[1]}'`,
    );
    await change(`DELETE FROM snapshots WHERE as_of = DATE '2026-10-31' AND account_id = '${accounts[2]}'`);
    const after = (await outcomes())!;
    expect([after.n, after.sum]).toEqual([before.n - 2, before.sum - 3]);
  });

  it('is this text', async () => {
    await expectGolden(
      pastOutcomes(duckdb, { facts: raw('SELECT * FROM facts'), predicate, span, score: 'self-cure' }),
      'experiment/past-outcomes',
    );
    await expectGolden(
      meanScores(raw('SELECT * FROM facts'), predicate, raw('true'), 'self-cure'),
      'experiment/mean-scores',
    );
  });
});

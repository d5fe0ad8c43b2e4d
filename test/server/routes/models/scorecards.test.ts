import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RemoteError } from '#core/contract/client.ts';
import type { BinnedColumn } from '#core/contract/models/scorecards.ts';
import { measureBins, splitAt } from '#core/scorecard/edit.ts';
import { savedScorecard } from '#models/scorecard/saved.ts';
import { readSavedVersion } from '#server/store/models/models.ts';
import { insertLearnableBook } from '../../../support/books/learnable-book.ts';
import { startTestServer, type TestServer } from '../../../support/servers/server.ts';

let server: TestServer;
let versionId: string;

const finished = (jobId: string) => server.workspace.context.jobs.finished(jobId);
const savedOf = async (id: string) =>
  savedScorecard.parse((await readSavedVersion(server.workspace.context.engine, id)).model.fitted);
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => (error instanceof RemoteError ? error.problem.code : undefined),
  );
const informationOf = ({ fine, bins }: BinnedColumn) => measureBins(fine, bins, 0.5).information;
const read = (columns?: string) =>
  server.client.scorecards.bins({ params: { versionId }, query: columns === undefined ? {} : { columns } });

beforeAll(async () => {
  server = await startTestServer();
  await server.workspace.context.engine.transaction((session) => insertLearnableBook(session, 800));
  const job = await server.client.models.train({ params: { model: 'self-cure' }, body: {} });
  versionId = ((await finished(job.id)).result as { versionId: string }).versionId;
});
afterAll(() => server.close());

describe('the bins of a scorecard', () => {
  it('hold, in fine cells, just the rows it learnt from', async () => {
    const { columns, smoothing } = await read();
    const saved = await savedOf(versionId);
    expect(columns.map(({ name }) => name)).toEqual(saved.terms.map(({ bins }) => bins.column));
    for (const column of columns) {
      const { bins } = saved.terms.find((term) => term.bins.column === column.name)!;
      const seen = measureBins(column.fine, column.bins, smoothing);
      expect(seen.tallies).toEqual(bins.tallies);
      seen.woe.forEach((woe, i) => {
        expect(woe).toBeCloseTo(bins.woe[i]!, 12);
      });
      if (column.fine.kind === 'numeric') {
        expect([...column.fine.edges]).toEqual([...column.fine.edges].sort((a, b) => a - b));
        expect(new Set(column.fine.edges).size).toBe(column.fine.edges.length);
        expect('cuts' in column.bins && column.fine.edges).toEqual(
          expect.arrayContaining('cuts' in column.bins ? column.bins.cuts : []),
        );
      }
    }
  });

  it('are made anew for a column it does not use', async () => {
    const { card } = await server.client.models.get({ params: { versionId } });
    const other = card.features.find(({ used, missingShare }) => !used && missingShare < 0.5)!;
    const { columns } = await read(other.name);
    expect(columns).toHaveLength(1);
    expect(columns[0]).toMatchObject({ name: other.name, used: false, coefficient: null });
    const words = card.features.find(({ name }) => name === 'product_type') ?? other;
    expect((await read(words.name)).columns[0]!.name).toBe(words.name);
  });

  it('changed by hand make another version whose cuts stay, estimated anew', async () => {
    const { columns } = await read();
    const [edited] = columns
      .filter(({ fine }) => fine.kind === 'numeric')
      .toSorted((a, b) => informationOf(b) - informationOf(a));
    if (edited?.fine.kind !== 'numeric') throw new Error('no number among the columns');
    const { fine } = edited;
    const cut = fine.edges.find((edge) => !('cuts' in edited.bins && edited.bins.cuts.includes(edge)))!;
    const bins = splitAt(fine, edited.bins, cut);
    const job = await server.client.scorecards.retrain({
      params: { versionId },
      body: { bins: { [edited.name]: bins } },
    });
    const ended = await finished(job.id);
    expect(ended.error).toBeNull();
    const made = (ended.result as { versionId: string }).versionId;
    expect(made).not.toBe(versionId);
    const { card, state, learner } = await server.client.models.get({ params: { versionId: made } });
    expect({ state, learner }).toEqual({ state: 'candidate', learner: 'scorecard' });
    expect(card.learner.options).toMatchObject({ bins: { [edited.name]: bins } });
    const term = (await savedOf(made)).terms.find((one) => one.bins.column === edited.name)!;
    expect(term.bins.kind === 'numeric' && { cuts: term.bins.cuts }).toEqual(bins);
    expect(term.bins.tallies).toEqual(measureBins(fine, bins, 0.5).tallies);
  });

  it('are refused, by name, where they cannot be', async () => {
    expect(await codeOf(read('luck'))).toBe('column_not_offered');
    const retrain = (bins: object) =>
      server.client.scorecards.retrain({ params: { versionId }, body: { bins: bins as never } });
    expect(await codeOf(retrain({ luck: { cuts: [1] } }))).toBe('column_not_offered');
    expect(await codeOf(retrain({ dpd_now: { cuts: [3, 1] } }))).toBe('invalid_input');
    const { columns } = await read();
    const number = columns.find(({ fine }) => fine.kind === 'numeric')!;
    const job = await retrain({ [number.name]: { groups: [['a']] } });
    expect((await finished(job.id)).error?.code).toBe('bins_do_not_fit');
    expect(await codeOf(server.client.scorecards.bins({ params: { versionId: 'none' } }))).toBe('not_found');
  });
});

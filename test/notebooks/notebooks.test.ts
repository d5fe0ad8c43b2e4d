import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Connection, connect } from '#server/cli/connection.ts';
import { type DemoReport, runLine } from '#server/cli/demo-line.ts';
import { plans } from '#server/cli/demo-plans.ts';
import { readConfig } from '#server/config.ts';
import type { NotebookRun } from '../../notebooks/kit/outputs.ts';
import { pageHtml } from '../../notebooks/kit/page/page.ts';
import { notebooksIn, openStudio, type Ran, type Studio } from '../../notebooks/kit/studio.ts';
import { approveWithReasons } from '../support/models/approve.ts';
import { startTestServer, type TestServer } from '../support/servers/server.ts';

const names = notebooksIn();

let studio: Studio;
let server: TestServer;
let connection: Connection;
const config = readConfig({ threads: 1, memoryLimit: '1GB' });

const run = (name: string): Promise<Ran> => studio.run(name, { connection, name: 'test', config });
const outputsOf = ({ cells }: NotebookRun) => cells.flatMap(({ outputs }) => outputs);
const failuresOf = ({ cells }: NotebookRun) => cells.flatMap(({ failure }) => (failure ? [failure] : []));
const checksOf = (run: NotebookRun) =>
  outputsOf(run).flatMap((output) => (output.kind === 'check' ? [output] : []));

beforeAll(async () => {
  server = await startTestServer();
  connection = await connect(config, { server: server.origin, token: await server.token() });
  studio = await openStudio();
});
afterAll(async () => {
  await studio.close();
  await connection.close();
  await server.close();
});

it('there are notebooks', () => expect(names).toContain('01-the-line'));

describe('on an empty workspace', () => {
  it.each(names)('%s runs, and says which step comes first', async (name) => {
    const { run: done } = await run(name);
    expect(failuresOf(done)).toEqual([]);
    expect(done.state).toBe('done');
    const missing = outputsOf(done).flatMap((output) => (output.kind === 'not_yet' ? [output.step] : []));
    expect(missing).toContain('load');
    expect(checksOf(done)).toEqual([]);
  });
});

describe('on the whole line', () => {
  let report: DemoReport;
  const ran = new Map<string, Ran>();

  beforeAll(async () => {
    report = await runLine(connection, plans.simulated({ accounts: '5000', seed: undefined }), () => {});
    for (const name of names) ran.set(name, await run(name));
  }, 240_000);

  it.each(names)('%s runs to its end', (name) => {
    const { run: done } = ran.get(name)!;
    expect(failuresOf(done)).toEqual([]);
    expect(done.cells.map(({ state }) => state)).toEqual(done.cells.map(() => 'done'));
    expect(outputsOf(done).filter(({ kind }) => kind === 'not_yet')).toEqual([]);
  });

  it.each(names)('%s finds every figure as the workspace gives it', (name) => {
    const { run: done } = ran.get(name)!;
    expect(checksOf(done).filter(({ holds }) => !holds)).toEqual([]);
    expect(checksOf(done).length).toBeGreaterThan(name === '01-the-line' ? 30 : 6);
  });

  it('reckons the figures the line itself told', () => {
    const { exports } = ran.get('01-the-line')!;
    const { recomputed, lost, hashes } = exports as {
      recomputed: { auc: number };
      lost: { stage: string; pValue: number }[];
      hashes: string[];
    };
    expect(recomputed.auc).toBeCloseTo(report.model.auc!, 9);
    expect(lost.map(({ stage }) => stage)).toEqual(report.experiment.lost.map(({ stage }) => stage));
    for (const [i, { pValue }] of report.experiment.lost.entries())
      expect(lost[i]!.pValue).toBeCloseTo(pValue!, 9);
    const manifest = JSON.parse(readFileSync(report.export.manifest!, 'utf8'));
    expect(hashes).toEqual(manifest.parts.map(({ sha256 }: { sha256: string }) => sha256));
  });

  it('trains a model of one date again, to the same figures', async () => {
    const { client, finished } = connection;
    const [first] = (await client.models.list()).versions;
    const asOf = first!.card.validation.trainedOn.slice(-1);
    const job = await client.models.train({ params: { model: 'self-cure' }, body: { asOf } });
    const { versionId } = (await finished(job, () => {})).result as { versionId: string };
    const { card } = await approveWithReasons(client, versionId, { name: 'test' });
    expect(card.validation.kind).toBe('grouped_cross_validation');
    const { run: done, exports } = await run('01-the-line');
    expect(failuresOf(done)).toEqual([]);
    expect(checksOf(done).filter(({ holds }) => !holds)).toEqual([]);
    expect((exports as { recomputed: { auc: number } }).recomputed.auc).toBe(card.results[0]!.auc.estimate);
  });

  it.each(['es', 'en'] as const)('is one page in %s that asks nothing of any other place', async (locale) => {
    const { run: done } = ran.get('01-the-line')!;
    const page = await pageHtml(done, locale, null);
    const titles = [...page.matchAll(/<h2>3\. ([^<]*)/g)].map(([, title]) => title);
    expect(titles).toEqual([locale === 'es' ? 'El modelo' : 'The model']);
    expect(page.match(/<svg/g)!.length).toBeGreaterThanOrEqual(16);
    expect(page.match(/<(?:script|link|img|iframe)/g) ?? []).toEqual([]);
    expect(page.match(/(?:src|href)="(?!#)[^"]*"|url\((?!"data:)/g) ?? []).toEqual([]);
    expect(
      page.replaceAll(/<pre[\s\S]*?<\/pre>/g, '').match(/.{0,40}(?:NaN|undefined).{0,40}/g) ?? [],
    ).toEqual([]);
  });
});

describe('once an experiment has had its looks', () => {
  it('finds its effects and its boundaries as the results give them', async () => {
    const { client, finished } = connection;
    const [segment] = (await client.segments.list()).segments;
    const { id } = await client.experiments.create({
      body: {
        name: 'Dos revisiones',
        segmentId: segment!.id,
        control: 'silence',
        arms: ['silence', 'quiet', 'still'].map((name) => ({ name, weight: 1, touches: [] })),
        metric: { id: 'cured', horizonDays: 7 },
        plan: 'staggered_sequential',
        entryDays: 4,
        looks: 2,
        layer: 'notebook',
      },
    });
    await finished(await client.experiments.assign({ params: { experimentId: id } }), () => {});
    await finished(await client.system.simulate({ body: { days: 18 } }), () => {});
    const { run: done, exports } = await run('03-experiment');
    expect(failuresOf(done)).toEqual([]);
    expect((exports as { experimentId: string }).experimentId).toBe(id);
    expect(checksOf(done).filter(({ holds }) => !holds)).toEqual([]);
    const titles = checksOf(done).map(({ what }) => what.text.en);
    for (const wanted of ['Boundary of look {number}', 'Difference, {arm}', 'Relative difference, {arm}'])
      expect(titles.filter((title) => title === wanted)).toHaveLength(2);
    expect(titles.length).toBeGreaterThan(15);
  }, 120_000);
});

describe('a notebook that fails', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ensayo-notebooks-'));
  let own: Studio;

  beforeAll(async () => {
    own = await openStudio({ folder });
  });
  afterAll(async () => {
    await own.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const ranWith = async (lines: readonly string[]): Promise<Ran> => {
    writeFileSync(join(folder, '01-fails.ts'), lines.join('\n'));
    return own.run('01-fails', { connection, name: 'test', config });
  };

  it('stops at the cell, names the line and leaves the rest unrun', async () => {
    const { run: done, exports } = await ranWith([
      '// %% [markdown]',
      '// # Fails',
      '// %%',
      'const rows: number[] = [];',
      '// %%',
      "if (rows.length === 0) throw new Error('no rows');",
      '// %%',
      'export const reached = true;',
    ]);
    expect(done.state).toBe('failed');
    expect(exports).toEqual({});
    expect(done.cells.map(({ state }) => state)).toEqual(['done', 'done', 'failed', 'not_run']);
    expect(failuresOf(done)).toMatchObject([{ message: 'Error: no rows', line: 6 }]);
    expect(await pageHtml(done, 'es', null)).toContain('Esta celda falló en la línea 6.');
  });

  it('says so when it cannot even be read', async () => {
    const { run: done } = await ranWith(['// %%', 'const broken = ;']);
    expect(done.state).toBe('failed');
    expect(failuresOf(done)[0]!.message).toMatch(/01-fails\.ts:2/);
  });
});

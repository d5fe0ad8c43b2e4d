import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contract } from '#core/contract/index.ts';
import { sql } from '#core/sql/sql.ts';
import { insertLearnableBook, learnableDates } from '../../support/books/learnable-book.ts';
import { approveWithReasons } from '../../support/models/approve.ts';
import { ensayo } from '../../support/servers/ensayo.ts';
import { pull } from '../../support/servers/pushing.ts';
import { startTestServer, type TestServer } from '../../support/servers/server.ts';

let server: TestServer;
let token: string;
let folder: string;
let base: string;
let matrixHash: string;
let tested: { account: string; day: string; probability: string }[];
let pushed: string;
const last = learnableDates.at(-1)!;

const remote = async (...args: string[]) => {
  const { code, stdout } = await ensayo(...args, '--json', '--server', server.origin, '--token', token);
  return { code, answer: JSON.parse(stdout) as Record<string, unknown> & { error: { code: string } } };
};
const write = (name: string, text: string) => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
const sameRows = () => ['--version-id', base];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ensayo-push-'));
  server = await startTestServer();
  token = await server.token();
  const { context } = server.workspace;
  await context.engine.transaction((session) => insertLearnableBook(session, 600));
  const job = await server.client.models.train({ params: { model: 'self-cure' }, body: {} });
  ({ versionId: base } = (await context.jobs.finished(job.id)).result as { versionId: string });
  const about = await server.client.externalModels.rows({ params: { versionId: base } });
  ({ matrixHash } = about);
  tested = (await pull(server, contract.models.matrix, { params: { versionId: base } }))
    .filter(({ row_day }) => about.testedOn.includes(String(row_day)))
    .map((row) => ({
      account: String(row.row_account),
      day: String(row.row_day),
      probability: (1 / (1 + Math.exp(3 * Number(row.utilisation ?? 0.7) - 1))).toFixed(9),
    }));
});
afterAll(async () => {
  await server?.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('from a shell', () => {
  it('predictions of a file become a version', async () => {
    const lines = tested.map(({ account, day, probability }) => `${account},${day},${probability}`);
    const file = write('predictions.csv', ['account_id,as_of,probability', ...lines].join('\n'));
    const judged = [...sameRows(), '--matrix-hash', matrixHash, '--method', 'by hand'];
    const { code, answer } = await remote('model', 'predictions', file, 'self-cure', ...judged);
    expect([code, answer.rows]).toEqual([0, tested.length]);
    pushed = answer.versionId as string;
    const version = await server.client.models.get({ params: { versionId: pushed } });
    expect(version).toMatchObject({ learner: 'external', model: 'self-cure', state: 'candidate' });
  });

  it('its scores of a date are taken, all of them or none', async () => {
    const { client, workspace } = server;
    await approveWithReasons(client, base, { name: 'Ana' });
    const scored = await client.scores.create({ body: { versionId: base } });
    await workspace.context.jobs.finished(scored.id);
    const atRisk = await workspace.context.engine.rows<{ id: string }>(
      sql`SELECT account_id AS id FROM scores WHERE version_id = ${base} ORDER BY account_id`,
    );
    await approveWithReasons(client, pushed, { name: 'Ana' });
    const push = (rows: typeof atRisk) => {
      const lines = ['account_id,probability', ...rows.map(({ id }) => `${id},0.25`)];
      return remote('scores', 'push', write('scores.csv', lines.join('\n')), pushed, '--as-of', last);
    };
    const few = await push(atRisk.slice(1));
    expect([few.code, few.answer.error.code]).toEqual([1, 'pushed_missing']);
    const whole = await push(atRisk);
    expect([whole.code, whole.answer.rows]).toEqual([0, atRisk.length]);
  });

  it('a file is what its ending says, unless it is said', async () => {
    const file = write('notes.parquet', 'account_id,as_of,probability\n');
    const asked = ['self-cure', ...sameRows(), '--matrix-hash', matrixHash, '--method', 'by hand'];
    const taken = await remote('model', 'predictions', file, ...asked);
    const said = await remote('model', 'predictions', file, ...asked, '--format', 'csv');
    expect([taken.answer.error.code, said.answer.error.code]).toEqual(['load_unreadable', 'pushed_missing']);
  });

  it('a file that is no model, or is not there, is refused with its reason', async () => {
    const asked = ['self-cure', ...sameRows(), '--name', 'Trees'];
    const wrong = await remote('model', 'onnx', write('letter.onnx', 'a letter'), ...asked);
    expect(wrong.code).toBe(1);
    expect(['onnx_unreadable', 'onnx_runtime_missing']).toContain(wrong.answer.error.code);
    const absent = await remote('model', 'onnx', join(folder, 'absent.onnx'), ...asked);
    expect([absent.code, absent.answer.error.code]).toEqual([1, 'load_file_missing']);
  });
});

import { tableFromIPC } from 'apache-arrow';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ModelCard } from '#core/contract/models/card.ts';
import { raw } from '#core/sql/sql.ts';
import { insertLearnableBook } from '../../../support/books/learnable-book.ts';
import { startTestServer, type TestServer } from '../../../support/servers/server.ts';

let server: TestServer;
let versionId: string;
let card: ModelCard;

const matrix = async (id: string, format: string, token?: string) =>
  fetch(`${server.origin}/api/v1/models/versions/${id}/matrix?format=${format}`, {
    headers: { authorization: `Bearer ${token ?? (await server.token())}` },
  });
const codeOf = async (response: Response) => [
  response.status,
  ((await response.json()) as { code: string }).code,
];

beforeAll(async () => {
  server = await startTestServer();
  const { context } = server.workspace;
  await context.engine.transaction((session) => insertLearnableBook(session, 600));
  const job = await server.client.models.train({ params: { model: 'self-cure' }, body: {} });
  versionId = ((await context.jobs.finished(job.id)).result as { versionId: string }).versionId;
  card = (await server.client.models.get({ params: { versionId } })).card;
});
afterAll(() => server.close());

describe('the matrix a version was trained on', () => {
  it('comes as Arrow with the rows, outcomes and features of its card', async () => {
    const table = tableFromIPC(await (await matrix(versionId, 'arrow')).arrayBuffer());
    const names = table.schema.fields.map(({ name }) => name);
    const sum = (name: string) =>
      [...table.getChild(name)!].reduce((total, value) => total + Number(value), 0);
    expect(table.numRows).toBe(card.population.n);
    expect(sum('row_target')).toBe(card.population.events);
    expect(new Set(table.getChild('row_group')!).size).toBe(card.population.customers);
    expect(names.slice(0, 3)).toEqual(['row_target', 'row_day', 'row_group']);
    expect(names.filter((name) => !/^(row|slice)_/.test(name))).toEqual(
      card.features.map(({ name }) => name),
    );
    expect(names).not.toContain('sex');
    expect(names).not.toContain('customer_id');
  });

  it('comes as CSV and NDJSON too, the same rows in the same order', async () => {
    const csv = (await (await matrix(versionId, 'csv')).text()).trim().split('\n');
    const json = (await (await matrix(versionId, 'json')).text()).trim().split('\n');
    expect(csv.length - 1).toBe(card.population.n);
    expect(json.length).toBe(card.population.n);
    expect(csv.slice(1).map((line) => line[0])).toEqual(
      json.map((line) => String(JSON.parse(line).row_target)),
    );
  });

  it('is not given to whoever may not read the portfolio, nor for a version that is not there', async () => {
    expect(await codeOf(await matrix(versionId, 'arrow', await server.token(['model:read'])))).toEqual([
      403,
      'forbidden',
    ]);
    expect(await codeOf(await matrix('none', 'arrow'))).toEqual([404, 'not_found']);
  });

  it('is refused once the portfolio is another', async () => {
    await server.workspace.context.engine.run(
      raw(`INSERT INTO loads (load_id, state, recipe, recipe_hash, files, tables, rejected, simulated, loaded_at, by_principal)
        VALUES (2, 'live', 'test', 'r', '[{"name":"more","sha256":"2"}]', '[]', 0, true, TIMESTAMP '2026-09-02', 'owner')`),
    );
    expect(await codeOf(await matrix(versionId, 'arrow'))).toEqual([409, 'data_changed']);
  });
});

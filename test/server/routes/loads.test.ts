import { existsSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { basePath } from '#core/contract/index.ts';
import { type Permission, roles } from '#core/contract/permissions.ts';
import { raw } from '#core/sql/sql.ts';
import { writeInput } from '../../support/files/load.ts';
import { startTestServer, type TestServer } from '../../support/servers/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const call = async (method: string, path: string, body?: string, permissions?: readonly Permission[]) =>
  fetch(`${server.origin}${basePath}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${await server.token(permissions)}`,
      'content-type': 'application/octet-stream',
    },
    ...(body === undefined ? {} : { body }),
  });

const text = 'account_id,customer_id,currency\nA1,C1,COP\nA2,C2,\nA3,C3,COP\n';

describe('loads over HTTP', () => {
  it('go from upload to rows, rejects and undo', async () => {
    const sent = await call('PUT', '/uploads/accounts.csv', text);
    expect(sent.status).toBe(200);
    expect(await sent.json()).toMatchObject({ name: 'accounts.csv', bytes: text.length });
    expect(readFileSync(join(server.workspace.folder, 'uploads/accounts.csv'), 'utf8')).toBe(text);

    const job = await server.client.loads.create({
      body: { file: 'accounts.csv', recipe: 'ensayo', maxRejectedShare: 0.5 },
    });
    expect(job.kind).toBe('load');
    const done = await server.workspace.context.jobs.finished(job.id);
    expect(done.error).toBeNull();

    const { loads } = await server.client.loads.list({});
    expect(loads).toHaveLength(1);
    const loadId = loads[0]?.loadId ?? 0;
    expect(await server.client.loads.get({ params: { loadId } })).toEqual(loads[0]);

    const { total, rejects } = await server.client.loads.rejects({ params: { loadId } });
    expect(total).toBe(1);
    expect(rejects).toEqual([
      {
        row: 2,
        line: 3,
        file: 'accounts.csv',
        table: 'accounts',
        column: 'currency',
        value: null,
        reason: 'reject_no_currency',
      },
    ]);
    const file = await call('GET', `/loads/${loadId}/rejects?format=csv`);
    expect(file.headers.get('content-disposition')).toContain(`rejects-${loadId}.csv`);
    expect((await file.text()).split('\n')).toEqual([
      'file,row,line,table,column,value,reason,motivo,explanation',
      'accounts.csv,2,3,accounts,currency,,reject_no_currency,Los importes de la fila no tienen moneda.,The amounts of the row have no currency.',
      '',
    ]);

    expect((await server.client.portfolio.summary({})).accounts).toBe(2);
    expect((await server.client.loads.withdraw({ params: { loadId } })).state).toBe('withdrawn');
    expect((await server.client.portfolio.summary({})).accounts).toBe(0);
  });

  it('show what may say who somebody is only to who may know it', async () => {
    const broken = 'account_id,customer_id,currency\nA1,C1,COP\n"A2,C2,"Persona" Simulada\n';
    expect((await call('PUT', '/uploads/accounts.csv', broken)).status).toBe(200);
    const { id } = await server.client.loads.create({
      body: { file: 'accounts.csv', recipe: 'ensayo', maxRejectedShare: 1 },
    });
    const { result, error } = await server.workspace.context.jobs.finished(id);
    expect(error).toBeNull();
    const path = `/loads/${(result as { load: { loadId: number } }).load.loadId}/rejects`;
    for (const format of ['json', 'csv']) {
      const all = await (await call('GET', `${path}?format=${format}`)).text();
      expect(all).toContain('Simulada');
      const masked = await (await call('GET', `${path}?format=${format}`, undefined, roles.viewer)).text();
      expect(masked).toContain('•••');
      expect(masked).not.toContain('Simulada');
    }
  });

  it.each([
    ['GET', '/loads/99', undefined, 404, 'not_found'],
    ['GET', '/loads/99/rejects', undefined, 404, 'not_found'],
    ['DELETE', '/loads/99', undefined, 404, 'not_found'],
    ['GET', '/loads/one', undefined, 422, 'invalid_input'],
    ['PUT', '/uploads/empty.csv', '', 422, 'load_file_empty'],
    ['PUT', '/uploads/..', 'x', 404, 'not_found'],
    ['PUT', '/uploads/.hidden', 'x', 422, 'invalid_input'],
    ['PUT', '/uploads/a%2Fb.csv', 'x', 422, 'invalid_input'],
  ])('%s %s is refused', async (method, path, body, status, code) => {
    const answer = await call(method, path, body);
    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject({ code });
  });

  it('an upload over the limit is refused and leaves nothing', async () => {
    const { config } = server.workspace.context;
    const limit = config.maxUploadBytes;
    config.maxUploadBytes = 10;
    const answer = await call('PUT', '/uploads/big.csv', 'x'.repeat(100_000));
    config.maxUploadBytes = limit;
    expect(answer.status).toBe(413);
    expect(existsSync(join(server.workspace.folder, 'uploads/big.csv'))).toBe(false);
    expect(
      readdirSync(join(server.workspace.folder, 'uploads')).filter((name) => name.endsWith('.part')),
    ).toEqual([]);
  });

  it('uploads that no load has used for a week go when the next one comes', async () => {
    const folder = join(server.workspace.folder, 'uploads');
    const age = (name: string, days: number) => {
      writeFileSync(join(folder, name), 'x');
      const then = Date.now() / 1000 - days * 86_400;
      utimesSync(join(folder, name), then, then);
    };
    age('forgotten.csv', 8);
    age('recent.csv', 6);
    age('awaited.csv', 8);
    age('.cut.part', 2);
    await server.workspace.context.engine.run(
      raw(`INSERT INTO jobs (job_id, kind, input, input_hash, state, attempts, outputs, created_at, by_principal)
        VALUES ('waiting', 'load', '{"file":["awaited.csv"]}', 'h', 'interrupted', 1, '{}', now()::TIMESTAMP, 'owner')`),
    );
    expect((await call('PUT', '/uploads/new.csv', 'a,b')).status).toBe(200);
    await server.workspace.context.engine.run(raw(`DELETE FROM jobs WHERE job_id = 'waiting'`));
    const left = readdirSync(folder);
    expect(left).toEqual(expect.arrayContaining(['awaited.csv', 'new.csv', 'recent.csv']));
    expect(left).not.toContain('forgotten.csv');
    expect(left).not.toContain('.cut.part');
  });

  it('ask for permission', async () => {
    expect((await call('GET', '/loads', undefined, [])).status).toBe(403);
    expect((await call('PUT', '/uploads/x.csv', 'a', [])).status).toBe(403);
  });
});

describe('the portfolio over HTTP', () => {
  it('is profiled by a job, and its report read', async () => {
    const before = await call('GET', '/portfolio/quality');
    expect(await before.json()).toMatchObject({ code: 'missing_step' });
    const file = writeInput(server.workspace, 'b/accounts.csv', text);
    const load = await server.client.loads.create({
      body: { file, recipe: 'ensayo', maxRejectedShare: 0.5 },
    });
    await server.workspace.context.jobs.finished(load.id);
    const job = await server.client.portfolio.profile({});
    const done = await server.workspace.context.jobs.finished(job.id);
    expect(done.result).toMatchObject({ rows: 2 });
    const report = await server.client.portfolio.quality({});
    expect(report.checks.length).toBeGreaterThan(3);
    const { rows, missing } = await server.client.kpis.get({ params: { kpi: 'ageing' } });
    expect(rows).toEqual([]);
    expect(missing.map(({ table }) => table)).toEqual(['snapshots']);
  });
});

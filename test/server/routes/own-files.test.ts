import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../support/servers/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

describe('what is no extract', () => {
  it.each(['exports/a/messages.csv', 'explore/snapshots/whole-1/contacts.csv', 'spill/x.csv'])(
    'Ensayo’s own %s is not shown, by its path or by a link to it',
    async (name) => {
      const { folder } = server.workspace;
      const path = join(folder, name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, 'customer_id\nC1\n');
      const link = join(folder, 'innocent.csv');
      symlinkSync(path, link);
      for (const file of [path, link])
        await expect(server.client.previews.create({ body: { file } })).rejects.toMatchObject({
          problem: { code: 'load_file_own' },
        });
      rmSync(link);
    },
  );

  it('an address of something else is refused without being written down', async () => {
    const body = { file: 'mysql://reader:hush@host/db', recipe: 'ensayo' };
    const refused: unknown = await server.client.loads.create({ body }).catch((error: unknown) => error);
    expect(refused).toMatchObject({ problem: { code: 'load_address_unknown' } });
    expect(JSON.stringify(refused)).not.toContain('hush');
    expect((await server.client.jobs.list()).jobs).toEqual([]);
  });
});

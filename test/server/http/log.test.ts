import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { startTestServer, type TestServer } from '../../support/servers/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

it('what is written of a request that fails unforeseen names nobody', async () => {
  const { context } = server.workspace;
  const written = (['error', 'info'] as const).map((level) => vi.spyOn(context.log, level).mockReturnValue());
  vi.spyOn(context.engine, 'first').mockRejectedValue(new Error('unforeseen'));
  await expect(server.client.people.get({ params: { customerId: 'C-4711' } })).rejects.toMatchObject({
    problem: { code: 'internal' },
  });
  const lines = JSON.stringify(written.flatMap(({ mock }) => mock.calls));
  vi.restoreAllMocks();
  expect(lines).toContain('/people/:customerId');
  expect(lines).not.toContain('C-4711');
});

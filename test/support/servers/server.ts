import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Client, createClient, send } from '#core/contract/client.ts';
import { type Permission, permissions } from '#core/contract/permissions.ts';
import { buildApp } from '#server/app.ts';
import type { Config } from '#server/config.ts';
import { createCredential } from '#server/store/credentials.ts';
import { openTestWorkspace, type TestWorkspace } from '../workspace.ts';

export interface TestServer {
  workspace: TestWorkspace;
  origin: string;
  client: Client;
  /** A bearer token with just these permissions. */
  token(granted?: readonly Permission[]): Promise<string>;
  close(): Promise<void>;
}

/** The real server on a free loopback port, over a real workspace. */
export async function startTestServer(folder?: string, config: Partial<Config> = {}): Promise<TestServer> {
  const workspace = await openTestWorkspace(folder, config);
  const server: Server = createServer(await buildApp(workspace.context));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const token = async (granted: readonly Permission[] = permissions) => {
    const made = await createCredential(workspace.context, {
      kind: 'token',
      name: 'test',
      principal: 'owner',
      permissions: granted,
    });
    return made.secret;
  };
  const headers = { authorization: `Bearer ${await token()}` };
  return {
    workspace,
    origin,
    token,
    client: createClient((endpoint, input) => send({ fetch, origin, headers }, endpoint, input)),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await workspace.close();
    },
  };
}

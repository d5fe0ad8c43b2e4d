import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLink } from '#server/store/portfolio/links.ts';
import { startTestServer, type TestServer } from '../../support/servers/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(server.origin + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });

async function signIn(): Promise<string> {
  const { url } = await createLink(server.workspace.context, 'owner');
  const code = new URLSearchParams(url.split('?')[1]).get('code');
  const answer = await post('/api/v1/session', { code });
  expect(answer.status).toBe(200);
  const cookie = answer.headers.get('set-cookie') ?? '';
  expect(cookie).toMatch(/HttpOnly/i);
  expect(cookie).toMatch(/SameSite=Strict/i);
  return cookie.split(';')[0] ?? '';
}

describe('the sign-in link', () => {
  it('opens a session once, and not twice', async () => {
    const { url } = await createLink(server.workspace.context, 'owner');
    const code = new URLSearchParams(url.split('?')[1]).get('code');
    const both = await Promise.all([post('/api/v1/session', { code }), post('/api/v1/session', { code })]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 401]);
  });

  it('that was never made is refused with what to do', async () => {
    const answer = await post('/api/v1/session', { code: 'guess' });
    expect(answer.status).toBe(401);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(await answer.json()).toMatchObject({
      code: 'sign_in_link_used',
      fix: expect.stringContaining('ensayo link'),
    });
  });
});

describe('the session cookie', () => {
  it('reads, writes only with the page’s own header, and ends at sign-out', async () => {
    const cookie = await signIn();
    const read = await fetch(`${server.origin}/api/v1/session`, { headers: { cookie } });
    expect(await read.json()).toMatchObject({ principal: 'owner' });
    const forged = await post('/api/v1/session/links', {}, { cookie, origin: 'https://elsewhere.example' });
    expect(await forged.json()).toMatchObject({ code: 'cross_site', status: 403 });
    const own = await post('/api/v1/session/links', {}, { cookie, 'x-ensayo': '1' });
    expect(own.status).toBe(200);
    await fetch(`${server.origin}/api/v1/session`, {
      method: 'DELETE',
      headers: { cookie, 'x-ensayo': '1' },
    });
    expect((await fetch(`${server.origin}/api/v1/session`, { headers: { cookie } })).status).toBe(401);
  });
});

describe('tokens', () => {
  it('are shown once, stored hashed, carry permissions and can be revoked', async () => {
    const made = await server.client.tokens.create({
      body: { name: 'notebook', permissions: ['portfolio:read'] },
    });
    const stored = JSON.stringify((await server.client.tokens.list()).tokens);
    expect(stored).not.toContain(made.secret);
    const headers = { authorization: `Bearer ${made.secret}`, 'content-type': 'application/json' };
    const refused = await fetch(`${server.origin}/api/v1/tokens`, { headers });
    expect(await refused.json()).toMatchObject({
      code: 'forbidden',
      details: { permission: 'token:manage' },
    });
    await server.client.tokens.revoke({ params: { tokenId: made.id } });
    expect((await fetch(`${server.origin}/api/v1/datasets`, { headers })).status).toBe(401);
  });

  it('give no more than their maker has', async () => {
    const secret = await server.token(['token:manage']);
    const answer = await post(
      '/api/v1/tokens',
      { name: 'more', permissions: ['export:run'] },
      { authorization: `Bearer ${secret}` },
    );
    expect(await answer.json()).toMatchObject({ code: 'forbidden', details: { permission: 'export:run' } });
  });
});

describe('the surroundings', () => {
  it('every endpoint but the open ones asks who is calling', async () => {
    const answer = await fetch(`${server.origin}/api/v1/line`);
    expect(answer.status).toBe(401);
  });

  it('answers only names of this machine', async () => {
    const { request } = await import('node:http');
    const status = await new Promise<number | undefined>((resolve) => {
      const { port } = new URL(server.origin);
      request(
        { port, host: '127.0.0.1', path: '/api/v1/health', headers: { host: 'evil.example' } },
        (response) => {
          response.resume();
          resolve(response.statusCode);
        },
      ).end();
    });
    expect(status).toBe(403);
  });

  it('sends a strict content security policy', async () => {
    const policy =
      (await fetch(`${server.origin}/api/v1/health`)).headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'self'");
    expect(policy).not.toContain('unsafe');
  });

  it('says what is wrong with a request, quoting the place', async () => {
    const answer = await post(
      '/api/v1/tokens',
      { name: '' },
      { authorization: `Bearer ${await server.token()}` },
    );
    expect(await answer.json()).toMatchObject({
      code: 'invalid_input',
      status: 422,
      detail: expect.stringContaining('name'),
    });
  });
});

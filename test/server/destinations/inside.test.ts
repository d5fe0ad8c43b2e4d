import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerOf, callHttp, requireAddress } from '#server/destinations/http.ts';
import { isInside } from '#server/destinations/inside.ts';
import { testWorld } from '../../support/servers/world.ts';

describe('addresses inside the house', () => {
  it.each([
    '127.0.0.1',
    '10.1.2.3',
    '172.16.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '::1',
    '::',
    'fe80::1',
    'fd00::1',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    'not an address',
  ])('%s is', (address) => expect(isInside(address, [])).toBe(true));
  it.each(['8.8.8.8', '2606:4700:4700::1111'])('%s is not', (address) =>
    expect(isInside(address, [])).toBe(false),
  );
  it('allows what the owner lists, alone', () => {
    expect(isInside('10.1.2.3', ['10.1.2.0/24'])).toBe(false);
    expect(isInside('10.1.3.3', ['10.1.2.0/24', '127.0.0.1'])).toBe(true);
  });
});

it.each([
  ['http://example.com/x', 'not https'],
  ['https://127.0.0.1/x', 'inside the house'],
  ['https://2130706433/x', 'inside the house'],
  ['https://0x7f.1/x', 'inside the house'],
  ['https://[::ffff:127.0.0.1]/x', 'inside the house'],
  ['https://localhost/x', 'inside the house'],
  ['https://user:pw@example.com/', 'credentials'],
  ['ftp://example.com/', 'not https'],
  ['example', 'not a web address'],
])('refuses %s: %s', (address, reason) => {
  expect(() => requireAddress(address, [])).toThrow(
    expect.objectContaining({ code: 'address_refused', message: expect.stringContaining(reason) }),
  );
});

describe('calls', () => {
  const server = createServer((request, response) => {
    if (request.url === '/redirect') response.writeHead(302, { location: 'http://10.0.0.1/' }).end();
    else if (request.url === '/cut') request.socket.destroy();
    else if (request.url === '/half') response.writeHead(200).flushHeaders();
    else response.writeHead(Number(request.url?.slice(1)), { 'retry-after': '7' }).end('words of theirs');
  });
  let url = '';
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  const call = async (address: string, allowedPrivate = ['127.0.0.1'], callTimeoutMs = 5_000) => {
    const world = testWorld({ allowedPrivate, callTimeoutMs });
    const answer = answerOf(world, await callHttp(world, { url: address, headers: {}, body: '{}' }));
    await world.dispatcher.destroy();
    return answer;
  };

  it.each([
    ['/200', 'accepted'],
    ['/400', 'refused'],
    ['/401', 'stopped'],
    ['/404', 'stopped'],
    ['/408', 'unknown'],
    ['/429', 'later'],
    ['/500', 'unknown'],
    ['/503', 'later'],
    ['/redirect', 'stopped'],
    ['/cut', 'unknown'],
  ])('%s is %s', async (path, kind) => expect((await call(url + path)).kind).toBe(kind));

  it('an answer that never ends is unknown', async () => {
    expect((await call(`${url}/half`, ['127.0.0.1'], 300)).kind).toBe('unknown');
  });
  it('nobody listening means nothing was sent', async () => {
    expect((await call('http://127.0.0.1:9')).kind).toBe('later');
  });
  it('a name that leads inside is judged when it is resolved', async () => {
    const answer = await call(url.replace('127.0.0.1', 'localhost'), []);
    expect(answer).toMatchObject({ kind: 'stopped', reason: expect.stringContaining('not allowed') });
  });
  it('asks for the time the receiver asks for', async () => {
    expect(await call(`${url}/429`)).toMatchObject({ afterMs: 7_000, reason: '429 words of theirs' });
  });
});

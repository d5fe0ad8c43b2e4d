import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readAddress } from '#server/sources/postgres/address.ts';
import { startTestServer, type TestServer } from '../../support/servers/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const withPassword = [
  'postgresql://ana:s3cret@db.example:5432/cobranza',
  'postgres://ana:s3cret@db.example/cobranza#accounts',
  'postgresql://ana@db.example/cobranza?password=s3cret',
  'postgresql://ana@db.example/cobranza?sslmode=require&PASSWORD=s3cret',
  'postgresql://ana@db.example/cobranza?sslpassword=s3cret',
  'postgresql://ana:a/b?s3cret@db.example/cobranza',
  ' postgresql://ana:s3cret@db.example/cobranza',
  'postgresql+psycopg2://ana:s3cret@db.example/cobranza',
  'jdbc:postgresql://db.example/cobranza?user=ana&password=s3cret',
];

describe('the address of a database', () => {
  it.each(withPassword)('%s is refused before anything is written down', async (file) => {
    expect(() => readAddress(file.trim())).toThrow(
      expect.objectContaining({ code: 'load_postgres_password' }),
    );
    const error: unknown = await server.client.loads
      .create({ body: { file, recipe: 'ensayo', query: 'SELECT 1' } })
      .catch((problem: unknown) => problem);
    expect(error).toMatchObject({ problem: { code: 'load_postgres_password' } });
    expect(JSON.stringify(error) + String(error)).not.toContain('s3cret');
    expect((await server.client.jobs.list({ query: {} })).jobs).toEqual([]);
  });

  it('is shown as it was given, and only the answer’s name is not sent', () => {
    const given = 'postgresql://ana%40x@db.example:5433/cobranza?sslmode=verify-full#accounts';
    const { shown, user, config } = readAddress(given);
    expect(shown).toBe(given);
    expect(user).toBe('ana@x');
    expect(config.connectionString).toBe(
      'postgresql://ana%40x@db.example:5433/cobranza?sslmode=verify-full&uselibpqcompat=true',
    );
  });

  it.each([
    'postgresql://',
    'postgresql://db.example/x',
    'postgresql://ana@db.example',
    'postgresql://ana@:5/x',
    'postgresql+psycopg2://ana@db.example/cobranza',
    'jdbc:postgresql://db.example/cobranza?user=ana',
  ])('%s is refused as it is', (address) => {
    expect(() => readAddress(address)).toThrow(expect.objectContaining({ code: 'load_postgres_address' }));
  });
});

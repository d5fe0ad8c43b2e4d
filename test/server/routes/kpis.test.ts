import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { insertKpiBook, kpiDates, kpiSegment } from '../../support/books/kpi-book.ts';
import { startTestServer, type TestServer } from '../../support/servers/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
  await server.workspace.context.engine.transaction((session) => insertKpiBook(session, 60));
});
afterAll(() => server.close());

const get = async (path: string) => {
  const headers = { authorization: `Bearer ${await server.token(['portfolio:read'])}` };
  const response = await fetch(`${server.origin}/api/v1${path}`, { headers });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};

describe('key figures over HTTP', () => {
  it('are listed with what they take and what is missing', async () => {
    const { kpis } = await server.client.kpis.list();
    expect(kpis.length).toBeGreaterThan(10);
    for (const { missing } of kpis) expect(missing).toEqual([]);
    const rolls = kpis.find(({ id }) => id === 'roll-rates');
    expect(rolls?.parameters).toMatchObject({ properties: { months: { default: 1 } } });
  });

  it('can be filtered by what the portfolio has', async () => {
    expect(await server.client.kpis.choices()).toMatchObject({
      countries: ['CO', 'MX'],
      products: ['card', 'loan'],
      currencies: ['COP', 'MXN'],
      segments: [{ id: kpiSegment, name: 'half' }],
      dates: kpiDates,
      quotes: [],
    });
  });

  it('take filters and parameters from the address', async () => {
    const { status, body } = await get('/kpis/roll-rates?months=2&country=CO&bucket=1-29');
    expect(status).toBe(200);
    expect(body.figures).toMatchObject({ months: 2 });
    for (const row of body.rows as { before: string }[]) expect(row.before).toBe('1-29');
  });

  it.each([
    ['/kpis/nothing', 404, 'unknown_kpi'],
    ['/kpis/ageing?colour=red', 422, 'unknown_kpi_parameter'],
    ['/kpis/roll-rates?months=0', 422, 'wrong_kpi_parameter'],
    ['/kpis/ageing?currency=EUR', 422, 'unknown_filter_value'],
    ['/kpis/ageing?until=2020-01-01', 422, 'date_out_of_reach'],
    ['/kpis/ageing?until=yesterday', 422, 'invalid_input'],
    ['/kpis/ageing?currency=COP&currency=MXN', 422, 'invalid_input'],
  ])('refuse %s', async (path, status, code) => {
    expect(await get(path)).toMatchObject({ status, body: { code } });
  });
});

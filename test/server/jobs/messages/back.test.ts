import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sql } from '#core/sql/sql.ts';
import { backOf } from '#server/jobs/messages/back.ts';
import { openBook } from '../../../support/experiments/experiments.ts';
import type { TestServer } from '../../../support/servers/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await openBook();
});
afterAll(() => server.close());

const claim = { kind: 'customers_up_to_date', scope: { country: 'CO' } };
const groupFor = async (people: ReturnType<typeof sql> | null) => {
  const back = await backOf(server.workspace.context, { people, country: null });
  return (await back.claim(claim, null)).shown.group.country;
};

describe('a figure saved for one country', () => {
  it('is counted there while nobody is addressed yet', async () => {
    expect(await groupFor(null)).toBe('CO');
  });

  it('must hold where its readers live, whatever it was saved for', async () => {
    expect(await groupFor(sql`SELECT customer_id FROM customers WHERE jurisdiction = 'MX'`)).toBe('MX');
  });
});

import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Metric, OutcomeWindow } from '#core/experiment/metric.ts';
import { tables } from '#core/portfolio/tables.ts';
import { raw, sql } from '#core/sql/sql.ts';
import { locales } from '#core/text/text.ts';
import { discover } from '#server/registry.ts';
import {
  entered,
  insertMetricBook,
  metricAsOf,
  metricDays,
  plantEvents,
  plantSnapshots,
  removePlanted,
} from '../support/books/metric-book.ts';
import { openTestWorkspace, type TestWorkspace } from '../support/workspace.ts';

const metrics = await discover<Metric>('core/experiment/metrics');

interface Row {
  customer_id: string;
  currency?: string;
  y: number;
  d?: number;
}

const window: OutcomeWindow = { people: entered, horizonDays: metricDays, asOf: metricAsOf };

/** A person's outcome, known by who they are and its currency. */
const keyOf = ({ customer_id, currency }: Row) => `${customer_id} ${currency ?? ''}`;

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await openTestWorkspace();
  await workspace.context.engine.transaction((session) => insertMetricBook(session));
});
afterAll(() => workspace.close());

describe.each([...metrics])('metric %s', (_, metric) => {
  const read = async (given: Partial<OutcomeWindow> = {}) => {
    const { engine } = workspace.context;
    const found = await engine.rows<Row>(
      sql`SELECT * FROM (${metric.outcomes(engine.dialect, { ...window, ...given })}) o`,
    );
    return found.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  };

  afterEach(() => removePlanted(workspace.context.engine));

  it('is named and explained in both languages, and needs canonical tables alone', () => {
    for (const text of Object.values(metric.text))
      for (const locale of locales) expect(text[locale].trim().length).toBeGreaterThan(4);
    expect(metric.text.definition.es).not.toBe(metric.text.definition.en);
    const known = tables.map(({ name }) => name);
    for (const table of metric.needs) expect(known).toContain(table);
    if (metric.margin !== null) expect(metric.margin).toBeGreaterThan(0);
    if (metric.capAt !== null) expect(metric.capAt > 0.5 && metric.capAt < 1).toBe(true);
  });

  it('gives one row a person (and currency), of numbers of its kind', async () => {
    const rows = await read();
    expect(rows.length).toBeGreaterThan(0);
    expect(new Set(rows.map(keyOf)).size).toBe(rows.length);
    expect(rows.some(({ y }) => y > 0)).toBe(true);
    for (const { y, d, currency } of rows) {
      expect(Number.isFinite(y)).toBe(true);
      if (metric.kind === 'proportion') expect([0, 1]).toContain(y);
      if (metric.kind === 'ratio') expect(d! >= y && d! > 0).toBe(true);
      else expect(d).toBeUndefined();
      expect(currency !== undefined).toBe(metric.unit === 'money');
    }
  });

  it('knows nobody who is not in the portfolio, and nobody who did not enter', async () => {
    expect((await read()).find(({ customer_id }) => customer_id === 'nobody')).toBeUndefined();
    expect(
      await read({ people: raw(`SELECT 'nobody' AS customer_id, DATE '2026-05-03' AS entered_on`) }),
    ).toEqual([]);
    const few = raw(`SELECT * FROM (${entered.text}) e WHERE customer_id < 'c2'`);
    const all = await read();
    expect(await read({ people: few })).toEqual(all.filter(({ customer_id }) => customer_id < 'c2'));
  });

  it('does not move with what comes after the last day known, or is known later', async () => {
    const before = await read();
    const { engine } = workspace.context;
    await engine.transaction(async (session) => {
      await plantEvents(session, { name: 'later', day: '2026-07-16' });
      await plantEvents(session, { name: 'news', day: '2026-05-25', knownOn: '2026-07-16' });
      await plantSnapshots(session, '2026-07-16', '2026-07-17');
    });
    expect(await read()).toEqual(before);
    const afterwards = await read({ asOf: '2026-08-31' });
    expect(afterwards).not.toEqual(await read({ asOf: '2026-05-20' }));
  });

  it('does not count what comes after the window, nor events of before it', async () => {
    const short = { horizonDays: 30, asOf: '2026-08-31' };
    const before = await read(short);
    await workspace.context.engine.transaction(async (session) => {
      await plantEvents(session, { name: 'after', day: '2026-06-20' });
      await plantEvents(session, { name: 'early', day: '2026-04-30' });
      await plantSnapshots(session, '2026-06-21', '2026-06-22');
    });
    expect(await read(short)).toEqual(before);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ClaimCount, ClaimKind } from '#core/message/claim.ts';
import type { CaseCount, ConsequenceKind } from '#core/message/consequence.ts';
import { raw, sql } from '#core/sql/sql.ts';
import { format, locales, type Text } from '#core/text/text.ts';
import { discover } from '#server/registry.ts';
import { insertLivelyBook } from '../support/books/lively-book.ts';
import { openTestWorkspace, type TestWorkspace } from '../support/workspace.ts';

const claims = [...(await discover<ClaimKind>('core/message/claims'))];
const consequences = [...(await discover<ConsequenceKind>('core/message/consequences'))];

const expectWords = (texts: readonly Text[]) => {
  for (const text of texts)
    for (const locale of locales) expect(format(text, locale).trim()).toMatch(/\p{L}{2}/u);
};

let workspace: TestWorkspace;
let asOf: string;
beforeAll(async () => {
  workspace = await openTestWorkspace();
  const { engine } = workspace.context;
  await engine.transaction((session) => insertLivelyBook(session, 300));
  asOf = (await engine.first<{ d: string }>(raw('SELECT max(as_of) AS d FROM current_snapshots')))!.d;
});
afterAll(() => workspace.close());

it('finds claims and consequences', () => {
  expect(claims.length).toBeGreaterThanOrEqual(4);
  expect(consequences.length).toBeGreaterThanOrEqual(5);
});

describe.each(claims)('%s', (_, kind) => {
  const ask = (given: object = {}) =>
    workspace.context.engine.rows<ClaimCount & Record<string, unknown>>(
      kind.count(workspace.context.engine.dialect, {
        asOf,
        windowDays: kind.windowDays,
        people: null,
        country: null,
        ...given,
      }),
    );

  it('says whom it counts, in both languages', () => {
    expectWords([kind.text.title, kind.text.summary, kind.population, kind.numerator]);
    expect(kind.by.length).toBeGreaterThan(0);
  });

  it('counts distinct customers by group, each group once, no more events than customers', async () => {
    const rows = await ask();
    const { n } = (await workspace.context.engine.first<{ n: number }>(
      raw('SELECT CAST(count(*) AS BIGINT) AS n FROM customers'),
    ))!;
    const groups = rows.map((row) => kind.by.map((name) => row[name]).join('|'));
    expect(new Set(groups).size).toBe(groups.length);
    for (const row of rows) {
      expect(row.events).toBeLessThanOrEqual(row.n);
      expect(row.events).toBeGreaterThanOrEqual(0);
      expect(row.n).toBeLessThanOrEqual(n);
    }
  });

  it('keeps to the people addressed and to the group asked for', async () => {
    expect(await ask({ people: sql`SELECT customer_id FROM customers WHERE false` })).toEqual([]);
    const all = await ask();
    const country = all[0]?.country;
    if (country) {
      const scoped = await ask({ scope: { country } });
      expect(scoped).toEqual(all.filter((row) => row.country === country));
    }
  });
});

describe.each(consequences)('%s', (_, kind) => {
  it('says when it has been carried out, and by what source it is lawful where', () => {
    expectWords([kind.text.title, kind.text.summary, kind.cases, kind.carriedOut]);
    expect(Object.keys(kind.lawful).length).toBeGreaterThan(0);
    for (const [country, { source, status, note }] of Object.entries(kind.lawful)) {
      expect(country).toMatch(/^[A-Z]{2}$/);
      expect(source.length).toBeGreaterThan(5);
      expect(['primary', 'secondary', 'to-verify']).toContain(status);
      expectWords([note]);
    }
  });

  it('is measured in the engine, or by nobody', async () => {
    if (!kind.measure) return expect(kind.measure).toBeNull();
    const { engine } = workspace.context;
    const rows = await engine.rows<CaseCount>(kind.measure(engine.dialect, { asOf, country: null }));
    for (const { n, events } of rows) expect(events).toBeLessThanOrEqual(n);
    expect(new Set(rows.map(({ country }) => country)).size).toBe(rows.length);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { duckdb } from '#core/sql/dialects/duckdb.ts';
import { raw, sql } from '#core/sql/sql.ts';
import type { DecisionDate } from '#models/question.ts';
import { selfCureParameters } from '#models/self-cure/parameters.ts';
import selfCure from '#models/self-cure.ts';
import { countPopulation } from '#models/training-set.ts';
import { insertBook } from '../../support/books/book.ts';
import { expectGolden } from '../../support/golden.ts';
import { openTestWorkspace, type TestWorkspace } from '../../support/workspace.ts';

const [may, june, july, august] = ['2026-05-31', '2026-06-30', '2026-07-31', '2026-08-31'] as const;

/** Days past due in May, June, July and August; null: no snapshot. Then what else there is to know of the account. */
const accounts: Record<
  string,
  { dpd: (number | null)[]; status?: (string | null)[]; arrears?: string; off?: string }
> = {
  cured: { dpd: [0, 10, 0, 0] },
  relapsed: { dpd: [0, 10, 0, 12] },
  stayed: { dpd: [5, 29, 45, 70] },
  left: { dpd: [0, 10, null, null] },
  closed: { dpd: [0, 10, 0, null], status: [null, null, 'closed', null] },
  reaged: { dpd: [0, 10, 0, 0] },
  written: { dpd: [0, 10, 200, 200], off: '2026-07-15' },
  sold: { dpd: [0, 10, 0, 0], status: [null, null, 'sold', null] },
  died: { dpd: [0, 10, 0, 0] },
  current: { dpd: [0, 0, 0, 0] },
  later: { dpd: [0, 30, 0, 0] },
  gone: { dpd: [0, 10, 0, 0], off: '2026-06-30' },
  disputed: { dpd: [0, 10, 0, 0] },
  settled: { dpd: [0, 10, 0, 0] },
  planned: { dpd: [0, 10, 0, 0] },
  tiny: { dpd: [0, 10, 0, 0], arrears: '0' },
  first: { dpd: [null, 10, 0, 0] },
};
const ids = Object.keys(accounts);
const dates: DecisionDate[] = [{ asOf: june, horizonEnd: july, labelEnd: july }];
const flag = (customer_id: string, kind: string, started_on: string, ended_on: string | null = null) => ({
  customer_id,
  kind,
  started_on,
  ended_on,
});

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await openTestWorkspace();
  await workspace.context.engine.transaction((session) =>
    insertBook(session, 1, {
      customers: ids.map((customer_id) => ({ customer_id })),
      accounts: ids.map((id) => ({
        account_id: id,
        customer_id: id,
        currency: 'MXN',
        charged_off_on: accounts[id]!.off ?? null,
      })),
      snapshots: ids.flatMap((id) =>
        [may, june, july, august].flatMap((as_of, i) => {
          const { dpd, status, arrears } = accounts[id]!;
          if (dpd[i] === null) return [];
          return [
            {
              account_id: id,
              as_of,
              days_past_due: dpd[i]!,
              arrears: arrears ?? null,
              status: status?.[i] ?? null,
            },
          ];
        }),
      ),
      adjustments: [
        { account_id: 'reaged', occurred_at: '2026-07-10 09:00:00', kind: 're_age', amount: '5' },
        { account_id: 'cured', occurred_at: '2026-08-10 09:00:00', kind: 're_age', amount: '5' },
        { account_id: 'stayed', occurred_at: '2026-07-10 09:00:00', kind: 'correction', amount: '5' },
      ],
      flags: [
        flag('died', 'deceased', '2026-07-10'),
        flag('disputed', 'dispute', '2026-06-30'),
        flag('settled', 'dispute', '2026-05-01', '2026-06-30'),
        flag('planned', 'plan', '2026-06-01'),
        flag('planned', 'cease_contact', '2026-06-01'),
        flag('cured', 'vulnerable', '2026-06-01'),
      ],
    }),
  );
});
afterAll(() => workspace.close());

const parameters = (given: object = {}) => selfCureParameters.parse({ rows: 'late_dates', ...given });
const candidatesOf = (given: object = {}) =>
  workspace.context.engine.rows<{ account_id: string; excluded: string | null; new_entries: number | null }>(
    sql`SELECT account_id, excluded, new_entries FROM (${selfCure.candidates(duckdb, parameters(given), [june])}) c ORDER BY account_id`,
  );
const outcomesOf = async (on: DecisionDate[] = dates) => {
  const { engine } = workspace.context;
  await engine.run(
    sql`CREATE OR REPLACE TABLE at_risk AS SELECT account_id, customer_id, as_of FROM (${selfCure.candidates(duckdb, parameters(), [june])}) c WHERE excluded IS NULL`,
  );
  const rows = await engine.rows<{ account_id: string; outcome: string; target: number | null }>(
    sql`SELECT account_id, outcome, target FROM (${selfCure.outcomes(duckdb, parameters(), raw('at_risk'), on)}) o ORDER BY account_id`,
  );
  return Object.fromEntries(rows.map(({ account_id, outcome, target }) => [account_id, [outcome, target]]));
};

describe('candidates', () => {
  it('are everybody in range, with the reason of those left out', async () => {
    const found = await candidatesOf();
    const excluded = Object.fromEntries(
      found.map(({ account_id, excluded: reason }) => [account_id, reason]),
    );
    const inRange = ids.filter((id) => id !== 'current' && id !== 'later');
    expect(Object.keys(excluded).sort()).toEqual(inRange.sort());
    expect(Object.fromEntries(Object.entries(excluded).filter(([, reason]) => reason))).toEqual({
      gone: 'charged_off',
      disputed: 'dispute',
      planned: 'plan',
      tiny: 'small_arrears',
    });
    for (const reason of Object.values(excluded))
      if (reason) expect(selfCure.exclusionTexts).toHaveProperty(reason);
  });

  it('know who is newly late, and who has no snapshot before', async () => {
    const entries = Object.fromEntries(
      (await candidatesOf()).map((row) => [row.account_id, row.new_entries]),
    );
    expect([entries.cured, entries.stayed, entries.first]).toEqual([1, 0, null]);
  });

  it('with a row per entry leave out, by name, who was late before and whose start was not seen', async () => {
    const rows = await candidatesOf({ rows: 'entries' });
    const reason = (id: string) => rows.find(({ account_id }) => account_id === id)?.excluded;
    expect([reason('cured'), reason('stayed'), reason('first')]).toEqual([
      null,
      'start_unknown',
      'start_unknown',
    ]);
    expect(rows.every(({ new_entries }) => new_entries === null)).toBe(true);
  });

  it('widen with the parameters', async () => {
    const found = await candidatesOf({ maxDaysPastDue: 240 });
    expect(found.map(({ account_id }) => account_id)).toContain('later');
  });
});

describe('outcomes', () => {
  it('call each account what it became within the horizon', async () => {
    expect(await outcomesOf()).toEqual({
      cured: ['cured', 1],
      relapsed: ['cured', 1],
      stayed: ['none', 0],
      left: ['left', null],
      closed: ['cured', 1],
      reaged: ['administrative', 0],
      written: ['lost', 0],
      sold: ['lost', 0],
      died: ['lost', 0],
      settled: ['cured', 1],
      first: ['cured', 1],
    });
    for (const [outcome] of Object.values(await outcomesOf()))
      expect(selfCure.outcomeTexts).toHaveProperty(String(outcome));
  });

  it('a cure that has to last and does not is none', async () => {
    const lasting = await outcomesOf([{ asOf: june, horizonEnd: july, labelEnd: august }]);
    expect([lasting.cured, lasting.relapsed]).toEqual([
      ['cured', 1],
      ['relapsed', 0],
    ]);
  });

  it('are counted for the card in one statement', async () => {
    const scope = { question: selfCure, parameters: parameters(), dates };
    const counts = await workspace.context.engine.rows<{
      excluded: string | null;
      outcome: string | null;
      n: number;
    }>(countPopulation(duckdb, scope));
    expect(counts.filter(({ excluded }) => excluded).reduce((sum, { n }) => sum + n, 0)).toBe(4);
    expect(counts.find(({ outcome }) => outcome === 'cured')?.n).toBe(5);
  });
});

describe('words', () => {
  const calendar = { dates: [june], observed: 'monthly' as const };
  it('say what is asked, and only where it is identified that anybody cures alone', () => {
    const question = selfCure.describe(parameters(), calendar);
    expect(question.en).toBe(
      'Does an account 1 to 29 days past due, return to 0 within one monthly snapshot, under the current policy? (observed monthly)',
    );
    const texts = [
      question,
      selfCure.text.title,
      selfCure.text.summary,
      selfCure.decision,
      ...selfCure.limits(parameters(), calendar),
    ];
    expect(selfCure.identification).toBe('current_policy');
    for (const { es, en } of texts) {
      expect(es).not.toMatch(/sol[oa]s? se cur|se curan solas/i);
      expect(en).not.toMatch(/cures? alone|self-cure/i);
    }
    for (const identification of ['holdout', 'censoring_weights'] as const) {
      expect(selfCure.titles?.[identification]).toEqual({ es: 'Se curan solas', en: 'Cure alone' });
      expect(selfCure.describe(parameters({ rows: 'entries' }), calendar, identification).es).toBe(
        '¿Una cuenta con 1 a 29 días de mora, en su primer corte en mora, vuelve a 0 en un corte mensual, si nadie la contacta? (observado una vez al mes)',
      );
      expect(selfCure.limits(parameters(), calendar, identification)[0]!.en).not.toContain('current policy');
    }
    expect(selfCure.titles?.current_policy).toBeUndefined();
  });
});

it('is the SQL kept as golden', async () => {
  const candidates = selfCure.candidates(duckdb, parameters(), [june]);
  await expectGolden(candidates, 'models/self-cure-candidates');
  const asked = selfCure.candidates(duckdb, parameters({ rows: 'entries' }), [may, june]);
  await expectGolden(asked, 'models/self-cure-entries');
  await expectGolden(
    selfCure.outcomes(duckdb, parameters(), raw('at_risk'), dates),
    'models/self-cure-outcomes',
  );
});

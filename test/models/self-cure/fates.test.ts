import { afterAll, beforeAll, expect, it } from 'vitest';
import { duckdb } from '#core/sql/dialects/duckdb.ts';
import { raw, sql } from '#core/sql/sql.ts';
import { fates } from '#models/self-cure/fates.ts';
import { selfCureParameters } from '#models/self-cure/parameters.ts';
import selfCure from '#models/self-cure.ts';
import { insertBook } from '../../support/books/book.ts';
import { openTestWorkspace, type TestWorkspace } from '../../support/workspace.ts';

const [june, july] = ['2026-06-30', '2026-07-31'] as const;
const dates = [{ asOf: june, horizonEnd: july, labelEnd: july }];

interface Life {
  /** Days past due at the end of July; null: not seen. June is 10 for all, with 100 of arrears. */
  july: number | null;
  paid?: [day: number, amount: string, reversed?: boolean][];
  touched?: [day: number, channel: string, delivered?: boolean][];
  due?: [day: number, amount: string][];
  aged?: number;
  status?: string;
}

const lives: Record<string, Life> = {
  alone: { july: 0, paid: [[12, '100']] },
  reminded: { july: 0, paid: [[12, '100']], touched: [[12, 'sms']] },
  called: {
    july: 0,
    paid: [[12, '100']],
    touched: [
      [3, 'sms'],
      [5, 'call'],
    ],
  },
  // The call came after the cure, and the message before it never arrived.
  early: {
    july: 0,
    paid: [
      [12, '60'],
      [14, '40'],
    ],
    touched: [
      [2, 'sms', false],
      [20, 'call'],
    ],
  },
  // Cured on the 12th and newly late when the month closed.
  again: { july: 4, paid: [[12, '100']] },
  // Paid the old arrears only: at the end of July still late since before the payment.
  short: { july: 21, paid: [[20, '100']], due: [[10, '100']] },
  both: {
    july: 0,
    paid: [
      [20, '100'],
      [25, '100'],
    ],
    due: [[10, '100']],
  },
  reversed: { july: 41, paid: [[12, '100', true]] },
  part: { july: 41, paid: [[12, '99.99']] },
  less: { july: 5 },
  still: { july: 41 },
  aged: { july: 0, aged: 31 },
  agedLater: { july: 0, paid: [[12, '100']], aged: 31 },
  gone: { july: null },
  goneCured: { july: null, paid: [[12, '100']] },
  paidOff: { july: 41, status: 'paid_off' },
};
const ids = Object.keys(lives);
const on = (of: number, hour = 9): string =>
  `2026-07-${String(of).padStart(2, '0')} ${String(hour).padStart(2, '0')}:00:00`;

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await openTestWorkspace();
  const each = <T>(pick: (life: Life, id: string) => T[]): T[] => ids.flatMap((id) => pick(lives[id]!, id));
  await workspace.context.engine.transaction((session) =>
    insertBook(session, 1, {
      accounts: ids.map((id) => ({ account_id: id, customer_id: id, currency: 'MXN' })),
      snapshots: each((life, account_id) => [
        { account_id, as_of: '2026-05-31', days_past_due: 0, arrears: '0' },
        { account_id, as_of: june, days_past_due: 10, arrears: '100' },
        ...(life.july === null
          ? []
          : [
              {
                account_id,
                as_of: july,
                days_past_due: life.july,
                arrears: life.july > 0 ? '100' : '0',
                status: life.status ?? null,
              },
            ]),
      ]),
      payments: each((life, account_id) =>
        (life.paid ?? []).map(([of, amount, reversed], i) => ({
          payment_id: `${account_id}-${i}`,
          account_id,
          paid_at: on(of),
          amount,
          reversed: reversed ?? null,
        })),
      ),
      contacts: each((life, customer_id) =>
        (life.touched ?? []).map(([of, channel, delivered], i) => ({
          contact_id: `${customer_id}-${i}`,
          customer_id,
          channel,
          sent_at: on(of, 15),
          delivered: delivered ?? null,
        })),
      ),
      instalments: each((life, account_id) =>
        (life.due ?? []).map(([of, amount]) => ({ account_id, due_on: on(of).slice(0, 10), amount })),
      ),
      adjustments: each(({ aged }, account_id) =>
        aged ? [{ account_id, occurred_at: on(aged, 22), kind: 're_age', amount: '-100' }] : [],
      ),
    }),
  );
  await workspace.context.engine.run(
    sql`CREATE TABLE at_risk AS SELECT account_id, customer_id, as_of FROM (${selfCure.candidates(duckdb, selfCureParameters.parse({}), [june])}) c WHERE excluded IS NULL`,
  );
});
afterAll(() => workspace.close());

it('an outcome is told by what came before the account was at 0', async () => {
  const rows = await workspace.context.engine.rows<{
    account_id: string;
    outcome: string;
    target: number | null;
  }>(
    sql`SELECT * FROM (${selfCure.outcomes(duckdb, selfCureParameters.parse({}), raw('at_risk'), dates)}) o ORDER BY account_id`,
  );
  expect(
    Object.fromEntries(rows.map(({ account_id, outcome, target }) => [account_id, `${outcome} ${target}`])),
  ).toEqual({
    alone: 'self 1',
    reminded: 'light 1',
    called: 'assisted 1',
    early: 'self 1',
    again: 'self 1',
    short: 'partial 0',
    both: 'self 1',
    reversed: 'none 0',
    part: 'partial 0',
    less: 'partial 0',
    still: 'none 0',
    aged: 'administrative 0',
    agedLater: 'self 1',
    gone: 'left null',
    goneCured: 'self 1',
    paidOff: 'self 1',
  });
});

it('a cure that has to last a month ends with the next delay', async () => {
  const august = [{ asOf: june, horizonEnd: july, labelEnd: '2026-08-31' }];
  const rows = await workspace.context.engine.rows<{ account_id: string; outcome: string }>(
    sql`SELECT * FROM (${selfCure.outcomes(duckdb, selfCureParameters.parse({ sustainedDays: 30 }), raw('at_risk'), august)}) o WHERE outcome = 'relapsed' ORDER BY account_id`,
  );
  expect(rows.map(({ account_id }) => account_id)).toEqual(['again']);
});

it('payments give the day of the cure, which a snapshot knows only to the month', async () => {
  const rows = await workspace.context.engine.rows<Record<string, string | number | null>>(
    sql`SELECT * FROM (${fates(duckdb, raw('at_risk'), dates)}) w ORDER BY account_id`,
  );
  const of = (id: string) => {
    const row = rows.find(({ account_id }) => account_id === id)!;
    return [row.cured_on, row.dated, row.partial_on, row.contacted_on];
  };
  expect(of('early')).toEqual(['2026-07-14', 1, '2026-07-12', '2026-07-20']);
  expect(of('both')).toEqual(['2026-07-25', 1, '2026-07-20', null]);
  expect(of('aged')).toEqual([july, 0, null, null]);
  expect(of('part')).toEqual([null, null, '2026-07-12', null]);
  expect(of('called')).toEqual(['2026-07-12', 1, null, '2026-07-03']);
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { tableNames } from '#core/portfolio/tables.ts';
import { duckdb } from '#core/sql/dialects/duckdb.ts';
import { raw, sql } from '#core/sql/sql.ts';
import { format, locales, type Text } from '#core/text/text.ts';
import type { Question } from '#models/question.ts';
import type { Session } from '#server/engine/engine.ts';
import { discover } from '#server/registry.ts';
import { readCalendar } from '#server/store/portfolio/calendar.ts';
import { insertLearnableBook, learnableDates } from '../support/books/learnable-book.ts';
import { openTestWorkspace, type TestWorkspace } from '../support/workspace.ts';

const found = [...(await discover<Question>('models'))];

/** One account in fifteen is charged off in the second month; some of those pay all the same. */
async function chargeOffSome(session: Session): Promise<void> {
  const chosen = `CAST(substr(account_id, 2) AS INTEGER) % 15 = 0`;
  await session.run(raw(`UPDATE accounts SET charged_off_on = DATE '2026-02-20' WHERE ${chosen}`));
  await session.run(
    raw(
      `UPDATE snapshots SET status = 'charged_off', days_past_due = 190 WHERE ${chosen} AND as_of >= DATE '2026-02-28'`,
    ),
  );
}

/** Its own defaults, with a horizon that fits into the book's eight months. */
function parametersOf(question: Question): unknown {
  const given = question.parameters.parse({});
  return question.horizonDays(given) > 120 ? question.parameters.parse({ horizonDays: 90 }) : given;
}

it('finds models', () => expect(found.length).toBeGreaterThan(0));

describe.each(found)('%s', (_, question) => {
  let workspace: TestWorkspace;
  beforeAll(async () => {
    workspace = await openTestWorkspace();
    await workspace.context.engine.transaction(async (session) => {
      await insertLearnableBook(session, 300);
      await chargeOffSome(session);
    });
  });
  afterAll(() => workspace.close());

  const parameters = parametersOf(question);
  const last = learnableDates.at(-1)!;

  it('says everything in both languages', async () => {
    const calendar = await readCalendar(workspace.context.engine);
    const texts: Text[] = [
      question.text.title,
      question.text.summary,
      question.decision,
      question.baseline.title,
      question.describe(parameters, calendar),
      ...question.limits(parameters, calendar),
      ...question.slices.map(({ title }) => title),
      ...Object.values(question.exclusionTexts),
      ...Object.values(question.outcomeTexts),
    ];
    for (const text of texts) for (const locale of locales) expect(format(text, locale)).not.toBe('');
    expect(z.toJSONSchema(question.parameters, { io: 'input', unrepresentable: 'any' })).toHaveProperty(
      'properties',
    );
    for (const table of question.needs) expect(tableNames).toContain(table);
  });

  it('decides only on dates whose outcome the data holds in full', async () => {
    const calendar = await readCalendar(workspace.context.engine);
    expect(calendar).toEqual({ dates: learnableDates, observed: 'monthly' });
    const dates = question.decisionDates(parameters, calendar);
    expect(dates.length).toBeGreaterThan(0);
    for (const { asOf, horizonEnd, labelEnd } of dates) {
      expect(horizonEnd > asOf && labelEnd >= horizonEnd && labelEnd <= last).toBe(true);
      expect(calendar.dates).toContain(asOf);
    }
  });

  it('gives each candidate once, with its reason, and each person at risk one outcome', async () => {
    const { engine } = workspace.context;
    const dates = question.decisionDates(parameters, await readCalendar(engine));
    const asOf = dates.map((date) => date.asOf);
    await engine.run(sql`CREATE OR REPLACE TABLE asked AS ${question.candidates(duckdb, parameters, asOf)}`);
    const candidates = await engine.rows<Record<string, unknown>>(
      raw('SELECT * FROM asked ORDER BY account_id, as_of'),
    );
    const keys = candidates.map(({ account_id, as_of }) => `${account_id} ${as_of}`);
    expect(keys).toEqual([...new Set(keys)]);
    expect(keys.length).toBeGreaterThan(0);
    for (const row of candidates) {
      if (row.excluded !== null) expect(question.exclusionTexts).toHaveProperty(String(row.excluded));
      for (const { id } of question.slices) expect([0, 1, null]).toContain(row[id]);
      expect(asOf).toContain(row.as_of);
    }
    await engine.run(raw('CREATE OR REPLACE TABLE at_risk AS SELECT * FROM asked WHERE excluded IS NULL'));
    const outcomes = await engine.rows<{
      account_id: string;
      as_of: string;
      outcome: string;
      target: number | null;
    }>(
      sql`SELECT * FROM (${question.outcomes(duckdb, parameters, raw('at_risk'), dates)}) o ORDER BY account_id, as_of`,
    );
    const atRisk = candidates.filter(({ excluded }) => excluded === null);
    expect(outcomes.map(({ account_id, as_of }) => `${account_id} ${as_of}`)).toEqual(
      atRisk.map(({ account_id, as_of }) => `${account_id} ${as_of}`),
    );
    for (const { outcome, target } of outcomes) {
      expect(question.outcomeTexts).toHaveProperty(outcome);
      if (question.target === 'share') expect(target ?? 0.5).toBeGreaterThanOrEqual(0);
      else expect([0, 1, null]).toContain(target);
      expect(target ?? 0.5).toBeLessThanOrEqual(1);
    }
  });

  it('finds the same candidates on a date whatever comes after it', async () => {
    const { engine } = workspace.context;
    const read = () =>
      engine.rows(
        sql`SELECT * FROM (${question.candidates(duckdb, parameters, [learnableDates[4]])}) c ORDER BY account_id`,
      );
    const before = await read();
    await engine.run(
      raw(`INSERT INTO snapshots (account_id, as_of, days_past_due, status, load_id, source_row)
        SELECT account_id, as_of + 2, 99, 'closed', 1, 99000000 + source_row FROM snapshots WHERE as_of >= DATE '${learnableDates[4]}'`),
    );
    await engine.run(
      raw(
        `INSERT INTO flags SELECT customer_id, 'deceased', DATE '${learnableDates[5]}', NULL, 1, source_row FROM customers`,
      ),
    );
    expect(await read()).toEqual(before);
  });
});

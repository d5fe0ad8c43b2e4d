import { z } from 'zod';
import { join, literal, sql } from '#core/sql/sql.ts';
import type { Identified, Question } from '#models/question.ts';

interface Parameters {
  atLeast: number;
}

const text = (es: string, en: string) => ({ es, en });

/**
 * A small question of its own: is an account late on a date at 0 on the next? With `identified`, rows are restricted
 * and weighed as a ladder would; with `share`, the target is the share of the days past due that went away;
 * with `unseen`, no outcome was observed.
 */
export const askedQuestion = (
  more: {
    identified?: Omit<Identified, 'ladder' | 'identification' | 'warnings'>;
    share?: boolean;
    unseen?: boolean;
  } = {},
): Question<Parameters> => ({
  text: { title: text('De prueba', 'For tests'), summary: text('De prueba', 'For tests') },
  decision: text('Nada', 'Nothing'),
  parameters: z.object({ atLeast: z.number().default(1) }),
  needs: ['accounts', 'snapshots'],
  ...(more.share ? { target: 'share' } : {}),
  horizonDays: () => 30,
  describe: () => text('¿Vuelve a 0?', 'Back to 0?'),
  decisionDates: (_parameters, { dates }) =>
    dates.slice(0, -1).map((asOf, i) => ({ asOf, horizonEnd: dates[i + 1]!, labelEnd: dates[i + 1]! })),
  candidates: (
    dialect,
    { atLeast },
    dates,
  ) => sql`SELECT s.account_id, a.customer_id, s.as_of, s.days_past_due,
  CASE WHEN s.status = 'closed' THEN 'closed' END AS excluded, 1 AS new_entries
FROM current_snapshots s JOIN current_accounts a ON a.account_id = s.account_id
WHERE s.as_of IN (${join(dates.map(dialect.date))}) AND s.days_past_due >= ${atLeast}`,
  outcomes: (dialect, _parameters, population, dates) => {
    const next = join(
      dates.map(
        ({ asOf, labelEnd }) =>
          sql`SELECT ${dialect.date(asOf)} AS as_of, ${dialect.date(labelEnd)} AS next_on`,
      ),
      ' UNION ALL ',
    );
    const target = more.unseen
      ? sql`CAST(NULL AS INTEGER)`
      : more.share
        ? sql`1 - least(1, s.days_past_due / 30.0)`
        : sql`CASE WHEN s.days_past_due = 0 THEN 1 ELSE 0 END`;
    return sql`SELECT q.account_id, q.as_of, ${literal('seen')} AS outcome, ${target} AS target
FROM ${population} q JOIN (${next}) d ON d.as_of = q.as_of
JOIN current_snapshots s ON s.account_id = q.account_id AND s.as_of = d.next_on`;
  },
  exclusionTexts: { closed: text('Cerrada', 'Closed') },
  outcomeTexts: { seen: text('Observada', 'Observed') },
  slices: [{ id: 'new_entries', title: text('Nuevas', 'New') }],
  baseline: { column: 'days_past_due', title: text('Días de mora', 'Days past due') },
  identification: 'current_policy',
  assumption: (identification) => text(`Bajo ${identification}`, `Under ${identification}`),
  ...(more.identified
    ? {
        identify: async (): Promise<Identified> => ({
          ladder: [
            {
              id: 'holdout',
              title: text('Grupo apartado', 'Holdout'),
              state: 'used',
              reason: text('Alcanza', 'Enough'),
              figures: [],
            },
          ],
          identification: 'holdout',
          warnings: [text('Ojo', 'Mind')],
          ...more.identified,
        }),
      }
    : {}),
  limits: () => [],
});

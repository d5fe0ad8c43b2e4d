import { z } from 'zod';
import { sql } from '#core/sql/sql.ts';
import { field } from '#core/text/field.ts';
import type { Question } from '#models/question.ts';

interface Parameters {
  daysPastDue: number;
}

/** Among accounts past due: so many days late or more at the next snapshot. Copied to `models/`, it is a model. */
const laterNextMonth: Question<Parameters> = {
  text: {
    title: { es: 'Más tarde el mes que viene', en: 'Later next month' },
    summary: {
      es: 'Probabilidad de estar así de tarde en el corte siguiente',
      en: 'Chance of being that late at the next snapshot',
    },
  },
  decision: { es: 'A quién llamar primero', en: 'Whom to call first' },
  parameters: z.object({
    daysPastDue: z.number().int().min(1).default(15).meta(field('Días de mora', 'Days past due')),
  }),
  needs: ['accounts', 'snapshots'],
  horizonDays: () => 30,
  describe: ({ daysPastDue }) => ({
    es: `¿Llega a ${daysPastDue} días de mora en el corte siguiente?`,
    en: `At ${daysPastDue} days past due by the next snapshot?`,
  }),
  decisionDates: (_parameters, { dates }) =>
    dates.slice(1).map((next, i) => ({ asOf: dates[i]!, horizonEnd: next, labelEnd: next })),
  candidates: (
    dialect,
    _parameters,
    dates,
  ) => sql`SELECT s.account_id, a.customer_id, s.as_of, s.days_past_due,
      CASE WHEN s.status = 'charged_off' THEN 'charged_off' END AS excluded
    FROM current_snapshots s JOIN current_accounts a ON a.account_id = s.account_id
    JOIN ${dialect.inline(
      [['as_of', 'date']],
      dates.map((date) => [date]),
    )} d ON d.as_of = s.as_of WHERE s.days_past_due > 0`,
  outcomes: (dialect, { daysPastDue }, population, dates) => sql`SELECT p.account_id, p.as_of,
      CASE WHEN n.days_past_due >= ${daysPastDue} THEN 'later' ELSE 'not_later' END AS outcome,
      CASE WHEN n.days_past_due >= ${daysPastDue} THEN 1 WHEN n.days_past_due IS NOT NULL THEN 0 END AS target
    FROM ${population} p
    JOIN ${dialect.inline(
      [
        ['as_of', 'date'],
        ['next_date', 'date'],
      ],
      dates.map(({ asOf, horizonEnd }) => [asOf, horizonEnd]),
    )} d ON d.as_of = p.as_of
    LEFT JOIN current_snapshots n ON n.account_id = p.account_id AND n.as_of = d.next_date`,
  exclusionTexts: { charged_off: { es: 'Castigada', en: 'Charged off' } },
  outcomeTexts: {
    later: { es: 'Más tarde', en: 'Later' },
    not_later: { es: 'No más tarde', en: 'Not later' },
  },
  slices: [],
  baseline: { column: 'days_past_due', title: { es: 'Solo los días de mora', en: 'Days past due alone' } },
  identification: 'current_policy',
  limits: () => [{ es: 'Vale con la política de hoy.', en: 'Holds under the policy of today.' }],
};
export default laterNextMonth;

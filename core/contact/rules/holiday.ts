import { z } from 'zod';
import { sql } from '../../sql/sql.ts';
import { clauseRows, memberRows } from '../clauses.ts';
import { ruleKind } from '../rule.ts';
import { localDate } from '../time/wall-clock.ts';

const parameters = z.strictObject({
  first: z.iso.date().describe('First day the calendar covers'),
  last: z.iso.date().describe('Last day the calendar covers'),
  dates: z.array(z.iso.date()).describe('Days without messages'),
});

/** No message on a public holiday of the person's own date, nor on a day the calendar does not cover. */
export default ruleKind<z.output<typeof parameters>>({
  text: {
    name: { es: 'Nada en festivos', en: 'Nothing on public holidays' },
    title: { es: 'Día festivo', en: 'Public holiday' },
    summary: {
      es: 'Ningún mensaje en festivo; un día que el calendario no cubre cuenta como festivo.',
      en: 'No message on a public holiday; a day the calendar does not cover counts as one.',
    },
  },
  parameters,
  order: 60,
  judges: 'hours',
  needs: [],
  horizonDays: () => 0,
  exclude: (dialect, tables, clauses) => sql`
SELECT r.assignment_id, c.clause FROM ${tables.readings} r
JOIN ${clauseRows(
    dialect,
    clauses,
    [
      ['first_day', 'date'],
      ['last_day', 'date'],
    ],
    (given) => [given.first, given.last],
  )} c ON c.rule_set = r.rule_set
LEFT JOIN ${memberRows(dialect, clauses, [['holiday', 'date']], (given) => given.dates.map((day) => [day]))} h
  ON h.clause = c.clause AND h.holiday = r.local_date
WHERE h.holiday IS NOT NULL OR r.local_date < c.first_day OR r.local_date > c.last_day`,
  excludes: (reading, _facts, { first, last, dates }) => {
    const date = localDate(reading.localAt);
    return date < first || date > last || dates.includes(date);
  },
});

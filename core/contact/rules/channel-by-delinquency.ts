import { z } from 'zod';
import { channels } from '../../portfolio/tables/people.ts';
import { sql } from '../../sql/sql.ts';
import { channelRows, clauseRows } from '../clauses.ts';
import { ruleKind } from '../rule.ts';

const parameters = z.strictObject({
  overDays: z.number().int().min(0).max(3_650).describe('Days past due above which it applies'),
  channels: z.array(z.enum(channels)).min(1).describe('Channels that remain open above it'),
});

/** Above so many days past due a person is dealt with by a person: every channel not named closes. Unknown days close nothing. */
export default ruleKind<z.output<typeof parameters>>({
  text: {
    name: { es: 'Con mucha mora, atiende una persona', en: 'Very late, a person attends' },
    title: { es: 'Por su mora, le toca a una persona', en: 'This late, a person takes over' },
    summary: {
      es: 'Con más días de mora que el límite, sólo quedan abiertos los canales que atiende una persona.',
      en: 'With more days past due than the limit, only channels that a person attends stay open.',
    },
  },
  parameters,
  order: 45,
  judges: 'person',
  needs: ['snapshots'],
  horizonDays: () => 0,
  exclude: (dialect, tables, clauses) => sql`
SELECT r.assignment_id, c.clause FROM ${tables.readings} r
JOIN ${clauseRows(dialect, clauses, [['over_days', 'integer']], (given) => [given.overDays])} c ON c.rule_set = r.rule_set
JOIN ${tables.standing} s ON s.customer_id = r.customer_id AND s.days_past_due > c.over_days
LEFT JOIN ${channelRows(dialect, clauses)} n ON n.clause = c.clause AND n.channel = r.channel
WHERE n.channel IS NULL`,
  excludes: (reading, facts, given) =>
    facts.daysPastDue !== null &&
    facts.daysPastDue > given.overDays &&
    !given.channels.includes(reading.channel),
});

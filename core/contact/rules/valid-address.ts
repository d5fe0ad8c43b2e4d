import { z } from 'zod';
import { sql } from '../../sql/sql.ts';
import { clauseRows } from '../clauses.ts';
import { ruleKind } from '../rule.ts';

const parameters = z.strictObject({});

/** Where addresses are loaded, the channel needs one marked valid. */
export default ruleKind<z.output<typeof parameters>>({
  text: {
    name: { es: 'Dirección válida para el canal', en: 'A valid address for the channel' },
    title: { es: 'Sin dirección válida para este canal', en: 'No valid address for this channel' },
    summary: {
      es: 'Si la cartera trae direcciones, la del canal debe existir y ser válida.',
      en: 'Where the portfolio brings addresses, the channel’s must exist and be valid.',
    },
  },
  parameters,
  order: 40,
  judges: 'person',
  needs: ['contact_points'],
  horizonDays: () => 0,
  exclude: (dialect, tables, clauses) => sql`
SELECT r.assignment_id, c.clause FROM ${tables.readings} r
JOIN ${clauseRows(dialect, clauses)} c ON c.rule_set = r.rule_set
LEFT JOIN (SELECT DISTINCT customer_id, channel FROM ${tables.points} x WHERE x.valid) p
  ON p.customer_id = r.customer_id AND p.channel = r.channel
WHERE p.customer_id IS NULL`,
  excludes: (reading, facts) =>
    !facts.points.some((point) => point.channel === reading.channel && point.valid),
});

import { z } from 'zod';
import { bases, channels } from '../../portfolio/tables/people.ts';
import { sql } from '../../sql/sql.ts';
import { clauseRows, memberRows } from '../clauses.ts';
import { ruleKind } from '../rule.ts';

const parameters = z.strictObject({
  suffices: z
    .record(z.enum(channels), z.array(z.enum(bases)))
    .describe('Bases that suffice for each channel'),
});

/** There must be a basis that suffices for the channel, given by the planned instant. Taking it back is `opt-out`. */
export default ruleKind<z.output<typeof parameters>>({
  text: {
    name: { es: 'Base suficiente para el canal', en: 'A sufficient basis for the channel' },
    title: { es: 'Sin base suficiente para este canal', en: 'No sufficient basis for this channel' },
    summary: {
      es: 'Cada canal necesita una base (consentimiento, contrato, interés legítimo o ley) que baste en ese país.',
      en: 'Each channel needs a basis (consent, contract, legitimate interest or statute) that suffices in that country.',
    },
  },
  parameters,
  order: 30,
  judges: 'person',
  needs: [],
  horizonDays: () => 0,
  exclude: (dialect, tables, clauses) => sql`
SELECT r.assignment_id, c.clause FROM ${tables.readings} r
JOIN ${clauseRows(dialect, clauses)} c ON c.rule_set = r.rule_set
LEFT JOIN ${tables.permissions} p ON p.customer_id = r.customer_id AND p.channel = r.channel AND p.granted_at <= r.planned_at
LEFT JOIN ${memberRows(
    dialect,
    clauses,
    [
      ['channel', 'text'],
      ['basis', 'text'],
    ],
    ({ suffices }) =>
      Object.entries(suffices).flatMap(([channel, enough]) => enough.map((basis) => [channel, basis])),
  )} b ON b.clause = c.clause AND b.channel = p.channel AND b.basis = p.basis
GROUP BY r.assignment_id, r.planned_at, c.clause
HAVING count(b.basis) = 0`,
  excludes: (reading, facts, { suffices }) =>
    !facts.permissions.some(
      (given) =>
        given.channel === reading.channel &&
        suffices[reading.channel].some((basis) => basis === given.basis) &&
        given.grantedAt <= reading.plannedAt,
    ),
});

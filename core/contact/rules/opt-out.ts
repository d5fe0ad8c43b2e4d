import { z } from 'zod';
import { sql } from '../../sql/sql.ts';
import { clauseRows } from '../clauses.ts';
import { ruleKind } from '../rule.ts';

const parameters = z.strictObject({});

/** A permission taken back closes its channel, whatever its basis and whenever the message is planned. */
export default ruleKind<z.output<typeof parameters>>({
  text: {
    name: { es: 'Las bajas se respetan', en: 'Opt-outs are kept' },
    title: { es: 'Pidió no recibir por este canal', en: 'Opted out of this channel' },
    summary: {
      es: 'Quien retiró su permiso para un canal no recibe nada por él hasta que lo dé de nuevo.',
      en: 'Whoever took back the permission for a channel gets nothing on it until it is given again.',
    },
  },
  parameters,
  order: 10,
  judges: 'person',
  needs: [],
  horizonDays: () => 0,
  exclude: (dialect, tables, clauses) => sql`
SELECT r.assignment_id, c.clause FROM ${tables.readings} r
JOIN ${clauseRows(dialect, clauses)} c ON c.rule_set = r.rule_set
JOIN ${tables.permissions} p ON p.customer_id = r.customer_id AND p.channel = r.channel
WHERE p.revoked_at >= p.granted_at`,
  excludes: (reading, facts) =>
    facts.permissions.some(
      (given) =>
        given.channel === reading.channel && given.revokedAt !== null && given.revokedAt >= given.grantedAt,
    ),
});

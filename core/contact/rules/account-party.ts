import { z } from 'zod';
import { sql } from '../../sql/sql.ts';
import { clauseRows } from '../clauses.ts';
import { ruleKind } from '../rule.ts';

const parameters = z.strictObject({});

/** Third parties are left alone: references, relatives, and co-debtors or guarantors nobody marked as contactable. */
export default ruleKind<z.output<typeof parameters>>({
  text: {
    name: { es: 'Sólo titulares y contactables', en: 'Only holders and contactable parties' },
    title: { es: 'No es titular ni contactable', en: 'Neither holder nor contactable' },
    summary: {
      es: 'Sólo se escribe al titular de una cuenta, o a otra parte marcada como contactable; nunca a terceros.',
      en: 'Only the holder of an account, or another party marked contactable, is written to; never third parties.',
    },
  },
  parameters,
  order: 25,
  judges: 'person',
  needs: ['accounts'],
  horizonDays: () => 0,
  exclude: (dialect, tables, clauses) => sql`
SELECT r.assignment_id, c.clause FROM ${tables.readings} r
JOIN ${clauseRows(dialect, clauses)} c ON c.rule_set = r.rule_set
LEFT JOIN (SELECT DISTINCT customer_id FROM ${tables.addressable} x) p ON p.customer_id = r.customer_id
WHERE p.customer_id IS NULL`,
  excludes: (_reading, facts) => !facts.addressable,
});

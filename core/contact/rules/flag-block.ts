import { z } from 'zod';
import { flagKinds } from '../../portfolio/tables/people.ts';
import { sql } from '../../sql/sql.ts';
import { clauseRows, memberRows } from '../clauses.ts';
import { ruleKind } from '../rule.ts';
import { localDate } from '../time/wall-clock.ts';

const parameters = z.strictObject({
  kinds: z.array(z.enum(flagKinds)).min(1).describe('Flags that stop a message'),
});

/** A flag counts from the day it starts to the day it ends, both included, on the person's own calendar. */
export default ruleKind<z.output<typeof parameters>>({
  text: {
    name: { es: 'Marcas que impiden escribir', en: 'Flags that forbid writing' },
    title: { es: 'Tiene una marca que lo impide', en: 'Carries a flag that forbids it' },
    summary: {
      es: 'No se escribe a quien está en disputa, en dificultades, en un plan, ha fallecido o pidió que no se le contacte.',
      en: 'Nobody in dispute, hardship or a plan, deceased, or who asked for contact to cease, is written to.',
    },
  },
  parameters,
  order: 20,
  judges: 'person',
  needs: [],
  horizonDays: () => 0,
  exclude: (dialect, tables, clauses) => sql`
SELECT r.assignment_id, c.clause FROM ${tables.readings} r
JOIN ${clauseRows(dialect, clauses)} c ON c.rule_set = r.rule_set
JOIN ${tables.flags} f ON f.customer_id = r.customer_id
JOIN ${memberRows(dialect, clauses, [['kind', 'text']], (given) => given.kinds.map((kind) => [kind]))} k
  ON k.clause = c.clause AND k.kind = f.kind
WHERE f.started_on <= r.local_date AND (f.ended_on IS NULL OR f.ended_on >= r.local_date)`,
  excludes: (reading, facts, { kinds }) => {
    const date = localDate(reading.localAt);
    return facts.flags.some(
      (flag) =>
        kinds.some((kind) => kind === flag.kind) &&
        flag.startedOn <= date &&
        (flag.endedOn === null || flag.endedOn >= date),
    );
  },
});

import { z } from 'zod';
import { sql } from '../../sql/sql.ts';
import { clauseRows } from '../clauses.ts';
import { ruleKind } from '../rule.ts';
import { weekStart } from '../time/wall-clock.ts';
import { localOf } from '../time/zone-offsets.ts';

const parameters = z.strictObject({});

/** Once reached on one channel, a person is not addressed on another in the same calendar week (from Monday). */
export default ruleKind<z.output<typeof parameters>>({
  text: {
    name: { es: 'Un solo canal por semana', en: 'One channel a week' },
    title: { es: 'Ya se usó otro canal esta semana', en: 'Another channel was used this week' },
    summary: {
      es: 'Un solo canal por persona en la semana, una vez que hubo contacto.',
      en: 'One channel for a person in a week, once there has been contact.',
    },
  },
  parameters,
  order: 80,
  judges: 'history',
  needs: [],
  horizonDays: () => 8,
  exclude: (dialect, tables, clauses) => {
    const seenOn = dialect.cast(dialect.addSeconds(sql`t.happened_at`, sql`o.seconds`), 'date');
    return sql`
SELECT r.assignment_id, c.clause FROM ${tables.readings} r
JOIN ${clauseRows(dialect, clauses)} c ON c.rule_set = r.rule_set
JOIN ${tables.touches} t ON t.customer_id = r.customer_id AND t.channel <> r.channel AND t.reached
JOIN ${tables.offsets} o ON o.zone = r.zone AND t.happened_at >= o.from_utc AND t.happened_at < o.to_utc
WHERE ${dialect.weekStart(seenOn)} = ${dialect.weekStart(sql`r.local_date`)}`;
  },
  excludes: (reading, facts) =>
    facts.touches.some((touch) => {
      if (touch.channel === reading.channel || !touch.reached) return false;
      const local = localOf(facts.offsets, reading.zone, touch.happenedAt);
      return local !== null && weekStart(local) === weekStart(reading.localAt);
    }),
});

import { z } from 'zod';
import { channels } from '../../portfolio/tables/people.ts';
import { all, any, sql } from '../../sql/sql.ts';
import { channelRows, clauseRows } from '../clauses.ts';
import { ruleKind } from '../rule.ts';
import { dayMs, dayNumber, monthNumber, weekStart } from '../time/wall-clock.ts';
import { localOf } from '../time/zone-offsets.ts';

const parameters = z.strictObject({
  channels: z.array(z.enum(channels)).min(1).describe('Channels counted together'),
  max: z.number().int().min(1),
  period: z.enum(['day', 'week', 'month', 'rolling']).describe('Calendar period, or any run of days'),
  days: z.number().int().min(1).max(60).optional().describe('Length of the run, for a rolling period'),
  counts: z.enum(['attempt', 'contact']).describe('Every attempt, or only those that reached the person'),
});
type Parameters = z.output<typeof parameters>;

const days: Record<Parameters['period'], number> = { day: 2, week: 8, month: 32, rolling: 60 };

/**
 * At most `max` messages in a period on a set of channels: contacts made by anybody and places reserved by any
 * experiment are counted. Calendar periods are the person's own; weeks start on Monday. A rolling period counts what lies less than
 * `days` × 24 hours before or after together, which is never laxer than the rule.
 */
export default ruleKind<Parameters>({
  text: {
    name: { es: 'Tope de mensajes', en: 'Cap on messages' },
    title: { es: 'Ya recibió el máximo de mensajes', en: 'Already had the most messages allowed' },
    summary: {
      es: 'Cuenta los contactos hechos y los ya reservados, de todos los experimentos y canales que abarca.',
      en: 'Counts contacts made and places reserved, over all experiments and the channels it covers.',
    },
  },
  parameters: parameters.refine(
    (given) => (given.period === 'rolling') === (given.days !== undefined),
    'days goes with a rolling period',
  ),
  order: 70,
  judges: 'history',
  needs: [],
  horizonDays: (given) => given.days ?? days[given.period],
  exclude: (dialect, tables, clauses) => {
    const seen = dialect.addSeconds(sql`t.happened_at`, sql`o.seconds`);
    const seenOn = dialect.cast(seen, 'date');
    const within = any([
      sql`c.period = 'day' AND ${seenOn} = r.local_date`,
      sql`c.period = 'week' AND ${dialect.weekStart(seenOn)} = ${dialect.weekStart(sql`r.local_date`)}`,
      sql`c.period = 'month' AND ${dialect.monthStart(seenOn)} = ${dialect.monthStart(sql`r.local_date`)}`,
      sql`c.period = 'rolling' AND abs(${dialect.millisecondsBetween(sql`t.happened_at`, sql`r.planned_at`)})
        < CAST(c.days AS BIGINT) * ${dayMs}`,
    ]);
    return sql`
SELECT r.assignment_id, c.clause FROM ${tables.readings} r
JOIN ${clauseRows(
      dialect,
      clauses,
      [
        ['most', 'integer'],
        ['period', 'text'],
        ['days', 'integer'],
        ['counts', 'text'],
      ],
      (given) => [given.max, given.period, given.days ?? null, given.counts],
    )} c ON c.rule_set = r.rule_set
JOIN ${channelRows(dialect, clauses)} n ON n.clause = c.clause AND n.channel = r.channel
JOIN ${tables.touches} t ON t.customer_id = r.customer_id
JOIN ${channelRows(dialect, clauses)} u ON u.clause = c.clause AND u.channel = t.channel
JOIN ${tables.offsets} o ON o.zone = r.zone AND t.happened_at >= o.from_utc AND t.happened_at < o.to_utc
WHERE ${all([sql`c.counts = 'attempt' OR t.reached`, within])}
GROUP BY r.assignment_id, r.zone, r.planned_at, c.clause, c.most
HAVING count(*) >= c.most`;
  },
  excludes: (reading, facts, given) => {
    if (!given.channels.includes(reading.channel)) return false;
    const seen = facts.touches.filter((touch) => {
      if (!given.channels.includes(touch.channel) || (given.counts === 'contact' && !touch.reached))
        return false;
      const local = localOf(facts.offsets, reading.zone, touch.happenedAt);
      if (local === null) return false;
      if (given.period === 'day') return dayNumber(local) === dayNumber(reading.localAt);
      if (given.period === 'week') return weekStart(local) === weekStart(reading.localAt);
      if (given.period === 'month') return monthNumber(local) === monthNumber(reading.localAt);
      return Math.abs(touch.happenedAt - reading.plannedAt) < (given.days ?? 0) * dayMs;
    });
    return seen.length >= given.max;
  },
});

import { z } from 'zod';
import { channels } from '../../portfolio/tables/people.ts';
import { sql } from '../../sql/sql.ts';
import { channelRows, clauseRows } from '../clauses.ts';
import { ruleKind, type Touch } from '../rule.ts';
import { dayNumber } from '../time/wall-clock.ts';
import { localOf } from '../time/zone-offsets.ts';

const parameters = z.strictObject({
  channels: z.array(z.enum(channels)).min(1),
  after: z.enum(['attempt', 'contact', 'conversation']),
  days: z.number().int().min(1).max(60).describe('Days to wait, the day of the contact being the first'),
});

const counted = (touch: Touch, after: z.output<typeof parameters>['after']): boolean =>
  after === 'attempt' || (after === 'contact' ? touch.reached : touch.conversation);

/** After a contact on a set of channels, `days` calendar days pass before the next on any of them. */
export default ruleKind<z.output<typeof parameters>>({
  text: {
    name: { es: 'Pausa tras un contacto', en: 'Pause after a contact' },
    title: { es: 'Hace muy poco del último contacto', en: 'Too soon after the last contact' },
    summary: {
      es: 'Deja pasar unos días después de un intento, un contacto o una conversación.',
      en: 'Lets some days pass after an attempt, a contact or a conversation.',
    },
  },
  parameters,
  order: 90,
  judges: 'history',
  needs: [],
  horizonDays: (given) => given.days + 1,
  exclude: (dialect, tables, clauses) => {
    const seenOn = dialect.cast(dialect.addSeconds(sql`t.happened_at`, sql`o.seconds`), 'date');
    return sql`
SELECT r.assignment_id, c.clause FROM ${tables.readings} r
JOIN ${clauseRows(
      dialect,
      clauses,
      [
        ['after', 'text'],
        ['days', 'integer'],
      ],
      (given) => [given.after, given.days],
    )} c ON c.rule_set = r.rule_set
JOIN ${channelRows(dialect, clauses)} n ON n.clause = c.clause AND n.channel = r.channel
JOIN ${tables.touches} t ON t.customer_id = r.customer_id
JOIN ${channelRows(dialect, clauses)} u ON u.clause = c.clause AND u.channel = t.channel
JOIN ${tables.offsets} o ON o.zone = r.zone AND t.happened_at >= o.from_utc AND t.happened_at < o.to_utc
WHERE (c.after = 'attempt' OR (c.after = 'contact' AND t.reached) OR (c.after = 'conversation' AND t.conversation))
  AND abs(${dialect.daysBetween(seenOn, sql`r.local_date`)}) < c.days`;
  },
  excludes: (reading, facts, given) =>
    given.channels.includes(reading.channel) &&
    facts.touches.some((touch) => {
      if (!given.channels.includes(touch.channel) || !counted(touch, given.after)) return false;
      const local = localOf(facts.offsets, reading.zone, touch.happenedAt);
      return local !== null && Math.abs(dayNumber(local) - dayNumber(reading.localAt)) < given.days;
    }),
});

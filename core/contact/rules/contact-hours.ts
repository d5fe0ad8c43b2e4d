import { z } from 'zod';
import { channels } from '../../portfolio/tables/people.ts';
import { sql } from '../../sql/sql.ts';
import { channelRows, clauseRows, memberRows } from '../clauses.ts';
import { type Reading, ruleKind } from '../rule.ts';
import { isoWeekday, minuteOfDay, minutesOf } from '../time/wall-clock.ts';

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const time = z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/);
const window = z
  .tuple([time, time])
  .refine(([opens, closes]) => minutesOf(opens) < minutesOf(closes), 'opens before it closes');
const parameters = z.strictObject({
  channels: z.array(z.enum(channels)).min(1),
  hours: z
    .record(z.enum(weekdays), z.array(window))
    .describe('Local times from which, and before which, a message may leave'),
});
type Parameters = z.output<typeof parameters>;

const windowsOf = ({ hours }: Parameters) =>
  weekdays.flatMap((day, i) =>
    hours[day].map(([opens, closes]) => ({
      weekday: i + 1,
      opens: minutesOf(opens),
      closes: minutesOf(closes),
    })),
  );

const windowAt = (reading: Reading, given: Parameters) => {
  const minute = minuteOfDay(reading.localAt);
  const weekday = isoWeekday(reading.localAt);
  return windowsOf(given).find((w) => w.weekday === weekday && minute >= w.opens && minute < w.closes);
};

/** Windows are half-open, [opens, closes), on the person's own clock; a channel not named is not limited. */
export default ruleKind<Parameters>({
  text: {
    name: { es: 'Horario permitido', en: 'Permitted hours' },
    title: { es: 'Fuera del horario permitido', en: 'Outside the permitted hours' },
    summary: {
      es: 'El mensaje debe salir dentro de las horas de ese día y canal, en la hora local de la persona.',
      en: 'The message must leave within the hours of that day and channel, on the person’s own clock.',
    },
  },
  parameters,
  order: 50,
  judges: 'hours',
  needs: [],
  horizonDays: () => 0,
  exclude: (dialect, tables, clauses) => sql`
SELECT r.assignment_id, s.clause FROM ${tables.readings} r
JOIN (
  SELECT m.rule_set, m.channel, m.weekday, m.minute, c.clause
  FROM (SELECT DISTINCT rule_set, channel, weekday, minute FROM ${tables.readings} d) m
  JOIN ${clauseRows(dialect, clauses)} c ON c.rule_set = m.rule_set
  JOIN ${channelRows(dialect, clauses)} n ON n.clause = c.clause AND n.channel = m.channel
  LEFT JOIN ${memberRows(
    dialect,
    clauses,
    [
      ['weekday', 'integer'],
      ['opens', 'integer'],
      ['closes', 'integer'],
    ],
    (given) => windowsOf(given).map((w) => [w.weekday, w.opens, w.closes]),
  )} w ON w.clause = c.clause AND w.weekday = m.weekday
  GROUP BY m.rule_set, m.channel, m.weekday, m.minute, c.clause
  HAVING max(CASE WHEN m.minute >= w.opens AND m.minute < w.closes THEN 1 ELSE 0 END) = 0
) s ON s.rule_set = r.rule_set AND s.channel = r.channel AND s.weekday = r.weekday AND s.minute = r.minute`,
  excludes: (reading, _facts, given) =>
    given.channels.includes(reading.channel) && windowAt(reading, given) === undefined,
  closesAt: (reading, given) =>
    given.channels.includes(reading.channel) ? (windowAt(reading, given)?.closes ?? null) : null,
  edges: (given) => windowsOf(given).flatMap(({ opens, closes }) => [opens, closes]),
});

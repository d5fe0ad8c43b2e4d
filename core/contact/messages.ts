import type { Arm } from '../experiment/define.ts';
import { placeholders, placeholdersIn } from '../message/text/placeholder.ts';
import type { ColumnType } from '../portfolio/column.ts';
import type { Dialect } from '../sql/dialects/dialect.ts';
import { current } from '../sql/dialects/duckdb.ts';
import { ident, join, literal, raw, type Sql, sql } from '../sql/sql.ts';

/** What may leave, and nothing else; `address` only when asked for and permitted. */
export const messageColumns = [
  ['message_key', 'text'],
  ['customer_id', 'text'],
  ['experiment', 'text'],
  ['plan', 'text'],
  ['arm', 'text'],
  ['style', 'text'],
  ['touch', 'integer'],
  ['channel', 'text'],
  ['language', 'text'],
  ['template', 'text'],
  ['text', 'text'],
  ['variables', 'text'],
  ['send_not_before', 'text'],
  ['send_before', 'text'],
  ['send_not_before_local', 'text'],
  ['send_before_local', 'text'],
  ['time_zone', 'text'],
  ['propensity', 'double'],
  ['rule_set', 'text'],
  ['reason', 'text'],
] as const satisfies readonly (readonly [string, ColumnType])[];

export interface MessageColumn {
  name: string;
  type: ColumnType;
}

export const columnsOf = (withAddress: boolean): MessageColumn[] => [
  ...messageColumns.map(([name, type]) => ({ name, type })),
  ...(withAddress ? [{ name: 'address', type: 'text' as const }] : []),
];

export interface MessageSource {
  batchId: string;
  destination: string;
  experimentName: string;
  planHash: string;
  segmentId: string;
  asOf: string;
  arms: readonly Arm[];
  /** What each arm says: of one touch and template where they are named, else of every message of the arm. */
  texts: readonly {
    arm: string;
    touch?: number | undefined;
    template?: string | undefined;
    language: string;
    text: string;
  }[];
  withAddress: boolean;
}

/** One key for one message wherever it is sent from: a receiver, or a later run, can tell that it has been sent. */
export const messageKey = (dialect: Dialect, destination: string, assignmentId: Sql, touch: Sql): Sql =>
  dialect.md5(
    dialect.concat(literal(`${destination}:`), assignmentId, literal(':'), dialect.cast(touch, 'text')),
  );

/** What the portfolio itself puts into a text; the receiving tool fills the rest. */
const portfolioVariables = (source: MessageSource): string[] =>
  [...new Set(source.texts.flatMap(({ text }) => placeholdersIn(text)))]
    .filter((name) => Object.hasOwn(placeholders, name))
    .filter((name) => placeholders[name as keyof typeof placeholders].filledBy === 'portfolio')
    .toSorted();

/** The texts of each touch, each with its place among them: relation(arm, touch, place, texts, style, template). */
export const textLots = (dialect: Dialect, arms: readonly Arm[]): Sql =>
  dialect.inline(
    [
      ['arm', 'text'],
      ['touch', 'integer'],
      ['place', 'integer'],
      ['texts', 'integer'],
      ['style', 'text'],
      ['template', 'text'],
    ],
    arms.flatMap(({ name, touches }) =>
      touches.flatMap(({ style, templates }, i) =>
        templates.map((template, place) => [name, i + 1, place, templates.length, style, template]),
      ),
    ),
  );

const drawnText = raw('x.arm = b.arm AND x.touch = b.touch AND x.place = coalesce(g.text_lot, 0) % x.texts');

/** Accounts in the segment when it was frozen; of people who entered later, those past due now. */
const concerned = (
  source: MessageSource,
): Sql => sql`(SELECT account_id, customer_id FROM segment_members WHERE segment_id = ${source.segmentId}
  UNION ALL SELECT k.account_id, k.customer_id FROM ${current('accounts')} k
  WHERE k.customer_id IN (SELECT customer_id FROM contact_checks WHERE batch_id = ${source.batchId})
    AND k.customer_id NOT IN (SELECT customer_id FROM segment_members WHERE segment_id = ${source.segmentId}))`;

/**
 * The messages of a cleared batch, one row a person, ordered by customer. A row holds nothing drawn or counted
 * by the machine, so that the same data and design give the same rows. The language is the person's where the arm has a text in it,
 * else the arm's first. The amount is what is in arrears in the currency of the
 * account longest overdue, or the balance where there are no arrears; one that is not above zero is left out.
 */
export function messagesOf(dialect: Dialect, source: MessageSource): Sql {
  const names = portfolioVariables(source);
  const owed = raw('f.arrears');
  const values: Record<string, Sql> = {
    importe: sql`CASE WHEN ${owed} > 0 THEN ${dialect.concat(raw('f.currency'), literal(' '), dialect.cast(owed, 'text'))} END`,
    dias_mora: dialect.cast(raw('f.days_past_due'), 'text'),
  };
  const variables = names.map((name) => [name, values[name] ?? raw('NULL')] as const);
  const texts = dialect.inline(
    [
      ['arm', 'text'],
      ['touch', 'integer'],
      ['template', 'text'],
      ['language', 'text'],
      ['text', 'text'],
      ['place', 'integer'],
    ],
    source.texts.map(({ arm, touch, template, language, text }, i) => [
      arm,
      touch ?? null,
      template ?? null,
      language,
      text,
      i,
    ]),
  );
  const lots = textLots(dialect, source.arms);
  const passes = (before: string, after: string) =>
    dialect.concat(
      literal(before),
      raw('c.arm'),
      literal(after),
      raw('c.rule_set'),
      literal(' v'),
      raw('c.rule_version'),
    );
  const select: Record<(typeof messageColumns)[number][0], Sql> = {
    message_key: messageKey(dialect, source.destination, raw('c.assignment_id'), raw('c.touch')),
    customer_id: raw('c.customer_id'),
    experiment: literal(source.experimentName),
    plan: literal(source.planHash),
    arm: raw('c.arm'),
    style: raw('x.style'),
    touch: raw('c.touch'),
    channel: raw('c.channel'),
    language: raw('w.language'),
    template: raw('x.template'),
    text: raw('w.text'),
    variables: variables.length ? dialect.jsonObject(variables) : literal('{}'),
    send_not_before: dialect.concat(dialect.isoText(raw('c.planned_at')), literal('Z')),
    send_before: dialect.concat(dialect.isoText(raw('c.send_before')), literal('Z')),
    send_not_before_local: dialect.isoText(raw('c.planned_local')),
    send_before_local: dialect.isoText(raw('c.send_before_local')),
    time_zone: raw('c.time_zone'),
    propensity: raw('a.propensity'),
    rule_set: dialect.concat(raw('c.rule_set'), literal(' v'), raw('c.rule_version')),
    reason: sql`CASE WHEN w.language = 'en' THEN ${passes('Arm ', ' by lot; passes rule set ')} ELSE ${passes('Brazo ', ' por sorteo; pasa el conjunto de reglas ')} END`,
  };
  const listed = messageColumns.map(([name]) => sql`${select[name]} AS ${ident(name)}`);
  const address = source.withAddress ? [sql`d.address AS ${ident('address')}`] : [];
  const addresses = source.withAddress
    ? sql`LEFT JOIN ${current('contact_points')} d ON d.customer_id = c.customer_id AND d.channel = c.channel AND d.valid`
    : raw('');
  return sql`WITH chosen AS (
  SELECT assignment_id, language, text FROM (
    SELECT b.assignment_id, t.language, t.text, ${dialect.rowNumber(
      [raw('b.assignment_id')],
      [
        raw("CASE WHEN t.language = substr(lower(coalesce(p.language, '')), 1, 2) THEN 0 ELSE 1 END"),
        raw('t.place'),
      ],
    )} AS place
    FROM contact_checks b JOIN assignments g ON g.assignment_id = b.assignment_id AND g.experiment_id = b.experiment_id
    JOIN ${lots} x ON ${drawnText}
    JOIN ${texts} t ON t.arm = b.arm AND coalesce(t.touch, b.touch) = b.touch AND coalesce(t.template, x.template) = x.template
    LEFT JOIN ${current('customers')} p ON p.customer_id = b.customer_id WHERE b.batch_id = ${source.batchId}
  ) r WHERE place = 1
), debts AS (
  SELECT m.customer_id, k.currency, coalesce(s.arrears, s.balance) AS arrears, s.days_past_due,
    max(s.days_past_due) OVER (PARTITION BY m.customer_id) AS longest,
    first_value(k.currency) OVER (PARTITION BY m.customer_id ORDER BY s.days_past_due DESC, m.account_id) AS main
  FROM ${concerned(source)} m JOIN ${current('snapshots')} s ON s.account_id = m.account_id AND s.as_of = ${dialect.date(source.asOf)}
  JOIN ${current('accounts')} k ON k.account_id = m.account_id
), facts AS (
  SELECT customer_id, main AS currency, max(longest) AS days_past_due, ${dialect.cast(raw('sum(arrears)'), 'money')} AS arrears
  FROM (SELECT customer_id, main, longest, CASE WHEN currency = main THEN arrears END AS arrears FROM debts) q
  GROUP BY customer_id, main
)
SELECT ${join([...listed, ...address])}
FROM contact_checks c
JOIN assignments a ON a.assignment_id = c.assignment_id AND a.experiment_id = c.experiment_id
JOIN ${lots} x ON x.arm = c.arm AND x.touch = c.touch AND x.place = coalesce(a.text_lot, 0) % x.texts
LEFT JOIN chosen w ON w.assignment_id = c.assignment_id
LEFT JOIN facts f ON f.customer_id = c.customer_id
${addresses}
WHERE c.batch_id = ${source.batchId}
ORDER BY c.customer_id`;
}

/** Characters with which a spreadsheet takes a cell for a formula. */
export const formulaStarts = ['=', '+', '-', '@', '\t', '\r', '\n'] as const;

/**
 * The rows of a relation of messages, in its order, with an apostrophe before every text a spreadsheet would run. A list of
 * characters after IN would be joined as a table, and the order lost.
 */
export function neutralised(columns: readonly MessageColumn[], messages: Sql): Sql {
  const starts = formulaStarts.join('');
  const listed = columns.map(({ name, type }) =>
    type === 'text'
      ? sql`CASE WHEN ${ident(name)} <> '' AND strpos(${starts}, substr(${ident(name)}, 1, 1)) > 0 THEN '''' || ${ident(name)} ELSE ${ident(name)} END AS ${ident(name)}`
      : ident(name),
  );
  return sql`SELECT ${join(listed)} FROM ${messages} m`;
}

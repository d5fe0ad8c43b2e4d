import { bases, channels, flagKinds } from '#core/portfolio/tables/people.ts';
import { raw, type Sql, sql } from '#core/sql/sql.ts';
import { byCode, choice, drawKey, num, pick, uniform, word } from '../draw.ts';
import { model } from '../model.ts';
import { layer, type Scope, scratchTable } from '../scope.ts';
import { accountId, c, customerId, type Made } from './shared.ts';

const second = num(model.secondAccountEvery);
const texts = (values: readonly string[]): Sql[] => values.map((value) => raw(`'${value}'`));

/** The people of a chunk, one row each, with three words of their own. */
const people = (scope: Scope): Sql => {
  const d = scope.dialect;
  const key = drawKey(d, scope.seed, 'about', c('customer_no'));
  return layer(sql`SELECT * FROM ${scratchTable(scope, 'latent')} WHERE account_no % ${second} <> 0`, {
    q0: word(d, key, 0),
    q1: word(d, key, 1),
    q2: word(d, key, 2),
    q3: word(d, key, 3),
  });
};

const openedOn = (scope: Scope): Sql =>
  scope.dialect.cast(
    sql`${scope.dialect.date(raw(`'${scope.months[0]!.start}'`))} + (opened_idx - 1) * INTERVAL 1 MONTH + (due_day - 1) * INTERVAL 1 DAY`,
    'date',
  );

export function customers(scope: Scope): Made {
  const d = scope.dialect;
  const zones = byCode(
    c('country'),
    model.countries.map((country) =>
      pick(
        uniform(c('q0')),
        country.zones.map(({ zone, share }) => ({ share, value: raw(`'${zone}'`) })),
      ),
    ),
  );
  return {
    table: 'customers',
    query: sql`SELECT ${customerId()} AS customer_id, CASE WHEN ${choice(c('q1'), 0, 100)} < 3 THEN 'company' ELSE 'person' END AS customer_type,
  ${byCode(c('country'), texts(model.countries.map((country) => country.code)))} AS jurisdiction, ${zones} AS time_zone, 'es' AS language,
  ${d.cast(sql`${openedOn(scope)} - CAST(${choice(c('q1'), 8, 1800)} AS INTEGER)`, 'date')} AS customer_since,
  CAST(1948 + ${choice(c('q2'), 0, 30)} + ${choice(c('q2'), 8, 30)} AS INTEGER) AS birth_year,
  ${byCode(choice(c('q2'), 16, 2), texts(['female', 'male']))} AS sex,
  ${byCode(choice(c('q2'), 18, 4), texts(['primary', 'secondary', 'technical', 'university']))} AS education,
  ${byCode(choice(c('q2'), 20, 3), texts(['single', 'married', 'other']))} AS marital_status
FROM (${people(scope)}) ORDER BY customer_no`,
  };
}

export function accountParties(scope: Scope): Made {
  const key = drawKey(scope.dialect, scope.seed, 'party', c('account_no'));
  return {
    table: 'account_parties',
    query: sql`SELECT ${accountId()} AS account_id, ${customerId(c('party_no'))} AS customer_id, role, contactable FROM (
  SELECT account_no, customer_no AS party_no, 'holder' AS role, true AS contactable FROM ${scratchTable(scope, 'latent')}
  UNION ALL
  SELECT account_no, account_no + 1 AS party_no, CASE WHEN word % 3 = 0 THEN 'guarantor' ELSE 'co_debtor' END AS role, word % 5 = 0 AS contactable
  FROM (SELECT account_no, ${word(scope.dialect, key, 0)} AS word FROM ${scratchTable(scope, 'latent')} WHERE product = 1 AND account_no % ${second} BETWEEN 1 AND 5) WHERE word % 100 < 12
) ORDER BY account_no, role DESC`,
  };
}

const bases1 = { sms: 0, email: 0, whatsapp: 0, call: 1, letter: 1 } as const;

export function contactPermissions(scope: Scope): Made {
  const d = scope.dialect;
  const rows = channels.map(
    (channel, i) =>
      sql`SELECT customer_no, ${num(i)} AS channel, CASE WHEN ${choice(c('q3'), i * 4, 20)} = 0 THEN '${raw(bases[1])}' ELSE '${raw(bases[bases1[channel]])}' END AS basis, opened_on, q3 FROM people WHERE (permitted >> ${num(i)}) & 1 = 1`,
  );
  return {
    table: 'contact_permissions',
    query: sql`WITH people AS (SELECT *, ${openedOn(scope)} AS opened_on FROM (${people(scope)})),
granted AS (${raw('')}${rows.reduce((all, row) => sql`${all} UNION ALL ${row}`)}),
withdrawn AS (SELECT customer_no, channel, min(sent_at) AS revoked_at FROM ${scratchTable(scope, 'touches')} WHERE opted_out GROUP BY customer_no, channel)
SELECT ${customerId(sql`g.customer_no`)} AS customer_id, ${byCode(sql`g.channel`, texts(channels))} AS channel, basis,
  ${d.addSeconds(d.cast(c('opened_on'), 'timestamp'), sql`CAST(50400 + q3 % 20000 AS INTEGER)`)} AS granted_at, ${d.addSeconds(c('revoked_at'), num(900))} AS revoked_at,
  ${byCode(choice(c('q3'), 24, 3), texts(['contract', 'web', 'app']))} AS source
FROM granted g LEFT JOIN withdrawn w ON w.customer_no = g.customer_no AND w.channel = g.channel ORDER BY g.customer_no, g.channel`,
  };
}

/** Addresses that cannot exist: a reserved mail domain, and numbers of zeros marked as made up. */
export function contactPoints(scope: Scope): Made {
  const d = scope.dialect;
  const dialling = byCode(c('country'), texts(model.countries.map((country) => country.dialling)));
  const number = sql`lpad(CAST(customer_no AS VARCHAR), 8, '0')`;
  const phone = sql`'+' || ${dialling} || '000' || ${number} || ';ficticio'`;
  const address = [
    phone,
    sql`'c' || ${number} || '@example.invalid'`,
    phone,
    phone,
    sql`'Calle Ficticia ' || ${number} || ', ' || ${byCode(c('country'), texts(model.countries.map((country) => country.code)))}`,
  ];
  const rows = channels.map(
    (_, i) =>
      sql`SELECT customer_no, ${num(i)} AS channel, ${address[i]!} AS address, (valid >> ${num(i)}) & 1 = 1 AS valid, opened_on, q3 FROM people WHERE ((permitted | valid) >> ${num(i)}) & 1 = 1`,
  );
  return {
    table: 'contact_points',
    query: sql`WITH people AS (SELECT *, ${openedOn(scope)} AS opened_on FROM (${people(scope)}))
SELECT ${customerId()} AS customer_id, ${byCode(c('channel'), texts(channels))} AS channel, address, valid,
  ${d.addSeconds(d.cast(c('opened_on'), 'timestamp'), sql`CAST(50400 + q3 % 20000 AS INTEGER)`)} AS verified_at, 'simulated' AS source
FROM (${rows.reduce((all, row) => sql`${all} UNION ALL ${row}`)}) ORDER BY customer_no, channel`,
  };
}

export function flags(scope: Scope): Made {
  const d = scope.dialect;
  const monthStart = (index: Sql): Sql =>
    d.cast(sql`${d.date(raw(`'${scope.months[0]!.start}'`))} + (${index} - 1) * INTERVAL 1 MONTH`, 'date');
  const last = d.date(raw(`'${model.lastMonthEnd}'`));
  return {
    table: 'flags',
    query: sql`SELECT ${customerId()} AS customer_id, ${byCode(sql`flag - 1`, texts(flagKinds))} AS kind, started_on, CASE WHEN ended_on <= ${last} THEN ended_on END AS ended_on
FROM (SELECT customer_no, flag, ${monthStart(c('flag_from'))} AS started_on, ${monthStart(sql`CASE WHEN flag_to > 800 THEN NULL ELSE flag_to + 1 END`)} AS ended_on FROM (${people(scope)}) WHERE flag > 0)
WHERE started_on <= ${last} ORDER BY customer_no`,
  };
}

/** People whom the past policy leaves alone while little is overdue, from the first month on. */
export function holdouts(scope: Scope): Made {
  const d = scope.dialect;
  const first = d.date(raw(`'${scope.months.find((month) => month.written)!.start}'`));
  return {
    table: 'holdouts',
    query: sql`SELECT ${customerId()} AS customer_id, greatest(${first}, ${openedOn(scope)}) AS started_on, CAST(NULL AS DATE) AS ended_on,
  ${num(model.holdoutShare)} AS share, 'no_contact' AS kind, 'sample' AS source
FROM (${people(scope)}) WHERE holdout ORDER BY customer_no`,
  };
}

export function complaints(scope: Scope): Made {
  return {
    table: 'complaints',
    query: sql`SELECT 'Q' || lpad(CAST(account_no AS VARCHAR), 8, '0') || '-' || month || slot AS complaint_id, ${customerId()} AS customer_id,
  ${scope.dialect.addSeconds(c('sent_at'), sql`CAST(600 + reply % 3000 AS INTEGER)`)} AS occurred_at, ${byCode(c('channel'), texts(channels))} AS channel,
  ${byCode(sql`reply % 4`, texts(['tone', 'frequency', 'amount', 'not_my_debt']))} AS topic
FROM ${scratchTable(scope, 'touches')} WHERE complained AND written ORDER BY account_no, month, slot`,
  };
}

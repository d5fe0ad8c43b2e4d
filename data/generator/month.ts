import { raw, type Sql, sql } from '#core/sql/sql.ts';
import type { Month } from './calendar.ts';
import { byCode, drawKey, logistic, num, uniform, word } from './draw.ts';
import { firstDayReaching, type Window } from './hazard.ts';
import { lateMonth, newlyLateMonth } from './late.ts';
import { model } from './model.ts';
import { bits } from './policy.ts';
import { layer, type Scope, scratchTable } from './scope.ts';

const c = (name: string): Sql => raw(name);
const { cure, miss, contact } = model;

/** Tables of one month: its result, which is the next month's start. */
export const stepTable = (scope: Scope, month: number): Sql => scratchTable(scope, `step_${month}`);

/**
 * One month of every account of the chunk, as statements. People already late go first (do they pay everything, and
 * when; who is contacted), then the due day is met or missed, then those who missed it have the days that are left.
 */
export function monthStatements(scope: Scope, month: Month): Sql[] {
  const late = scratchTable(scope, 'late');
  const met = scratchTable(scope, 'met');
  const fresh = scratchTable(scope, 'fresh');
  return [
    sql`CREATE OR REPLACE TABLE ${late} AS SELECT ${raw(lateColumns.join(', '))} FROM (${lateAccounts(scope, month)})`,
    sql`CREATE OR REPLACE TABLE ${met} AS ${dueDay(scope, month)}`,
    sql`CREATE OR REPLACE TABLE ${fresh} AS SELECT ${raw(freshColumns.join(', '))} FROM (${newlyLate(scope, month)})`,
    sql`CREATE OR REPLACE TABLE ${stepTable(scope, month.index)} AS ${closing(scope, month)}`,
  ];
}

/** What an account brings into the month: months overdue, opt-outs of the person on either account, a message still working. */
const brought = raw(
  'coalesce(s.k, 0) AS k0, coalesce(s.status, 1) AS status0, coalesce(s.opted_out, 0) | coalesce(p.opted_out, 0) AS opted_out, s.carried, s.carried_days, s.oldest AS oldest0',
);

/** Latents (l) with the month before (s) and the opt-outs of the person's other account (p). */
function withMonthBefore(scope: Scope, month: Month): Sql {
  const latent = scratchTable(scope, 'latent');
  const before = stepTable(scope, month.index - 1);
  return sql`${latent} l LEFT JOIN ${before} s ON s.account_no = l.account_no
LEFT JOIN (SELECT account_no, opted_out FROM ${before} WHERE opted_out > 0) p ON p.account_no = l.partner_no`;
}

/** The month before the first one: nobody has anything yet. */
export const createStart = (scope: Scope): Sql =>
  sql`CREATE OR REPLACE TABLE ${stepTable(scope, 0)} AS SELECT account_no, 0 AS k, 1 AS status, ${scope.dialect.cast(raw('NULL'), 'date')} AS oldest, 0 AS opted_out, 0e0 AS carried, 0 AS carried_days FROM ${scratchTable(scope, 'latent')} WHERE opened_idx < 0`;

/** What later steps of the month need of a contact, and what telling of it needs. */
const carried = (slot: number): string[] =>
  ['made', 'day', 'channel', 'delivered', 'extra', 'out'].map((name) => `s${slot}_${name}`);
const told = (slot: number): string[] => [
  ...carried(slot),
  ...['style', 'word', 'other', 'propensity'].map((name) => `s${slot}_${name}`),
];
/** What was weighed at a contact opportunity, used or not. */
const weighed = (slot: number): string[] => ['open', 'odds', 'late'].map((name) => `s${slot}_${name}`);
const lateColumns = [
  'account_no',
  'k0',
  't1',
  'partial_day',
  'opted_out',
  ...[1, 2].flatMap((slot) => [...told(slot), ...weighed(slot)]),
];
const freshColumns = ['account_no', 't2', ...told(3)];

/** A planned contact is made unless everything is paid before it. */
const made = (slot: number, paid: string): Record<string, Sql> => ({
  [`s${slot}_made`]: sql`s${num(slot)}_channel IS NOT NULL AND s${num(slot)}_day <= coalesce(${raw(paid)}, 99)`,
});

const reaches = (slot: number): Sql => sql`coalesce(s${num(slot)}_delivered, false)`;

/** The days on which a message works: ended early by a later one, if there is one in the month. */
function window(slot: number, later?: number): Window {
  const day = sql`coalesce(s${num(slot)}_day, 0)`;
  const full = sql`${day} + ${num(contact.days)}`;
  return {
    extra: sql`CASE WHEN ${reaches(slot)} THEN s${num(slot)}_extra ELSE 0 END`,
    after: day,
    until: later
      ? sql`CASE WHEN ${reaches(later)} THEN least(${full}, s${num(later)}_day) ELSE ${full} END`
      : full,
  };
}

function lateAccounts(scope: Scope, month: Month): Sql {
  const d = scope.dialect;
  const joined = sql`SELECT l.*, ${brought} FROM ${withMonthBefore(scope, month)} WHERE s.k > 0 AND s.status = 1`;
  const aimed = layer(lateMonth(scope, joined, month), {
    target1: sql`-${d.ln(uniform(c('l0')))} / ${d.exp(sql`cure + ${num(cure.level)} * (k0 - 1)`)}`,
  });
  const carried: Window = {
    extra: c('carried'),
    after: num(0),
    until: sql`CASE WHEN ${reaches(1)} THEN least(carried_days, s1_day) WHEN ${reaches(2)} THEN least(carried_days, s2_day) ELSE carried_days END`,
  };
  const searched = firstDayReaching(aimed, 'reached1', 'target1', num(0), [carried, window(1, 2), window(2)]);
  const paid = layer(searched, {
    t1: sql`CASE WHEN reached1 <= ${num(month.days)} AND (partial_day IS NULL OR reached1 <= partial_day) THEN reached1 END`,
  });
  return layer(paid, { ...made(1, 't1'), ...made(2, 't1') });
}

/** Probability of missing the instalment of the month; smaller for those who were late when it opened and have just paid. */
export const missChance = (scope: Scope, month: Month, justCured: Sql): Sql => {
  const season = [1, 2, 12].includes(month.ofYear) ? miss.season : 0;
  return logistic(
    scope.dialect,
    sql`miss + ${num(season)} + CASE WHEN ${justCured} THEN ${num(miss.justCured)} ELSE 0 END`,
  );
};

/** The due day: who is up to date then pays the instalment or misses it; a few close the account. */
function dueDay(scope: Scope, month: Month): Sql {
  const d = scope.dialect;
  const open = sql`s.status IN (1, 2) OR (s.account_no IS NULL AND l.opened_idx = ${num(month.index - 1)})`;
  const joined = layer(
    sql`SELECT l.account_no, l.due_day, l.miss, ${brought}, t.t1 FROM ${withMonthBefore(scope, month)} LEFT JOIN ${scratchTable(scope, 'late')} t ON t.account_no = l.account_no WHERE ${open}`,
    { month_key: drawKey(d, scope.seed, 'month', c('account_no'), month.index) },
  );
  const drawn = layer(joined, {
    w0: word(d, c('month_key'), 0),
    w1: word(d, c('month_key'), 1),
    clean: sql`status0 = 1 AND (k0 = 0 OR coalesce(t1 < due_day, false))`,
  });
  const due = layer(drawn, {
    missed: sql`clean AND ${uniform(c('w0'))} < ${missChance(scope, month, sql`k0 > 0`)}`,
    closes: sql`status0 = 1 AND k0 = 0 AND ${bits(c('w1'), 20, 12)} < ${num(model.closePerMonth)}`,
  });
  return sql`SELECT account_no, due_day, k0, status0, opted_out, oldest0, clean, w1, missed AND NOT closes AS missed, closes FROM (${due})`;
}

function newlyLate(scope: Scope, month: Month): Sql {
  const d = scope.dialect;
  const joined = sql`SELECT l.*, m.opted_out FROM ${scratchTable(scope, 'met')} m JOIN ${scratchTable(scope, 'latent')} l ON l.account_no = m.account_no WHERE m.missed`;
  const aimed = layer(newlyLateMonth(scope, joined, month), {
    target2: sql`-${d.ln(uniform(c('n0')))} / ${d.exp(c('cure'))}`,
  });
  const searched = firstDayReaching(aimed, 'reached2', 'target2', c('due_day'), [window(3)]);
  const paid = layer(searched, { t2: sql`CASE WHEN reached2 <= ${num(month.days)} THEN reached2 END` });
  return layer(paid, made(3, 't2'));
}

/** Date on which the oldest unpaid instalment fell due, k months overdue at the end of a month. */
function oldestDue(scope: Scope, month: Month, k: Sql): Sql {
  const starts = Array.from({ length: 9 }, (_, back) => monthStartBack(month, back));
  return scope.dialect.addDays(
    byCode(
      sql`${k} - 1`,
      starts.map((start) => scope.dialect.date(raw(`'${start}'`))),
    ),
    sql`due_day - 1`,
  );
}

const monthStartBack = (month: Month, back: number): string => {
  const [year, of] = month.start.split('-').map(Number) as [number, number];
  return new Date(Date.UTC(year, of - 1 - back, 1)).toISOString().slice(0, 10);
};

/** Where every account stands when the month closes, with what happened to it. */
function closing(scope: Scope, month: Month): Sql {
  const d = scope.dialect;
  const carrying = ['t1', 'partial_day', ...[1, 2].flatMap(carried)];
  const joined = sql`SELECT m.*, ${raw(carrying.map((name) => `t.${name}`).join(', '))}, f.t2, ${raw(
    carried(3)
      .map((name) => `f.${name}`)
      .join(', '),
  )}
FROM ${scratchTable(scope, 'met')} m
LEFT JOIN ${scratchTable(scope, 'late')} t ON t.account_no = m.account_no LEFT JOIN ${scratchTable(scope, 'fresh')} f ON f.account_no = m.account_no`;
  const owed = layer(joined, {
    re_aged: sql`status0 = 1 AND k0 BETWEEN 2 AND 5 AND t1 IS NULL AND ${bits(c('w1'), 20, 12)} < ${num(model.reAgePerMonth)}`,
    works: sql`CASE WHEN s3_made AND s3_delivered THEN 3 WHEN s2_made AND s2_delivered THEN 2 WHEN s1_made AND s1_delivered THEN 1 END`,
  });
  const counted = layer(owed, {
    k: sql`CASE WHEN status0 = 2 THEN k0 WHEN clean THEN CASE WHEN missed AND t2 IS NULL THEN 1 ELSE 0 END
  WHEN t1 IS NOT NULL OR re_aged THEN 0 WHEN partial_day IS NOT NULL THEN k0 ELSE k0 + 1 END`,
    carries: sql`CASE works WHEN 3 THEN s3_day WHEN 2 THEN s2_day WHEN 1 THEN s1_day END + ${num(contact.days - month.days)}`,
  });
  const dated = layer(counted, {
    oldest: sql`CASE WHEN status0 = 2 THEN oldest0 WHEN k > 0 THEN ${oldestDue(scope, month, c('k'))} END`,
  });
  const end = d.date(raw(`'${month.end}'`));
  const charged = layer(dated, {
    status: sql`CASE WHEN status0 = 2 THEN 2 WHEN closes THEN 3 WHEN k > 0 AND ${d.daysBetween(c('oldest'), end)} >= ${num(model.chargeOffDays)} THEN 2 ELSE 1 END`,
    still: sql`k > 0 AND carries > 0`,
  });
  const withdrawn = [1, 2, 3]
    .map((slot) => `CASE WHEN s${slot}_made AND s${slot}_out THEN 1 << s${slot}_channel ELSE 0 END`)
    .join(' | ');
  return sql`SELECT account_no, ${small(num(month.index), 'month')}, ${small(c('k0'))}, ${small(c('k'))}, ${small(c('status0'))}, ${small(c('status'))},
  ${d.cast(c('oldest'), 'date')} AS oldest, w1, clean, missed, closes, re_aged, ${small(c('t1'))}, ${small(c('t2'))}, ${small(sql`CASE WHEN t1 IS NULL THEN partial_day END`, 'partial_day')},
  ${small(sql`opted_out | ${raw(withdrawn)}`, 'opted_out')},
  CASE WHEN still THEN CASE works WHEN 3 THEN s3_extra WHEN 2 THEN s2_extra WHEN 1 THEN s1_extra END ELSE 0 END AS carried, ${small(sql`CASE WHEN still THEN carries ELSE 0 END`, 'carried_days')}
FROM (${charged})`;
}

/** Days, months and codes of the scratch tables take a byte each. */
const small = (value: Sql, name = value.text): Sql => sql`CAST(${value} AS TINYINT) AS ${raw(name)}`;

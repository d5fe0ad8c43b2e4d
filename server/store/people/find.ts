import type { PersonFound } from '#core/contract/portfolio/people.ts';
import { current } from '#core/sql/dialects/duckdb.ts';
import { join, list, raw, type Sql, sql } from '#core/sql/sql.ts';
import type { Session } from '../../engine/engine.ts';
import { missingTables } from './missing.ts';

export interface PeopleQuery {
  text: string;
  late: boolean;
  sort: 'id' | 'late';
  limit: number;
  offset: number;
  /** Whether an exact address may be looked for. */
  personal: boolean;
}

interface Hit {
  customer_id: string;
  found_by: number;
}

const ways = ['customer', 'account', 'address'] as const;

/** Text that begins with `text`, as a range, which the engine finds by the smallest and largest value of each block. */
const begins = (column: Sql, text: string): Sql => {
  const points = [...text];
  const last = points.at(-1)?.codePointAt(0) ?? 0;
  const next = last < 0xd7ff ? points.slice(0, -1).join('') + String.fromCodePoint(last + 1) : null;
  return next === null
    ? sql`starts_with(${column}, ${text})`
    : sql`(${column} >= ${text} AND ${column} < ${next})`;
};

/** Accounts of one person that may stand one after another before the next person’s are reached. */
const accountsEach = 8;

/**
 * The first people by identifier. Each branch is cut before they are put together, so that a match in a million costs
 * no more than one in ten; who has accounts but no row of their own is found by the whole identifier.
 */
function byId({ text, personal }: PeopleQuery, most: number, customersHeld: boolean): Sql {
  const among = (table: string, way: number, when: Sql, rows: number) =>
    sql`(SELECT customer_id, ${raw(String(way))} AS found_by FROM ${current(table)} WHERE ${when} ORDER BY customer_id LIMIT ${rows})`;
  const holder = customersHeld ? sql`customer_id = ${text}` : begins(raw('customer_id'), text);
  const parts = [
    among('customers', 0, begins(raw('customer_id'), text), most),
    among('accounts', 0, holder, most * accountsEach),
    among('accounts', 1, begins(raw('account_id'), text), most * accountsEach),
    ...(personal ? [among('contact_points', 2, sql`address = ${text}`, most)] : []),
  ];
  return sql`SELECT customer_id, min(found_by) AS found_by FROM (${join(parts, ' UNION ALL ')}) h
    GROUP BY customer_id ORDER BY customer_id LIMIT ${most}`;
}

/** The same among people past due on the newest date with balances, most days first. */
function byDays({ text, personal }: PeopleQuery, most: number): Sql {
  const byPerson = begins(raw('a.customer_id'), text);
  const byAddress = personal
    ? sql` OR a.customer_id IN (SELECT customer_id FROM ${current('contact_points')} WHERE address = ${text})`
    : raw('');
  return sql`SELECT a.customer_id, min(CASE WHEN ${byPerson} THEN 0 WHEN ${begins(raw('a.account_id'), text)} THEN 1 ELSE 2 END) AS found_by
    FROM ${current('snapshots')} s JOIN ${current('accounts')} a ON a.account_id = s.account_id
    WHERE s.as_of = (SELECT max(as_of) FROM snapshots) AND s.days_past_due > 0 AND (${byPerson} OR ${begins(raw('a.account_id'), text)}${byAddress})
    GROUP BY a.customer_id ORDER BY max(s.days_past_due) DESC, a.customer_id LIMIT ${most}`;
}

/** Accounts of some people: their identifiers, written out so that the engine skips the blocks that hold none of them. */
export async function accountsOf(session: Session, people: readonly string[]): Promise<string[]> {
  const rows = await session.rows<{ account_id: string }>(
    sql`SELECT account_id FROM ${current('accounts')} WHERE customer_id IN ${list(people)} ORDER BY account_id`,
  );
  return rows.map(({ account_id: id }) => id);
}

/** Newest balances of accounts: one row each. */
export const newestBalances = (accounts: readonly string[]): Sql => sql`
  SELECT account_id, max(as_of) AS as_of, arg_max(balance, as_of) AS balance, arg_max(arrears, as_of) AS arrears,
    arg_max(days_past_due, as_of) AS days_past_due
  FROM ${current('snapshots')} WHERE account_id IN ${list(accounts)} GROUP BY account_id`;

/** A page of people whose identifier, or that of an account of theirs, is or begins with the text; one more than asked tells of a next page. */
async function page(session: Session, query: PeopleQuery): Promise<Hit[]> {
  const most = query.offset + query.limit + 1;
  const late = query.late || query.sort === 'late' ? await session.rows<Hit>(byDays(query, most)) : [];
  if (query.late || late.length === most) return late.slice(query.offset);
  const customersHeld = (await missingTables(session, ['customers'])).length === 0;
  const rest = await session.rows<Hit>(byId(query, most + late.length, customersHeld));
  const first = new Set(late.map(({ customer_id: id }) => id));
  return [...late, ...rest.filter(({ customer_id: id }) => !first.has(id))].slice(query.offset, most);
}

interface Facts {
  customer_id: string;
  jurisdiction: string | null;
  customer_type: string | null;
}
interface Balance {
  customer_id: string;
  currency: string;
  accounts: number;
  balance: string | null;
  arrears: string | null;
  days_past_due: number | null;
}

/** People found, with where they live and what they owe in each currency. */
export async function findPeople(
  session: Session,
  query: PeopleQuery,
): Promise<{ people: PersonFound[]; more: boolean }> {
  const found = await page(session, query);
  const shown = found.slice(0, query.limit);
  const ids = list(shown.map(({ customer_id }) => customer_id));
  const facts = await session.rows<Facts>(
    sql`SELECT customer_id, jurisdiction, customer_type FROM ${current('customers')} WHERE customer_id IN ${ids} ORDER BY customer_id`,
  );
  const own = await accountsOf(
    session,
    shown.map(({ customer_id }) => customer_id),
  );
  const balances = await session.rows<Balance>(sql`
    SELECT a.customer_id, a.currency, CAST(count(*) AS BIGINT) AS accounts, CAST(sum(s.balance) AS DECIMAL(18,2)) AS balance,
      CAST(sum(s.arrears) AS DECIMAL(18,2)) AS arrears, max(s.days_past_due) AS days_past_due
    FROM ${current('accounts')} a LEFT JOIN (${newestBalances(own)}) s ON s.account_id = a.account_id
    WHERE a.customer_id IN ${ids} GROUP BY a.customer_id, a.currency ORDER BY a.customer_id, a.currency`);
  const people = shown.map(({ customer_id: id, found_by }): PersonFound => {
    const fact = facts.find((one) => one.customer_id === id);
    const mine = balances.filter((one) => one.customer_id === id);
    const days = mine.flatMap((one) => (one.days_past_due === null ? [] : [one.days_past_due]));
    return {
      customerId: id,
      jurisdiction: fact?.jurisdiction ?? null,
      customerType: fact?.customer_type ?? null,
      accounts: mine.reduce((sum, { accounts }) => sum + accounts, 0),
      balances: mine.map((one) => ({
        currency: one.currency,
        accounts: one.accounts,
        balance: one.balance,
        arrears: one.arrears,
        daysPastDue: one.days_past_due,
      })),
      daysPastDue: days.length ? Math.max(...days) : null,
      by: ways[found_by] ?? 'customer',
    };
  });
  return { people, more: found.length > query.limit };
}

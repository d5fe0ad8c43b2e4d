import type { Person, PersonAccount } from '#core/contract/portfolio/people.ts';
import { maskAddress } from '#core/people/mask.ts';
import type { Channel } from '#core/portfolio/tables/people.ts';
import { customers } from '#core/portfolio/tables/people.ts';
import { flagTitles } from '#core/segment/columns.ts';
import { current } from '#core/sql/dialects/duckdb.ts';
import { sql } from '#core/sql/sql.ts';
import type { Session } from '../../engine/engine.ts';
import { accountsOf, newestBalances } from './find.ts';

/** Columns of a customer that are shown on request only. */
export const personalColumns = Object.entries(customers.columns).filter(
  ([, column]) => column.tag === 'protected' || column.tag === 'personal' || column.tag === 'secret',
);

export interface CustomerRow {
  customer_type: string | null;
  jurisdiction: string | null;
  time_zone: string | null;
  language: string | null;
  customer_since: string | null;
  [personal: string]: string | number | null;
}

export const readCustomer = (session: Session, id: string): Promise<CustomerRow | undefined> =>
  session.first<CustomerRow>(
    sql`SELECT * EXCLUDE (load_id, source_row) FROM ${current('customers')} WHERE customer_id = ${id}`,
  );

export async function readAccounts(session: Session, id: string): Promise<PersonAccount[]> {
  const own = await accountsOf(session, [id]);
  const rows = await session.rows<{
    account_id: string;
    product_type: string | null;
    currency: string;
    opened_on: string | null;
    status: string | null;
    charged_off_on: string | null;
    as_of: string | null;
    balance: string | null;
    arrears: string | null;
    days_past_due: number | null;
  }>(sql`SELECT a.account_id, a.product_type, a.currency, a.opened_on, a.status, a.charged_off_on, s.as_of, s.balance, s.arrears, s.days_past_due
    FROM ${current('accounts')} a LEFT JOIN (${newestBalances(own)}) s ON s.account_id = a.account_id
    WHERE a.customer_id = ${id} ORDER BY s.days_past_due DESC NULLS LAST, a.account_id`);
  return rows.map((row) => ({
    accountId: row.account_id,
    productType: row.product_type,
    currency: row.currency,
    openedOn: row.opened_on,
    status: row.status,
    chargedOffOn: row.charged_off_on,
    asOf: row.as_of,
    balance: row.balance,
    arrears: row.arrears,
    daysPastDue: row.days_past_due,
  }));
}

/** Others who answer for the person’s accounts, and accounts of others the person answers for. */
export async function readParties(session: Session, id: string): Promise<Person['parties']> {
  const own = sql`SELECT account_id FROM ${current('accounts')} WHERE customer_id = ${id}`;
  const rows = await session.rows<{
    account_id: string;
    customer_id: string;
    role: string;
    may: boolean;
    own: boolean;
  }>(sql`
    SELECT account_id, customer_id, role, coalesce(contactable, role = 'holder') AS may, account_id IN (${own}) AS own
    FROM ${current('account_parties')} WHERE (account_id IN (${own}) AND customer_id <> ${id}) OR (customer_id = ${id} AND account_id NOT IN (${own}))
    ORDER BY account_id, role, customer_id`);
  return rows.map((row) => ({
    accountId: row.account_id,
    customerId: row.customer_id,
    role: row.role,
    contactable: row.may,
    own: row.own,
  }));
}

export async function readPermissions(session: Session, id: string): Promise<Person['permissions']> {
  const rows = await session.rows<{
    channel: Channel;
    basis: string;
    granted_at: string;
    revoked_at: string | null;
    source: string | null;
  }>(
    sql`SELECT channel, basis, granted_at, revoked_at, source FROM ${current('contact_permissions')} WHERE customer_id = ${id} ORDER BY channel, granted_at, basis`,
  );
  return rows.map(({ granted_at: grantedAt, revoked_at: revokedAt, ...row }) => ({
    ...row,
    grantedAt,
    revokedAt,
  }));
}

export const readAddresses = (
  session: Session,
  id: string,
): Promise<
  {
    channel: Channel;
    address: string | null;
    valid: boolean;
    verified_at: string | null;
    source: string | null;
  }[]
> =>
  session.rows(
    sql`SELECT channel, address, valid, verified_at, source FROM ${current('contact_points')} WHERE customer_id = ${id} ORDER BY channel, address`,
  );

export const maskedPoints = (points: Awaited<ReturnType<typeof readAddresses>>): Person['points'] =>
  points.map(({ address, verified_at: verifiedAt, ...point }) => ({
    ...point,
    masked: maskAddress(address),
    verifiedAt,
  }));

/** Flags, those in force first. */
export async function readFlags(session: Session, id: string, today: string): Promise<Person['flags']> {
  const rows = await session.rows<{
    kind: string;
    started_on: string;
    ended_on: string | null;
    active: boolean;
  }>(sql`
    SELECT kind, started_on, ended_on, started_on <= CAST(${today} AS DATE) AND coalesce(ended_on >= CAST(${today} AS DATE), true) AS active
    FROM ${current('flags')} WHERE customer_id = ${id} ORDER BY active DESC, started_on DESC, kind`);
  return rows.map((row) => ({
    kind: row.kind,
    title: flagTitles[row.kind] ?? { es: row.kind, en: row.kind },
    startedOn: row.started_on,
    endedOn: row.ended_on,
    active: row.active,
  }));
}

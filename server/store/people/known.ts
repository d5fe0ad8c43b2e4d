import { DomainError } from '#core/errors/domain-error.ts';
import { sql } from '#core/sql/sql.ts';
import type { Context } from '../../context.ts';
import { forgottenAs } from '../keeping/suppression.ts';

/** Whether anything is held of a person: as a customer, a holder or a party, now or in a load superseded or undone. */
export async function isKnown({ engine }: Context, customerId: string): Promise<boolean> {
  for (const table of ['customers', 'accounts', 'account_parties', 'contacts', 'assignments'])
    if (
      await engine.first(
        sql`SELECT 1 AS one FROM ${{ text: table, values: [] }} WHERE customer_id = ${customerId} LIMIT 1`,
      )
    )
      return true;
  return false;
}

/** @throws person_unknown, person_forgotten */
export async function requirePerson(context: Context, customerId: string): Promise<void> {
  const forgotten = await forgottenAs(context, customerId);
  if (forgotten)
    throw new DomainError('person_forgotten', {
      forgottenAt: forgotten.since.slice(0, 10),
      token: forgotten.token,
    });
  if (!(await isKnown(context, customerId))) throw new DomainError('person_unknown', { customerId });
}

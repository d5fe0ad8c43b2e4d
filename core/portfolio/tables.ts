import type { Table } from './column.ts';
import * as conversation from './tables/conversation.ts';
import * as ledger from './tables/ledger.ts';
import * as people from './tables/people.ts';

/** The canonical tables: the one source of DDL, mappings, dictionary and fixtures. */
export const tables: readonly Table[] = [
  people.customers,
  ledger.accounts,
  ledger.snapshots,
  ledger.payments,
  conversation.contacts,
  conversation.promises,
  people.contactPermissions,
  people.contactPoints,
  people.accountParties,
  ledger.instalments,
  ledger.adjustments,
  ledger.placements,
  ledger.costs,
  people.flags,
  people.complaints,
  people.holdouts,
  conversation.contactDecisions,
  ledger.exchangeRates,
];

export const tableNames = tables.map((table) => table.name);

export function tableNamed(name: string): Table | undefined {
  return tables.find((table) => table.name === name);
}

import { DomainError } from '#core/errors/domain-error.ts';
import { protectedAttributes } from '#core/portfolio/protected.ts';

const protectedColumns = new Set(protectedAttributes.map(({ name }) => name));

/** @throws protected_feature when a protected attribute of a person is among the columns. */
export function refuseProtected(columns: readonly string[]): void {
  const found = columns.find(
    (name) => protectedColumns.has(name) || protectedColumns.has(name.replace(/^fair_/, '')),
  );
  if (found) throw new DomainError('protected_feature', { column: found });
}

/**
 * Columns that are written, or written over, once the outcome is there: a date or length of the contact that ended the
 * matter, the last payment, the state of today. At a past date they hold the future.
 */
const writtenAfter = new Set([
  'duration',
  'call_duration',
  'last_payment_date',
  'last_payment_amount',
  'last_paid_on',
  'current_status',
  'status',
  'loan_status',
  'current_balance',
  'current_days_past_due',
  'closed_on',
  'charged_off_on',
  'settled_on',
  'cured_on',
  'recovered_amount',
  'recoveries',
  'outcome',
  'target',
  'row_target',
]);

/** @throws leak_written_after when a column known to be written after the outcome is among them. */
export function refuseWrittenAfter(columns: readonly string[]): void {
  const found = columns.find((name) => writtenAfter.has(name));
  if (found) throw new DomainError('leak_written_after', { column: found });
}

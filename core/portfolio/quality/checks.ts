import type { QualityCheck } from './check.ts';
import { absentTables } from './checks/absent-tables.ts';
import { arrearsMismatch } from './checks/arrears-mismatch.ts';
import { beforeOpening } from './checks/before-opening.ts';
import { birthYear } from './checks/birth-year.ts';
import { currencyCode } from './checks/currency-code.ts';
import { emptyColumns } from './checks/empty-columns.ts';
import { fewMonths } from './checks/few-months.ts';
import { futureDates } from './checks/future-dates.ts';
import { knownBefore } from './checks/known-before.ts';
import { lastMonth } from './checks/last-month.ts';
import { monthGaps } from './checks/month-gaps.ts';
import { negativeBalance } from './checks/negative-balance.ts';
import { newCodes } from './checks/new-codes.ts';
import { orphanKeys } from './checks/orphan-keys.ts';
import { paymentSign } from './checks/payment-sign.ts';
import { personalLooking } from './checks/personal-looking.ts';
import { portfolioGaps } from './checks/portfolio-gaps.ts';
import { protectedColumns } from './checks/protected-columns.ts';
import { rejectedRows } from './checks/rejected-rows.ts';

/** Every check, in the order they are shown. */
export const qualityChecks: readonly QualityCheck[] = [
  orphanKeys,
  portfolioGaps,
  lastMonth,
  monthGaps,
  fewMonths,
  futureDates,
  knownBefore,
  beforeOpening,
  paymentSign,
  negativeBalance,
  arrearsMismatch,
  currencyCode,
  birthYear,
  newCodes,
  personalLooking,
  rejectedRows,
  protectedColumns,
  emptyColumns,
  absentTables,
];

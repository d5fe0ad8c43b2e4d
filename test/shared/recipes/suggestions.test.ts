import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { suggest } from '#core/portfolio/suggest/suggest.ts';
import { measure, profileText, summarise } from '../../support/files/suggestion-quality.ts';
import { hasShared, shared } from '../../support/shared.ts';

const lines = 3000;
function suggestionOf(file: string, delimiter: string) {
  const bytes = readFileSync(shared(`data/${file}`));
  const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('latin1');
  const head = `${text.split('\n').slice(0, lines).join('\n')}\n`;
  return suggest({ stem: 'file', columns: profileText(head, delimiter) });
}

const portfolios: { file: string; truth: Record<string, string> }[] = [
  {
    file: 'taiwan_credit_default/UCI_Credit_Card.csv.gz',
    truth: {
      'customers.customer_id': 'ID',
      'customers.sex': 'SEX',
      'customers.education': 'EDUCATION',
      'customers.marital_status': 'MARRIAGE',
      'accounts.account_id': 'ID',
      'accounts.customer_id': 'ID',
      'accounts.credit_limit': 'LIMIT_BAL',
      'snapshots.account_id': 'ID',
      'snapshots.days_past_due': 'PAY_0',
      'snapshots.balance': 'BILL_AMT1',
      'payments.account_id': 'ID',
      'payments.amount': 'PAY_AMT1',
    },
  },
  {
    file: 'ibm_accounts_receivable/WA_Fn-UseC_-Accounts-Receivable.csv',
    truth: {
      'customers.customer_id': 'customerID',
      'accounts.account_id': 'invoiceNumber',
      'accounts.customer_id': 'customerID',
      'accounts.opened_on': 'InvoiceDate',
      'accounts.original_amount': 'InvoiceAmount',
      'snapshots.account_id': 'invoiceNumber',
      'snapshots.days_past_due': 'DaysLate',
    },
  },
  {
    file: 'loan_payments_500/Loan_payments_data.csv',
    truth: {
      'customers.customer_id': 'Loan_ID',
      'customers.sex': 'Gender',
      'customers.education': 'education',
      'accounts.account_id': 'Loan_ID',
      'accounts.customer_id': 'Loan_ID',
      'accounts.opened_on': 'effective_date',
      'accounts.original_amount': 'Principal',
      'accounts.status': 'loan_status',
      'snapshots.account_id': 'Loan_ID',
      'snapshots.days_past_due': 'past_due_days',
      'snapshots.status': 'loan_status',
    },
  },
];

const others = [
  ['hillstrom/hillstrom.csv.gz', ','],
  ['cookie_cats/cookie_cats.csv.gz', ','],
  ['bank_marketing/bank-additional-full.csv.gz', ';'],
  ['bank_debt_recovery/bank_data.csv', ','],
  ['hmeq/hmeq.csv', ','],
  ['credit_record/credit_record_dev20.csv.gz', ','],
  ['lendingclub_openintro/loans_full_schema.csv.gz', ','],
] as const;

describe.runIf(hasShared)('suggestions for the public sets', () => {
  it('feed the columns of those that are portfolios', () => {
    const { precision, recall, wrong, missed } = summarise(
      portfolios.map(({ file, truth }) => measure(file, suggestionOf(file, ','), truth)),
    );
    console.info(`public sets: precision ${precision.toFixed(3)}, recall ${recall.toFixed(3)}`, {
      wrong,
      missed,
    });
    expect(precision).toBeGreaterThanOrEqual(0.93);
    expect(recall).toBeGreaterThanOrEqual(0.95);
  });

  it.each(others)('%s names no account and is a dataset', (file, delimiter) => {
    const { tables, recipe } = suggestionOf(file, delimiter);
    expect(tables).toEqual([]);
    expect(recipe.tables).toEqual([{ dataset: 'file', columns: 'all' }]);
  });

  it('tell month-first dates from day-first ones', () => {
    expect(suggestionOf('loan_payments_500/Loan_payments_data.csv', ',').dates).toBe('mdy');
    expect(suggestionOf('ibm_accounts_receivable/WA_Fn-UseC_-Accounts-Receivable.csv', ',').dates).toBe(
      'mdy',
    );
  });
});

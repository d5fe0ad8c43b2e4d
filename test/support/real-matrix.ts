import { raw } from '#core/sql/sql.ts';
import type { Matrix, MatrixColumn } from '#models/matrix.ts';
import type { Engine } from '#server/engine/engine.ts';
import { shared } from './shared.ts';

const statements = {
  /** Default next month of all 30,000, statuses as categories. */
  taiwan: () => `SELECT CAST("default.payment.next.month" AS DOUBLE) AS target, LIMIT_BAL,
    CAST(SEX AS VARCHAR) AS SEX, CAST(EDUCATION AS VARCHAR) AS EDUCATION, CAST(MARRIAGE AS VARCHAR) AS MARRIAGE, AGE,
    CAST(PAY_0 AS VARCHAR) AS PAY_0, CAST(PAY_2 AS VARCHAR) AS PAY_2, CAST(PAY_3 AS VARCHAR) AS PAY_3,
    CAST(PAY_4 AS VARCHAR) AS PAY_4, CAST(PAY_5 AS VARCHAR) AS PAY_5, CAST(PAY_6 AS VARCHAR) AS PAY_6,
    BILL_AMT1, BILL_AMT2, BILL_AMT3, BILL_AMT4, BILL_AMT5, BILL_AMT6,
    PAY_AMT1, PAY_AMT2, PAY_AMT3, PAY_AMT4, PAY_AMT5, PAY_AMT6
    FROM read_csv('${shared('data/taiwan_credit_default/UCI_Credit_Card.csv.gz')}') ORDER BY ID`,
  /** Bank marketing without `duration`, which is known only after the call. */
  bank: () => `SELECT CAST(y = 'yes' AS DOUBLE) AS target, * EXCLUDE (y, duration)
    FROM read_csv('${shared('data/bank_marketing/bank-additional-full.csv.gz')}', delim = ';')`,
  /** Home equity loans, 12 columns with holes. */
  hmeq: () => `SELECT CAST(BAD AS DOUBLE) AS target, * EXCLUDE (BAD)
    FROM read_csv('${shared('data/hmeq/hmeq.csv')}')`,
} as const;

/** A public set as a matrix; each row a group of its own. */
export async function realMatrix(
  engine: Engine,
  name: keyof typeof statements,
): Promise<Matrix & { target: Float64Array }> {
  const { rows, columns } = await engine.columns(raw(statements[name]()));
  const target = columns.get('target');
  if (target?.kind !== 'numeric') throw new TypeError('no target');
  return {
    rows,
    columns: [...columns]
      .filter(([column]) => column !== 'target')
      .map(([column, values]): MatrixColumn => ({ name: column, ...values })),
    target: target.values,
    groups: Int32Array.from({ length: rows }, (_, i) => i),
    day: new Int32Array(rows),
  };
}

import type { Amount, CurrencyRisk, LossGivenDefault } from '#core/contract/models/risk.ts';
import type { Assessment, Interval } from '#core/risk/assess.ts';
import { join, raw, type Sql, sql } from '#core/sql/sql.ts';
import type { Engine, EngineColumn } from '../../engine/engine.ts';
import { runInWorker } from '../../threads/workers.ts';
import type { StepRun } from '../job.ts';
import type { AssessTask } from './worker.ts';

const workerFile = new URL('./worker.ts', import.meta.url);
const money = (value: number): string => value.toFixed(2);
const amountOf = ({ estimate, lower, upper }: Interval): Amount => ({
  estimate: money(estimate),
  lower: lower === null ? null : money(lower),
  upper: upper === null ? null : money(upper),
});

const numbers = (column: EngineColumn | undefined): Float64Array => {
  if (column?.kind !== 'numeric') throw new TypeError('a numeric column was expected');
  return column.values;
};

interface SummedRow {
  product: string;
  bucket: string | null;
  defaulted: boolean;
  accounts: number;
  exposure: string;
  pd: number | null;
  lgd: number | null;
  rho: number | null;
  value: string | null;
}

const byExposure = (value: string): Sql =>
  sql`sum(${raw(value)} * ead) / nullif(sum(CASE WHEN ${raw(value)} IS NOT NULL THEN ead ELSE 0 END), 0)`;

/** Sums by product and bucket, means by exposure. */
async function sumRows(engine: Engine, rows: Sql, currency: string): Promise<CurrencyRisk['rows']> {
  const found =
    await engine.rows<SummedRow>(sql`SELECT product_type AS product, bucket, defaulted, ${engine.dialect.countIf(raw('true'))} AS accounts,
      CAST(${engine.dialect.cast(sql`sum(${engine.dialect.cast(raw('ead'), 'money')})`, 'money')} AS VARCHAR) AS exposure, ${byExposure('pd')} AS pd, ${byExposure('lgd')} AS lgd, ${byExposure('rho')} AS rho,
      CASE WHEN count(*) = count(value) THEN CAST(${engine.dialect.cast(sql`sum(${engine.dialect.cast(raw('value'), 'money')})`, 'money')} AS VARCHAR) END AS value
    FROM (${rows}) v WHERE currency = ${currency} AND (defaulted OR pd IS NOT NULL)
    GROUP BY product_type, bucket, defaulted ORDER BY defaulted, product_type, min(days_past_due), bucket`);
  return found.map(({ pd, lgd, rho, ...row }) => ({ ...row, meanPd: pd, meanLgd: lgd, meanRho: rho }));
}

/** Exact sums of decimal text, in cents. */
export function sumMoney(values: readonly string[]): string {
  const cents = values.reduce((sum, value) => sum + BigInt(value.replace('.', '')), 0n);
  const text = String(cents < 0n ? -cents : cents).padStart(3, '0');
  return `${cents < 0n ? '-' : ''}${text.slice(0, -2)}.${text.slice(-2)}`;
}

/** Exposure in default times its loss, with the interval of each product's loss given default. */
function defaultedLoss(rows: CurrencyRisk['rows'], lgd: readonly LossGivenDefault[]): Amount | null {
  const own = rows.filter(({ defaulted }) => defaulted);
  if (own.some(({ value }) => value === null)) return null;
  const scaled = (end: 'lower' | 'upper'): string | null => {
    let sum = 0;
    for (const { product, value } of own) {
      const given = lgd.find((one) => one.product === product)?.lgd;
      const bound = given?.[end];
      if (bound === null || bound === undefined || !given?.estimate) return null;
      sum += (Number(value) * bound) / given.estimate;
    }
    return money(sum);
  };
  return {
    estimate: sumMoney(own.map(({ value }) => value!)),
    lower: scaled('lower'),
    upper: scaled('upper'),
  };
}

interface Valued {
  rows: Sql;
  currency: string;
  /** Of this currency. */
  lgd: readonly LossGivenDefault[];
  asked: AssessTask['asked'];
}

/** All that is said of one currency. Without the loss given default of every product at stake there is no total. */
export async function assessCurrency(
  step: StepRun<unknown>,
  { rows, currency, lgd, asked }: Valued,
  onProgress: (done: number) => void,
): Promise<CurrencyRisk> {
  const { engine } = step.context;
  const table = await sumRows(engine, rows, currency);
  const performing = table.filter(({ defaulted }) => !defaulted);
  const own = table.filter(({ defaulted }) => defaulted);
  const total = (some: typeof table) => ({
    accounts: some.reduce((sum, { accounts }) => sum + accounts, 0),
    exposure: sumMoney(some.map(({ exposure }) => exposure)),
  });
  const missing = [...new Set(table.filter(({ value }) => value === null).map(({ product }) => product))];
  const base = {
    currency,
    ...total(performing),
    missing,
    defaulted: { ...total(own), loss: own.length > 0 ? defaultedLoss(own, lgd) : null },
    rows: table,
  };
  if (performing.length === 0 || performing.some(({ value }) => value === null))
    return { ...base, portfolio: null };
  const products = [...new Set(performing.map(({ product }) => product))].sort();
  const ratio = (product: string, end: 'lower' | 'upper'): number | null => {
    const given = lgd.find((one) => one.product === product)?.lgd;
    const bound = given?.[end];
    return given?.estimate && bound !== null && bound !== undefined ? bound / given.estimate : null;
  };
  const place = join(
    products.map((product, i) => sql`WHEN ${product} THEN ${raw(String(i))}`),
    ' ',
  );
  const { columns } =
    await engine.columns(sql`SELECT pd, rho, ead * lgd AS loss, ${engine.dialect.float(sql`CASE product_type ${place} END`)} AS product
    FROM (${rows}) v WHERE currency = ${currency} AND NOT defaulted AND pd IS NOT NULL ORDER BY account_id`);
  const task: AssessTask = {
    exposures: {
      pd: numbers(columns.get('pd')),
      rho: numbers(columns.get('rho')),
      loss: numbers(columns.get('loss')),
      product: Int32Array.from(numbers(columns.get('product'))),
      products: products.map((product) => ({ low: ratio(product, 'lower'), high: ratio(product, 'upper') })),
    },
    asked,
  };
  const assessed = await runInWorker<AssessTask, Assessment>(workerFile, task, {
    onProgress: ({ done }) => onProgress(done),
    checkCancelled: () => step.checkCancelled(),
  });
  return {
    ...base,
    portfolio: {
      ...assessed,
      expected: amountOf(assessed.expected),
      valueAtRisk: amountOf(assessed.valueAtRisk),
      expectedShortfall: amountOf(assessed.expectedShortfall),
      granularity: assessed.granularity === null ? null : money(assessed.granularity),
    },
  };
}

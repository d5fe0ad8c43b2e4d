import { z } from 'zod';
import { retailClasses } from '../../risk/basel.ts';
import { riskParameters } from '../../risk/parameters.ts';
import { decimal, estimate, isoDate, isoInstant, paging, share } from '../common.ts';
import { endpoint } from '../endpoint.ts';
import { job } from '../jobs.ts';

/** Money with its interval; without one where the loss given default has none. */
const amount = z.object({ estimate: decimal, lower: decimal.nullable(), upper: decimal.nullable() });
export type Amount = z.output<typeof amount>;

/** Loss given default of a product in one currency, and where it comes from. */
export const lossGivenDefault = z.object({
  product: z.string(),
  currency: z.string(),
  kind: z.enum(retailClasses),
  /** Accounts loaded, open or not. */
  accounts: z.number(),
  /** data: charge-offs seen here; assumption: somebody's word; null: nobody knows it, and there is no total. */
  from: z.enum(['data', 'assumption']).nullable(),
  lgd: estimate,
  source: z.string().nullable(),
  sourceDate: isoDate.nullable(),
  /** Who confirmed an assumption. */
  confirmedBy: z.string().nullable(),
  /** Charge-offs with their whole recovery window in the data, and the two parts. */
  chargeOffs: z.number(),
  /** Too few in this currency: the product's in all of them, each currency counting by its charge-offs. */
  pooled: z.boolean().default(false),
  anyRecovery: estimate.nullable(),
  shareGivenAny: z.number().nullable(),
  costShare: z.number().nullable(),
});
export type LossGivenDefault = z.output<typeof lossGivenDefault>;

const simulated = z.object({
  years: z.number(),
  /** Fewer than asked, so that the time stays bounded. */
  asked: z.number(),
  mean: z.number(),
  meanError: z.number(),
  valueAtRisk: z.number(),
  valueAtRiskError: z.number().nullable(),
  expectedShortfall: z.number(),
  expectedShortfallError: z.number().nullable(),
});

/** The loss of a year of all accounts of one currency that are not in default. */
const portfolio = z.object({
  expected: amount,
  valueAtRisk: amount,
  expectedShortfall: amount,
  /** Added to the value at risk for the accounts being finite in number. */
  granularity: decimal.nullable(),
  simulated,
  curve: z.array(z.object({ loss: z.number(), cumulative: z.number(), density: z.number() })),
  /** Share of the exposure with a chance of charge-off above 30 %, where Basel's correlations do not apply. */
  aboveLimit: share,
  /** The figures at each correlation of those accounts; empty where there are none. */
  band: z.array(z.object({ rho: z.number(), valueAtRisk: z.number(), expectedShortfall: z.number() })),
});

const riskRow = z.object({
  product: z.string(),
  bucket: z.string().nullable(),
  defaulted: z.boolean(),
  accounts: z.number(),
  exposure: decimal,
  meanPd: z.number().nullable(),
  meanLgd: z.number().nullable(),
  meanRho: z.number().nullable(),
  /** Expected loss; null where the loss given default is not known. */
  value: decimal.nullable(),
});

const currencyRisk = z.object({
  currency: z.string(),
  accounts: z.number(),
  exposure: decimal,
  /** Null: `missing` products have no loss given default with a source and a date. */
  portfolio: portfolio.nullable(),
  missing: z.array(z.string()),
  /** In default: exposure × loss given default. */
  defaulted: z.object({ accounts: z.number(), exposure: decimal, loss: amount.nullable() }),
  rows: z.array(riskRow),
});
export type CurrencyRisk = z.output<typeof currencyRisk>;

/** Whether value that contact avoids can be told, and if not what is missing. */
const avoidable = z.object({
  state: z.enum(['no_contrast', 'no_events', 'not_told_apart', 'told_apart']),
  /** People left alone by lottery and the others, on dates with the whole horizon, and charge-offs among them. */
  held: z.object({ n: z.number(), events: z.number() }).nullable(),
  others: z.object({ n: z.number(), events: z.number() }).nullable(),
  /** P(charge-off | left alone) − P(charge-off | worked). */
  difference: estimate.nullable(),
});
export type Avoidable = z.output<typeof avoidable>;

export const riskResult = z.object({
  horizonDays: z.number(),
  parameters: riskParameters,
  currencies: z.array(currencyRisk),
  lgd: z.array(lossGivenDefault),
  /** Accounts left out or changed, with why. */
  withoutScore: z.number(),
  withoutBalance: z.number(),
  raisedToFloor: z.number(),
  /** Whether the two parts of recovery were scored on the date, and so give each defaulted account its own loss. */
  lgdByAccount: z.boolean(),
  avoidable,
});
export type RiskResult = z.output<typeof riskResult>;

export const riskRun = z.object({
  id: z.string(),
  versionId: z.string(),
  asOf: isoDate,
  madeAt: isoInstant,
  by: z.string(),
  /** Whether the data is still what it was made on. */
  current: z.boolean(),
  result: riskResult,
});
export type RiskRun = z.output<typeof riskRun>;

const params = z.object({ runId: z.string().describe('A run, or latest') });

export const riskAccount = z.object({
  account: z.string(),
  product: z.string(),
  bucket: z.string().nullable(),
  defaulted: z.boolean(),
  pd: z.number().nullable(),
  ead: decimal,
  lgd: z.number().nullable(),
  value: decimal.nullable(),
  currency: z.string(),
});

export const risk = {
  run: endpoint({
    id: 'risk.run',
    method: 'POST',
    path: '/risk/runs',
    permission: 'score:run',
    body: z.object({
      versionId: z.string().optional().describe('Default: the champion of value-at-risk'),
      asOf: isoDate.optional().describe('Default: the last date scored'),
      /** What is taken for granted; the schema of a run checks it. */
      parameters: z.record(z.string(), z.unknown()).default({}),
    }),
    response: job,
    kind: 'job',
    summary: {
      es: 'Valor en riesgo: lo que se espera perder por cuenta, y lo que puede perder la cartera',
      en: 'Value at risk: what each account is expected to lose, and what the portfolio can lose',
    },
    command: 'value-at-risk',
  }),
  get: endpoint({
    id: 'risk.get',
    method: 'GET',
    path: '/risk/runs/{runId}',
    permission: 'model:read',
    params,
    response: z.object({ run: riskRun.nullable() }),
    summary: {
      es: 'Una corrida de valor en riesgo, o la última',
      en: 'A run of value at risk, or the latest',
    },
    command: 'value-at-risk show',
  }),
  accounts: endpoint({
    id: 'risk.accounts',
    method: 'GET',
    path: '/risk/runs/{runId}/accounts',
    permission: 'model:read',
    params,
    query: paging.extend({
      currency: z.string().length(3),
      defaulted: z.enum(['yes', 'no']).default('no'),
      product: z.string().optional(),
    }),
    response: z.object({ accounts: z.array(riskAccount), total: z.number() }),
    summary: { es: 'Cuentas por lo que se espera perder', en: 'Accounts by what they are expected to lose' },
    command: 'value-at-risk accounts',
  }),
  table: endpoint({
    id: 'risk.table',
    method: 'GET',
    path: '/risk/runs/{runId}/table',
    permission: 'personal:read',
    params,
    query: z.object({ format: z.enum(['arrow', 'csv', 'json']).default('csv') }),
    response: z.string().describe('Every account of the run with its pieces, by currency and value'),
    summary: { es: 'Todas las cuentas de una corrida', en: 'Every account of a run' },
    kind: 'stream',
    command: 'value-at-risk table',
  }),
  lgd: endpoint({
    id: 'risk.lgd',
    method: 'GET',
    path: '/risk/lgd',
    permission: 'model:read',
    query: z.object({
      recoveryDays: z.coerce.number().int().min(28).max(1_825).default(365),
      discountRate: z.coerce.number().min(0).max(5).optional(),
    }),
    response: z.object({ products: z.array(lossGivenDefault) }),
    summary: {
      es: 'Pérdida dado el castigo de cada producto, con su fuente',
      en: 'Loss given default of each product, with its source',
    },
    command: 'lgd',
  }),
  confirm: endpoint({
    id: 'risk.confirm',
    method: 'POST',
    path: '/risk/lgd',
    permission: 'model:approve',
    body: z
      .object({
        product: z.string().min(1),
        lgd: z.coerce.number().min(0).max(1).describe('Share that is lost: 0.75 where 25 % is recovered'),
        lower: z.coerce.number().min(0).max(1).optional(),
        upper: z.coerce.number().min(0).max(1).optional(),
        source: z.string().trim().min(3).max(400),
        sourceDate: isoDate,
        name: z.string().trim().min(2).max(120).describe('Who confirms it'),
        note: z.string().max(2_000).default(''),
      })
      .refine(({ lgd, lower, upper }) => (lower ?? lgd) <= lgd && lgd <= (upper ?? lgd), {
        message: 'lgd must lie between lower and upper',
        path: ['lgd'],
      }),
    response: z.object({ id: z.string() }),
    summary: {
      es: 'Confirma, con nombre, fuente y fecha, la pérdida dado el castigo de un producto',
      en: 'Confirms, with name, source and date, the loss given default of a product',
    },
    command: 'lgd confirm',
  }),
};

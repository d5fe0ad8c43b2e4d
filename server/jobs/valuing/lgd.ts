import type { LossGivenDefault } from '#core/contract/models/risk.ts';
import type { RetailClass } from '#core/risk/basel.ts';
import {
  type ObservedLoss,
  observedLoss,
  type RecoverySums,
  sumRecoveries,
} from '#core/risk/loss-given-default.ts';
import type { RiskParameters } from '#core/risk/parameters.ts';
import { classOfProduct, noProduct } from '#core/risk/product-class.ts';
import { literal, sql } from '#core/sql/sql.ts';
import type { Engine } from '../../engine/engine.ts';
import { type LgdAssumption, readAssumptions } from '../../store/models/risk.ts';
import { lastSnapshot } from '../../store/portfolio/facts.ts';

type Asked = Pick<RiskParameters, 'recoveryDays' | 'discountRate' | 'classes'>;

interface Held {
  product: string;
  currency: string;
  accounts: number;
}

/**
 * The loss given default of every product and currency there is, and where it comes from: charge-offs seen to the end of
 * their recovery window, from 30 of them on, those of the product in all currencies where its own are fewer; else the newest assumption that somebody confirmed; else nothing.
 */
export async function lossesGivenDefault(engine: Engine, asked: Asked): Promise<LossGivenDefault[]> {
  const seenUntil = await lastSnapshot(engine);
  const held =
    await engine.rows<Held>(sql`SELECT coalesce(a.product_type, ${literal(noProduct)}) AS product, a.currency,
      CAST(count(*) AS BIGINT) AS accounts
    FROM current_accounts a WHERE a.currency IS NOT NULL GROUP BY 1, 2 ORDER BY 1, 2`);
  const sums = await engine.rows<RecoverySums>(sumRecoveries(engine.dialect, { ...asked, seenUntil }));
  const assumptions = await readAssumptions(engine);
  return held.map(({ product, currency, accounts }) => {
    const ofProduct = sums.filter((one) => one.product === product);
    const own = ofProduct.filter((one) => one.currency === currency);
    const seen = observedLoss(own) ?? observedLoss(ofProduct);
    return {
      product,
      currency,
      kind: classOfProduct(product, asked.classes) as RetailClass,
      accounts,
      chargeOffs: seen?.accounts ?? ofProduct.reduce((sum, one) => sum + one.accounts, 0),
      pooled: seen !== null && observedLoss(own) === null,
      ...lossOf(seen, assumptions.get(product), seenUntil, asked.recoveryDays),
    };
  });
}

type Loss = Omit<LossGivenDefault, 'product' | 'currency' | 'kind' | 'accounts' | 'chargeOffs' | 'pooled'>;

function lossOf(
  seen: ObservedLoss | null,
  assumption: LgdAssumption | undefined,
  seenUntil: string,
  recoveryDays: number,
): Loss {
  const nothing = { anyRecovery: null, shareGivenAny: null, costShare: null, confirmedBy: null };
  if (seen)
    return {
      from: 'data',
      lgd: { estimate: seen.estimate, lower: seen.lower, upper: seen.upper },
      source: String(recoveryDays),
      sourceDate: seenUntil,
      confirmedBy: null,
      anyRecovery: seen.anyRecovery,
      shareGivenAny: seen.shareGivenAny,
      costShare: seen.costShare,
    };
  if (assumption)
    return {
      ...nothing,
      from: 'assumption',
      lgd: { estimate: assumption.lgd, lower: assumption.lower, upper: assumption.upper },
      source: assumption.source,
      sourceDate: assumption.sourceDate,
      confirmedBy: assumption.name,
    };
  return {
    ...nothing,
    from: null,
    lgd: { estimate: null, lower: null, upper: null, reason: 'lgd_unknown' },
    source: null,
    sourceDate: null,
  };
}

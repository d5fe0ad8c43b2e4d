import { z } from 'zod';
import { field } from '../text/field.ts';
import { baselPdFloor, retailClasses } from './basel.ts';

const share = z.coerce.number().min(0).max(1);
const whole = z.coerce.number().int();

/** What a run of value at risk takes for granted; all of it is printed beside the result. */
export const riskParameters = z.strictObject({
  level: z.coerce
    .number()
    .gt(0.5)
    .lt(1)
    .default(0.99)
    .meta(
      field(
        'Nivel del valor en riesgo (0,99 = 1 año de cada 100)',
        'Level of value at risk (0.99 = 1 year in 100)',
      ),
    ),
  chargeOffDays: whole
    .min(30)
    .max(720)
    .default(180)
    .meta(field('Días de mora al castigar', 'Days past due at charge-off')),
  feeShare: share
    .default(0)
    .meta(field('Cargos hasta el castigo (parte del saldo)', 'Fees until charge-off (share of the balance)')),
  conversion: share
    .default(0.1)
    .meta(
      field(
        'Parte del cupo sin usar que se usa antes del castigo (Basilea III, cancelable sin condición: 10 %)',
        'Share of the undrawn limit used before charge-off (Basel III, unconditionally cancellable: 10 %)',
      ),
    ),
  recoveryDays: whole
    .min(28)
    .max(1_825)
    .default(365)
    .meta(field('Plazo de recuperación tras el castigo (días)', 'Recovery window after charge-off (days)')),
  discountRate: z.coerce
    .number()
    .min(0)
    .max(5)
    .nullable()
    .default(null)
    .meta(
      field(
        'Tasa anual de descuento; vacío: la del contrato',
        'Annual discount rate; empty: the contract rate',
      ),
    ),
  pdFloor: z.coerce
    .number()
    .gt(0)
    .lt(0.1)
    .default(baselPdFloor)
    .meta(field('Probabilidad mínima (Basilea II: 0,03 %)', 'Least probability (Basel II: 0.03 %)')),
  years: whole.min(1_000).max(1_000_000).default(20_000).meta(field('Años simulados', 'Years simulated')),
  seed: whole.min(0).default(1).meta(field('Semilla', 'Seed')),
  /** Class of Basel by product, where its name does not say. */
  classes: z.record(z.string(), z.enum(retailClasses)).default({}),
  /** Asset correlation by product, in place of Basel's. */
  correlations: z.record(z.string(), z.coerce.number().min(0).lt(1)).default({}),
});
export type RiskParameters = z.output<typeof riskParameters>;

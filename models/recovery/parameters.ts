import { z } from 'zod';
import { field } from '#core/text/field.ts';

const whole = z.coerce.number().int();

export const recoveryParameters = z.strictObject({
  horizonDays: whole
    .min(28)
    .max(1_825)
    .default(365)
    .meta(field('Plazo para recuperar (días)', 'Days to recover in')),
  stage: z
    .enum(['charge_off', 'default'])
    .default('charge_off')
    .meta(
      field(
        'Desde el castigo (charge_off) o también con 90 días de mora (default)',
        'From charge-off (charge_off), or from 90 days past due as well (default)',
      ),
    ),
  sinceDays: whole
    .min(30)
    .max(3_650)
    .default(730)
    .meta(field('Castigada hace a lo más (días)', 'Charged off at most this long ago (days)')),
});
export type RecoveryParameters = z.output<typeof recoveryParameters>;

export const recoveryAmountParameters = z.strictObject({
  ...recoveryParameters.shape,
  discountRate: z.coerce
    .number()
    .min(0)
    .max(5)
    .nullable()
    .default(null)
    .meta(
      field(
        'Tasa anual de descuento (0,25 = 25 %); vacío: la del contrato',
        'Annual discount rate (0.25 = 25 %); empty: the contract rate',
      ),
    ),
  subtractCosts: z
    .boolean()
    .default(true)
    .meta(field('Restar los costos cargados', 'Subtract costs that are loaded')),
});
export type RecoveryAmountParameters = z.output<typeof recoveryAmountParameters>;

import { z } from 'zod';
import { field } from '#core/text/field.ts';

const whole = z.coerce.number().int();

export const valueAtRiskParameters = z.strictObject({
  horizonDays: whole
    .min(28)
    .max(1_095)
    .default(365)
    .meta(field('Plazo para el castigo (días)', 'Days to charge-off')),
  defaultDays: whole
    .min(30)
    .max(180)
    .default(90)
    .meta(field('En incumplimiento desde (días de mora)', 'In default from (days past due)')),
  followUp: z
    .enum(['censored', 'complete'])
    .default('censored')
    .meta(
      field(
        'Fechas recientes, cuyo plazo no ha terminado: con pesos (censored) o fuera (complete)',
        'Recent dates, whose horizon is not over: weighted (censored) or left out (complete)',
      ),
    ),
});
export type ValueAtRiskParameters = z.output<typeof valueAtRiskParameters>;

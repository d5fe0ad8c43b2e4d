import { z } from 'zod';
import { field } from '#core/text/field.ts';

const whole = z.coerce.number().int();

export const selfCureParameters = z
  .strictObject({
    minDaysPastDue: whole.min(1).default(1).meta(field('Mora desde (días)', 'Days past due from')),
    maxDaysPastDue: whole.min(1).default(29).meta(field('Mora hasta (días)', 'Days past due to')),
    horizonDays: whole
      .min(1)
      .max(365)
      .default(30)
      .meta(field('Plazo para curarse (días)', 'Days to cure in')),
    sustainedDays: whole
      .min(0)
      .max(365)
      .default(0)
      .meta(field('Debe seguir al día (días)', 'Days it must stay at 0')),
    minArrears: z.coerce.number().min(0).default(0).meta(field('Vencido mayor que', 'Arrears above')),
  })
  .refine((value) => value.minDaysPastDue <= value.maxDaysPastDue, {
    message: 'minDaysPastDue must not be above maxDaysPastDue',
    path: ['maxDaysPastDue'],
  });
export type SelfCureParameters = z.output<typeof selfCureParameters>;

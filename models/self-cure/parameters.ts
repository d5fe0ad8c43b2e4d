import { z } from 'zod';

const whole = z.coerce.number().int();
const label = (es: string, en: string) => ({ label: { es, en } });

export const selfCureParameters = z
  .strictObject({
    minDaysPastDue: whole.min(1).default(1).meta(label('Mora desde (días)', 'Days past due from')),
    maxDaysPastDue: whole.min(1).default(29).meta(label('Mora hasta (días)', 'Days past due to')),
    horizonDays: whole
      .min(1)
      .max(365)
      .default(30)
      .meta(label('Plazo para curarse (días)', 'Days to cure in')),
    sustainedDays: whole
      .min(0)
      .max(365)
      .default(0)
      .meta(label('Debe seguir al día (días)', 'Days it must stay at 0')),
    minArrears: z.coerce.number().min(0).default(0).meta(label('Vencido mayor que', 'Arrears above')),
  })
  .refine((value) => value.minDaysPastDue <= value.maxDaysPastDue, {
    message: 'minDaysPastDue must not be above maxDaysPastDue',
    path: ['maxDaysPastDue'],
  });
export type SelfCureParameters = z.output<typeof selfCureParameters>;

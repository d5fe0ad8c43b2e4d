import { z } from 'zod';
import { field } from '#core/text/field.ts';
import { methods } from '../uplift/fit/learners.ts';

const whole = z.coerce.number().int();

export const channelParameters = z
  .strictObject({
    minDaysPastDue: whole.min(1).default(1).meta(field('Mora desde (días)', 'Days past due from')),
    maxDaysPastDue: whole.min(1).default(179).meta(field('Mora hasta (días)', 'Days past due to')),
    windowDays: whole
      .min(1)
      .max(31)
      .default(7)
      .meta(field('Días en que cuenta un pago', 'Days in which a payment counts')),
    method: z
      .enum(methods)
      .default('dr')
      .meta(
        field(
          'Cómo se estima el efecto por persona',
          'How the effect on a person is estimated',
          {
            es: 'T: diferencia de dos modelos. X: cada lado contra el modelo del otro. DR: doblemente robusto',
            en: 'T: difference of two models. X: each side against the model of the other. DR: doubly robust',
          },
          {
            dr: { es: 'Doblemente robusto', en: 'Doubly robust' },
            t: { es: 'T', en: 'T' },
            x: { es: 'X', en: 'X' },
          },
        ),
      ),
    trim: z.coerce
      .number()
      .min(0)
      .max(0.2)
      .default(0.02)
      .meta(
        field(
          'Se apartan las probabilidades de canal más cerca de 0 o de 1 que esto',
          'Chances of a channel nearer to 0 or 1 than this are set aside',
        ),
      ),
  })
  .refine((value) => value.minDaysPastDue <= value.maxDaysPastDue, {
    message: 'minDaysPastDue must not be above maxDaysPastDue',
    path: ['maxDaysPastDue'],
  });
export type ChannelParameters = z.output<typeof channelParameters>;

import { z } from 'zod';
import { field } from '#core/text/field.ts';

const whole = z.coerce.number().int();

export const selfCureParameters = z
  .strictObject({
    minDaysPastDue: whole.min(1).default(1).meta(field('Mora desde (días)', 'Days past due from')),
    maxDaysPastDue: whole.min(1).default(29).meta(field('Mora hasta (días)', 'Days past due to')),
    rows: z
      .enum(['entries', 'late_dates'])
      .default('entries')
      .meta(
        field('Una fila por', 'One row per', undefined, {
          entries: { es: 'entrada en mora', en: 'entry into delinquency' },
          late_dates: { es: 'fecha en mora', en: 'date past due' },
        }),
      ),
    entryDays: whole
      .min(0)
      .max(60)
      .default(5)
      .meta(
        field('Días desde la entrada', 'Days after the entry', {
          es: 'La pregunta se hace tantos días después de entrar en mora; con cortes mensuales, en el primer corte en mora.',
          en: 'The question is asked this many days after the entry; with monthly snapshots, at the first one past due.',
        }),
      ),
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

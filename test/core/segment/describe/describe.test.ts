import { expect, it } from 'vitest';
import type { Condition } from '#core/segment/condition.ts';
import { describeCondition } from '#core/segment/describe/describe.ts';
import { numberFormat } from '#core/text/number.ts';

const es = numberFormat('es');

it.each<[Condition, string, string]>([
  [{ all: [] }, 'todas las cuentas', 'all accounts'],
  [
    {
      all: [
        { column: 'days_past_due', is: 'between', from: 1, to: 30 },
        { column: 'balance', is: 'between', from: 1500, currency: 'MXN' },
      ],
    },
    `días de mora de 1 a 29 y saldo de al menos ${es(1500)} MXN`,
    'days past due from 1 to 29 and balance of at least 1,500 MXN',
  ],
  [
    {
      any: [
        { column: 'country', is: 'in', values: ['CO', 'MX'] },
        {
          all: [
            { flag: 'plan', is: 'clear' },
            { score: 'self-cure', to: 0.95 },
          ],
        },
      ],
    },
    '(país: CO o MX) o (sin plan de pagos y puntaje de «self-cure» de menos de 95\u00a0%)',
    '(country is CO or MX) or (without payment plan and score of “self-cure” under 95%)',
  ],
  [{ not: { column: 'arrears', is: 'missing' } }, 'no (importe vencido sin dato)', 'not (arrears not known)'],
  [
    { column: 'account_age_months', is: 'between', to: 12.5 },
    'meses desde la apertura hasta 12',
    'months since opening up to 12',
  ],
  [{ not: { all: [] } }, 'no (todas las cuentas)', 'not (all accounts)'],
])('says %j', (condition, es, en) => {
  expect(describeCondition(condition)).toEqual({ es, en });
});

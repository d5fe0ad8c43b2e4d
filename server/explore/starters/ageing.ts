import { starter } from '../starter.ts';

export default starter({
  order: 1,
  text: {
    title: { es: 'Cuentas por tramo de mora', en: 'Accounts by days past due' },
    summary: {
      es: 'Cuenta cuentas por tramo en la última fecha. CASE hace los tramos; GROUP BY ALL agrupa por lo que no se suma.',
      en: 'Counts accounts by bucket on the last date. CASE makes the buckets; GROUP BY ALL groups by what is not summed.',
    },
  },
  sql: `SELECT
  CASE
    WHEN days_past_due = 0 THEN '0'
    WHEN days_past_due < 30 THEN '1-29'
    WHEN days_past_due < 60 THEN '30-59'
    WHEN days_past_due < 90 THEN '60-89'
    ELSE '90+'
  END AS bucket,
  count(*) AS accounts
FROM snapshots
WHERE as_of = (SELECT max(as_of) FROM snapshots)
GROUP BY ALL
ORDER BY bucket`,
  chart: { kind: 'bar', x: 'bucket', y: 'accounts', colour: null, aggregate: 'none', spec: null },
});

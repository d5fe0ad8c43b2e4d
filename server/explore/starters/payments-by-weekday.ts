import { starter } from '../starter.ts';

export default starter({
  order: 4,
  text: {
    title: { es: 'Qué día de la semana pagan', en: 'On which weekday people pay' },
    summary: {
      es: 'isodow da 1 el lunes y 7 el domingo. count(DISTINCT …) cuenta personas, no pagos.',
      en: 'isodow gives 1 for Monday and 7 for Sunday. count(DISTINCT …) counts people, not payments.',
    },
  },
  sql: `SELECT isodow(p.paid_at) AS weekday,
  count(*) AS payments,
  count(DISTINCT a.customer_id) AS people
FROM payments p
JOIN accounts a USING (account_id)
WHERE p.reversed IS NOT TRUE
GROUP BY ALL
ORDER BY weekday`,
  chart: { kind: 'bar', x: 'weekday', y: 'payments', colour: null, aggregate: 'none', spec: null },
});

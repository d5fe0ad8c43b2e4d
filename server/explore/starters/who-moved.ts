import { starter } from '../starter.ts';

export default starter({
  order: 3,
  text: {
    title: { es: 'De qué tramo a qué tramo', en: 'From which bucket to which' },
    summary: {
      es: 'LAG mira la fecha anterior de la misma cuenta. El mapa muestra cuántas pasaron de un tramo de 30 días a otro.',
      en: 'LAG looks at the previous date of the same account. The map shows how many went from one 30-day bucket to another.',
    },
  },
  sql: `WITH months AS (
  SELECT account_id, as_of,
    least(CAST(ceil(days_past_due / 30.0) AS INTEGER), 6) AS bucket
  FROM snapshots
), moves AS (
  SELECT bucket AS bucket_now,
    lag(bucket) OVER (PARTITION BY account_id ORDER BY as_of) AS bucket_before
  FROM months
)
SELECT bucket_before, bucket_now, count(*) AS accounts
FROM moves
WHERE bucket_before IS NOT NULL
GROUP BY ALL
ORDER BY bucket_before, bucket_now`,
  chart: {
    kind: 'heat',
    x: 'bucket_now',
    y: 'bucket_before',
    colour: 'accounts',
    aggregate: 'none',
    spec: null,
  },
});

import { starter } from '../starter.ts';

export default starter({
  order: 5,
  text: {
    title: { es: 'Contactos entregados por canal', en: 'Delivered contacts by channel' },
    summary: {
      es: 'FILTER cuenta solo las filas que cumplen. avg de una condición da la proporción.',
      en: 'FILTER counts only the rows that fit. avg of a condition gives the share.',
    },
  },
  sql: `SELECT date_trunc('month', sent_at) AS month, channel,
  count(*) AS sent,
  count(*) FILTER (WHERE delivered) AS delivered,
  round(avg(CASE WHEN replied THEN 1 ELSE 0 END), 4) AS replied_share
FROM contacts
GROUP BY ALL
ORDER BY month, channel`,
  chart: { kind: 'line', x: 'month', y: 'delivered', colour: 'channel', aggregate: 'none', spec: null },
});

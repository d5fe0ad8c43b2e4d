import { starter } from '../starter.ts';

export default starter({
  order: 2,
  text: {
    title: { es: 'Saldo vencido por mes y moneda', en: 'Arrears by month and currency' },
    summary: {
      es: 'Une saldos con cuentas para saber la moneda: importes de monedas distintas no se suman.',
      en: 'Joins balances to accounts for the currency: amounts of different currencies are not added.',
    },
  },
  sql: `SELECT s.as_of, a.currency, sum(s.arrears) AS arrears
FROM snapshots s
JOIN accounts a USING (account_id)
GROUP BY s.as_of, a.currency
ORDER BY s.as_of, a.currency`,
  chart: { kind: 'line', x: 'as_of', y: 'arrears', colour: 'currency', aggregate: 'none', spec: null },
});

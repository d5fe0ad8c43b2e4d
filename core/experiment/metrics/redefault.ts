import { raw, sql } from '../../sql/sql.ts';
import type { Metric } from '../metric.ts';
import { clearedAccounts } from './parts/arrears.ts';
import { windowEnd } from './parts/in-window.ts';

const againDays = 30;
const followedDays = 90;

/** 1 when a person cleared and, within 90 days of it and within the window, had an account 30 days past due again. */
const redefault: Metric = {
  text: {
    title: { es: 'Recayó', en: 'Defaulted again' },
    summary: {
      es: 'Parte de las personas que se pusieron al día y volvieron a 30 días de mora en 90 días.',
      en: 'Share of people who cleared and were 30 days past due again within 90 days.',
    },
    definition: {
      es: 'De todas las personas asignadas, las que se pusieron al día (regla de «Se puso al día») y, hasta 90 días después y dentro del plazo, tuvieron otra vez una de esas cuentas a 30 días de mora o más, o castigada. Se cuenta sobre todas, no sobre las que se pusieron al día, para que los grupos sigan siendo comparables.',
      en: 'Of all people assigned, those who cleared (the rule of “Cleared arrears”) and, up to 90 days later and within the window, again had one of those accounts 30 days or more past due, or charged off. It is counted over everybody, not over those who cleared, so that groups stay comparable.',
    },
  },
  kind: 'proportion',
  unit: 'share',
  better: 'lower',
  margin: 0.01,
  capAt: null,
  needs: ['accounts', 'snapshots', 'payments'],
  byClearing: true,
  outcomes: (dialect, window) => {
    const until = dialect.addDays(raw('p.cleared_on'), followedDays);
    const end = windowEnd(dialect, window);
    return sql`${clearedAccounts(dialect, window)}, cured AS (
      SELECT customer_id, entered_on, max(cleared_on) AS cleared_on FROM cleared
      GROUP BY customer_id, entered_on HAVING count(cleared_on) = count(*)
    )
    SELECT p.customer_id, CAST(1 AS DOUBLE) AS y
    FROM cured p
    JOIN cleared c ON c.customer_id = p.customer_id
    JOIN current_snapshots s ON s.account_id = c.account_id
    WHERE s.as_of > p.cleared_on AND s.as_of <= ${until} AND s.as_of < ${end}
      AND (s.days_past_due >= ${raw(String(againDays))} OR coalesce(s.status, '') = 'charged_off')
    GROUP BY p.customer_id`;
  },
};

export default redefault;

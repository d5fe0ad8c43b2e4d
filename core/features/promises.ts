import { current } from '../sql/dialects/duckdb.ts';
import { sql } from '../sql/sql.ts';
import { markChangeable } from './changeable.ts';
import type { FeatureColumn, FeatureFamily } from './feature.ts';
import { ratio } from './history.ts';

const column = (name: string, es: string, en: string): FeatureColumn => ({
  name,
  kind: 'numeric',
  title: { es, en },
});
const inHand = ['promises_kept_share', 'promises_open'];
/** A promise counts as kept or broken from this many days after it was due. */
const graceDays = 3;

const promises: FeatureFamily = {
  text: {
    title: { es: 'Promesas de pago', en: 'Promises to pay' },
    summary: {
      es: 'Promesas de los últimos 180 días, cuántas se cumplieron de las ya vencidas y si hay una pendiente',
      en: 'Promises of the last 180 days, how many of those matured were kept, and whether one is open',
    },
  },
  needs: ['promises'],
  known: {
    es: 'Solo usa promesas hechas, y vencidas, antes de la fecha del puntaje.',
    en: 'Uses only promises made, and due, before the date of the score.',
  },
  columns: markChangeable(
    [
      column('promises_180d', 'Promesas, 180 días', 'Promises, 180 days'),
      column('promises_kept_share', 'Parte cumplida de las vencidas', 'Share kept of those matured'),
      column('promises_broken_180d', 'Promesas rotas, 180 días', 'Promises broken, 180 days'),
      column('promises_kept_180d', 'Promesas cumplidas, 180 días', 'Promises kept, 180 days'),
      column(
        'days_since_broken_promise',
        'Días desde la última promesa rota',
        'Days since the last broken promise',
      ),
      column('promises_open', 'Promesas pendientes', 'Promises open'),
      column('days_to_promise', 'Días hasta la próxima promesa', 'Days to the next promise'),
    ],
    inHand,
  ),
  build(dialect, population) {
    const events = sql`SELECT p.account_id, p.as_of, y.kept, ${dialect.daysBetween(sql`p.as_of`, sql`y.due_on`)} AS days_to_due,
  ${dialect.addDays(sql`y.due_on`, graceDays)} <= p.as_of AS matured
FROM ${population} p JOIN ${current('promises')} y ON y.account_id = p.account_id
  AND y.made_at < ${dialect.addDays(sql`p.as_of`, 1)} AND y.made_at >= ${dialect.addDays(sql`p.as_of`, -180)}`;
    const sums = sql`SELECT account_id, as_of, ${dialect.countIf(sql`true`)} AS made,
  ${dialect.countIf(sql`matured AND kept`)} AS kept, ${dialect.countIf(sql`matured AND NOT kept`)} AS broken,
  min(-days_to_due) FILTER (WHERE matured AND NOT kept) AS since_broken,
  ${dialect.countIf(sql`days_to_due >= 0`)} AS pending, min(days_to_due) FILTER (WHERE days_to_due >= 0) AS days_to_promise
FROM (${events}) e
GROUP BY account_id, as_of`;
    return sql`SELECT p.account_id, p.as_of, coalesce(made, 0) AS promises_180d,
  ${ratio(dialect, sql`kept`, sql`kept + broken`)} AS promises_kept_share, coalesce(broken, 0) AS promises_broken_180d,
  coalesce(kept, 0) AS promises_kept_180d, since_broken AS days_since_broken_promise,
  coalesce(pending, 0) AS promises_open, days_to_promise
FROM ${population} p LEFT JOIN (${sums}) s ON s.account_id = p.account_id AND s.as_of = p.as_of`;
  },
};
export default promises;

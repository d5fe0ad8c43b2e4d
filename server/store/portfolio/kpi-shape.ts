import type { Kpi, KpiNeed } from '#core/portfolio/kpi.ts';
import { snapshotDates } from '#core/portfolio/kpis/parts/months.ts';
import { stateNames } from '#core/portfolio/kpis/parts/state.ts';
import { tableNamed } from '#core/portfolio/tables.ts';
import { ident, join, raw, sql } from '#core/sql/sql.ts';
import type { Text } from '#core/text/text.ts';
import type { Engine } from '../../engine/engine.ts';
import { remembered } from '../remembered.ts';

/** What the loaded portfolio allows to be asked. */
export interface Shape {
  oneDateAMonth: boolean;
  /** The last snapshot date of each month, oldest first. */
  dates: string[];
  firstDate: string | null;
  lastDate: string | null;
  countries: string[];
  products: string[];
  currencies: string[];
  quotes: string[];
  /** Tables and columns asked about so far, and whether they hold anything. */
  filled: Map<string, Promise<boolean>>;
}

/** Worked out once for each version of the data. */
export const readShape = (engine: Engine): Promise<Shape> =>
  remembered(engine, 'shape', async () => {
    const { dialect } = engine;
    const found = await engine.first<{
      dates: number;
      months: number;
      first_date: string | null;
      last_date: string | null;
    }>(snapshotDates(dialect));
    const month = dialect.monthStart(raw('as_of'));
    const texts = async (statement: ReturnType<typeof sql>): Promise<string[]> =>
      (await engine.rows<{ value: string }>(statement)).map(({ value }) => value);
    const currencies = await texts(
      sql`SELECT currency AS value FROM current_accounts GROUP BY currency ORDER BY currency`,
    );
    return {
      oneDateAMonth: found?.dates === found?.months,
      dates:
        found?.last_date == null
          ? await lastEvent(engine)
          : await texts(
              sql`SELECT ${dialect.cast(raw('max(as_of)'), 'text')} AS value FROM (SELECT as_of FROM current_snapshots GROUP BY as_of) AS d GROUP BY ${month} ORDER BY 1`,
            ),
      firstDate: found?.first_date ?? null,
      lastDate: found?.last_date ?? null,
      countries: await texts(
        sql`SELECT DISTINCT substr(jurisdiction, 1, 2) AS value FROM current_customers WHERE jurisdiction IS NOT NULL ORDER BY 1`,
      ),
      products: await texts(
        sql`SELECT DISTINCT product_type AS value FROM current_accounts WHERE product_type IS NOT NULL ORDER BY 1`,
      ),
      currencies,
      quotes: await texts(sql`SELECT q.quote_currency AS value
        FROM (SELECT DISTINCT currency, quote_currency FROM current_exchange_rates) AS q
        JOIN (SELECT DISTINCT currency FROM current_accounts) AS a ON a.currency = q.currency OR a.currency = q.quote_currency
        GROUP BY 1 HAVING count(DISTINCT a.currency) = ${currencies.length} ORDER BY 1`),
      filled: new Map(),
    };
  });

/** Without balances, the day of the newest event stands for the date of the figure. */
async function lastEvent(engine: Engine): Promise<string[]> {
  const days = Object.entries(eventDays).map(
    ([table, day]) => sql`SELECT max(${ident(day)}) AS newest FROM ${ident(`current_${table}`)}`,
  );
  const newest = await engine.first<{ value: string | null }>(
    sql`SELECT ${engine.dialect.cast(engine.dialect.cast(raw('max(newest)'), 'date'), 'text')} AS value FROM (${join(days, ' UNION ALL ')}) AS d`,
  );
  return newest?.value == null ? [] : [newest.value];
}

const eventDays = { contacts: 'sent_at', payments: 'paid_at', promises: 'made_at', costs: 'occurred_at' };

/** Buckets a figure may be asked about. */
export const buckets: readonly string[] = stateNames.filter((name) => name !== 'left_observation');

export interface Missing {
  table: string;
  column: string | null;
  advice: Text;
}

/** Whether a table has rows, and whether a column of it has values. */
function isThere(engine: Engine, { filled }: Shape, need: KpiNeed): Promise<boolean> {
  const name = `${need.table}.${need.column ?? ''}`;
  const known = filled.get(name);
  if (known) return known;
  const asked = look(engine, need);
  filled.set(name, asked);
  asked.catch(() => filled.delete(name));
  return asked;
}

async function look(engine: Engine, need: KpiNeed): Promise<boolean> {
  const where = need.column ? sql` WHERE ${ident(need.column)} IS NOT NULL` : raw('');
  return (
    (await engine.first(sql`SELECT 1 AS one FROM ${ident(`current_${need.table}`)}${where} LIMIT 1`)) !==
    undefined
  );
}

/** What has to be loaded before a figure can be given; empty where the data suffice. */
export async function findMissing(engine: Engine, shape: Shape, kpi: Kpi): Promise<Missing[]> {
  const missing: Missing[] = [];
  for (const need of kpi.needs) {
    if (need.column === undefined && !(await isThere(engine, shape, need)))
      missing.push({ table: need.table, column: null, advice: loadTable(need.table, kpi.needs) });
  }
  const absent = new Set(missing.map(({ table }) => table));
  for (const need of kpi.needs) {
    if (need.column === undefined || absent.has(need.table) || (await isThere(engine, shape, need))) continue;
    if (need.or !== undefined && (await isThere(engine, shape, { table: need.or }))) continue;
    missing.push({ table: need.table, column: need.column, advice: fillColumn(need.table, need.column) });
  }
  return missing;
}

function loadTable(table: string, needs: readonly KpiNeed[]): Text {
  const wanted = needs.flatMap((need) => (need.table === table && need.column ? [need.column] : []));
  const required = Object.entries(tableNamed(table)?.columns ?? {}).flatMap(([name, column]) =>
    column.required ? [name] : [],
  );
  const columns = [...new Set([...required, ...wanted])].join(', ');
  return {
    es: `Cargue la tabla ${table} con las columnas ${columns}.`,
    en: `Load the table ${table} with columns ${columns}.`,
  };
}

const fillColumn = (table: string, column: string): Text => ({
  es: `La tabla ${table} no trae la columna ${column}: cárguela de nuevo con ella.`,
  en: `The table ${table} has no values in the column ${column}: load it again with them.`,
});

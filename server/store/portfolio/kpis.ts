import { z } from 'zod';
import type { Output } from '#core/contract/endpoint.ts';
import type { contract } from '#core/contract/index.ts';
import { kpiFilter } from '#core/contract/portfolio/kpis.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import type { Kpi, KpiFilter, KpiRow, KpiScope } from '#core/portfolio/kpi.ts';
import { showSql } from '#core/sql/show.ts';
import { sql } from '#core/sql/sql.ts';
import type { Engine } from '../../engine/engine.ts';
import type { PlugIn } from '../../registry.ts';
import { currentDataVersion } from '../data-version.ts';
import { remembered } from '../remembered.ts';
import { extend, kept, readQuote } from './kpi-quote.ts';
import { buckets, findMissing, readShape, type Shape } from './kpi-shape.ts';

type Answer = Output<typeof contract.kpis.get>;
type Kpis = ReadonlyMap<string, PlugIn>;

const filterNames = Object.keys(kpiFilter.shape);

/** @throws unknown_kpi */
function kpiNamed(kpis: Kpis, id: string): Kpi {
  const found = kpis.get(id);
  if (!found) throw new DomainError('unknown_kpi', { kpi: id, known: [...kpis.keys()].join(', ') });
  return found as unknown as Kpi;
}

export async function listKpis(
  engine: Engine,
  kpis: Kpis,
): Promise<Output<typeof contract.kpis.list>['kpis']> {
  const shape = await readShape(engine);
  const listed = [];
  for (const id of kpis.keys()) {
    const kpi = kpiNamed(kpis, id);
    listed.push({
      id,
      ...kpi.text,
      definition: kpi.definition,
      columns: [...kpi.columns],
      parameters: z.toJSONSchema(kpi.parameters, { io: 'input', unrepresentable: 'any' }),
      missing: await findMissing(engine, shape, kpi),
    });
  }
  return listed;
}

export async function readChoices(engine: Engine): Promise<Output<typeof contract.kpis.choices>> {
  const { countries, products, currencies, dates, quotes } = await readShape(engine);
  return {
    countries,
    products,
    currencies,
    buckets: [...buckets],
    segments: await readSegmentNames(engine),
    dates,
    quotes,
  };
}

const readSegmentNames = (engine: Engine) =>
  engine.rows<{ id: string; name: string }>(
    sql`SELECT segment_id AS id, name FROM segments ORDER BY created_at DESC, segment_id DESC`,
  );

/**
 * The answer of a key figure for a filter and parameters as text; worked out once for each version of the data. Where
 * tables or columns are missing there is no answer, and `missing` says what to load.
 *
 * @throws unknown_kpi, unknown_kpi_parameter, wrong_kpi_parameter, unknown_filter_value, date_out_of_reach,
 *   no_exchange_rate
 */
export async function readKpi(
  engine: Engine,
  kpis: Kpis,
  id: string,
  query: Readonly<Record<string, string | undefined>>,
): Promise<Answer> {
  const kpi = kpiNamed(kpis, id);
  const asked = readQuery(id, kpi, query);
  return remembered(engine, `kpi ${id} ${JSON.stringify(asked)}`, () => findKpi(engine, id, kpi, asked));
}

async function findKpi(engine: Engine, id: string, kpi: Kpi, { filter, parameters }: Asked): Promise<Answer> {
  const shape = await readShape(engine);
  const missing = await findMissing(engine, shape, kpi);
  const about = {
    id,
    title: kpi.text.title,
    definition: kpi.definition,
    population: kpi.population,
    denominator: kpi.denominator,
    dataVersion: await currentDataVersion(engine),
    columns: [...kpi.columns],
    missing,
  };
  if (missing.length) return { ...about, asOf: null, n: 0, of: null, sql: '', rows: [], figures: {} };
  await checkFilter(engine, shape, filter);
  const until = filter.until;
  const dates = shape.dates.filter((date) => until === undefined || date <= until);
  const scope: KpiScope = {
    dialect: engine.dialect,
    oneDateAMonth: shape.oneDateAMonth,
    asOf: dates.at(-1) ?? '',
    dates,
    filter,
    parameters,
  };
  const quoted = await readQuote(engine, kpi, scope);
  const statement = kpi.statement(scope as never);
  const answer = kpi.answer(await engine.rows<KpiRow>(statement), scope as never);
  return {
    ...about,
    ...(kpi.amounts?.length ? { population: extend(kpi.population, quoted?.note ?? kept) } : {}),
    asOf: scope.asOf,
    sql: showSql(statement),
    ...answer,
    figures: { ...answer.figures, ...quoted?.figures },
  };
}

interface Asked {
  filter: KpiFilter;
  parameters: Record<string, unknown>;
}

function readQuery(id: string, kpi: Kpi, query: Readonly<Record<string, string | undefined>>): Asked {
  const own = Object.keys(kpi.parameters.shape);
  const given = Object.entries(query).filter(([, value]) => value !== undefined) as [string, string][];
  for (const [name] of given)
    if (!own.includes(name) && !filterNames.includes(name))
      throw new DomainError('unknown_kpi_parameter', {
        kpi: id,
        name,
        known: [...own, ...filterNames].join(', '),
      });
  const parsed = kpi.parameters.safeParse(Object.fromEntries(given.filter(([name]) => own.includes(name))));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const name = String(issue?.path[0] ?? '');
    throw new DomainError('wrong_kpi_parameter', {
      name,
      value: query[name] ?? '',
      problem: issue?.message ?? '',
    });
  }
  const filter: Record<string, string> = {};
  for (const name of filterNames) {
    const value = query[name];
    if (value !== undefined) filter[name] = value;
  }
  return { filter, parameters: parsed.data };
}

async function checkFilter(engine: Engine, shape: Shape, filter: KpiFilter): Promise<void> {
  const among = (name: keyof KpiFilter, known: readonly string[]) => {
    const value = filter[name];
    if (value !== undefined && !known.includes(value))
      throw new DomainError('unknown_filter_value', { filter: name, value, known: known.join(', ') || '–' });
  };
  among('country', shape.countries);
  among('product', shape.products);
  among('currency', shape.currencies);
  among('bucket', buckets);
  if (filter.quote !== undefined && !/^[A-Z]{3}$/.test(filter.quote)) among('quote', shape.quotes);
  if (filter.segment !== undefined)
    among(
      'segment',
      (await readSegmentNames(engine)).map((segment) => segment.id),
    );
  const { firstDate: first, lastDate: last } = shape;
  if (filter.until !== undefined && first !== null && filter.until < first)
    throw new DomainError('date_out_of_reach', { filter: 'until', value: filter.until, first, last });
  const end = [last, filter.until].filter((date) => date != null).sort()[0];
  if (filter.since !== undefined && end !== undefined && filter.since > end)
    throw new DomainError('date_out_of_reach', { filter: 'since', value: filter.since, first, last });
}

import type { MicroBody, MicroGroup, MicroSegments } from '#core/contract/segments/micro.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import { factsAsked } from '#core/segment/asked.ts';
import { checkCondition, checkMeasure } from '#core/segment/check.ts';
import { compileCondition } from '#core/segment/compile.ts';
import type { Condition } from '#core/segment/condition.ts';
import { measureTitle, type Titles } from '#core/segment/describe/describe.ts';
import { limitCondition, nameGroup } from '#core/segment/groups.ts';
import { factOf, type Measure } from '#core/segment/measure.ts';
import { ident, join, type Sql, sql } from '#core/sql/sql.ts';
import { numberFormat } from '#core/text/number.ts';
import { format, type Locale, type Text } from '#core/text/text.ts';
import type { Grouping, GroupingTask } from '#models/grouping/group.ts';
import { scaleOf } from '#models/grouping/k-means.ts';
import type { Context } from '../../context.ts';
import { preparedFacts } from '../../store/segments/prepared.ts';
import { runInWorker } from '../../threads/workers.ts';
import { currentFacts, type Facts, titlesOf } from '../segmenting.ts';

const workerFile = new URL('./micro-worker.ts', import.meta.url);
const mostRows = 6_000;
const leastRows = 200;

const words = {
  centres: {
    es: '{groups} grupos. Silueta {quality} (1 es separado, 0 es mezclado). Dos mitades de los datos coinciden en {stability} (1 es del todo).',
    en: '{groups} groups. Silhouette {quality} (1 is apart, 0 is mixed). Two halves of the data agree by {stability} (1 is wholly).',
  },
  loose: {
    es: 'Los grupos se mezclan: sirven para describir, no para creer que hay fronteras.',
    en: 'The groups blend into each other: they describe, but the borders are not real ones.',
  },
  tree: {
    es: '{groups} grupos, que explican el {quality} de la variación de «{target}».',
    en: '{groups} groups, which explain {quality} of the variation of “{target}”.',
  },
} satisfies Record<string, Text>;

const usual = ({ scores }: Facts): Measure[] => [
  { column: 'days_past_due' },
  { rankOf: 'balance' },
  { rankOf: 'arrears' },
  { column: 'customer_tenure_months' },
  ...scores.map(({ model }): Measure => ({ score: model })),
];

const title = (of: Measure, titles: Titles): Text => ({
  es: measureTitle(of, { locale: 'es', titles }),
  en: measureTitle(of, { locale: 'en', titles }),
});

const asking = (of: Measure): Condition =>
  'column' in of
    ? { column: of.column, is: 'present' }
    : 'feature' in of
      ? { feature: of.feature, is: 'present' }
      : 'score' in of
        ? { score: of.score, from: 0 }
        : { percentile: { column: of.rankOf }, within: 'currency', from: 0 };

/** Rows drawn by hash, the same for the same data and seed. */
async function sample(
  { engine }: Context,
  relation: Sql,
  where: Sql,
  measures: readonly Measure[],
  seed: number,
): Promise<Float64Array[]> {
  const { dialect } = engine;
  const columns = measures.map(
    (of, i) => sql`${dialect.float(sql`f.${ident(factOf(of))}`)} AS ${ident(`m${i}`)}`,
  );
  const { columns: read } =
    await engine.columns(sql`SELECT ${join(columns)} FROM (${relation}) f WHERE ${where}
    ORDER BY ${dialect.md5(dialect.concat(sql`${`${seed}:`}`, sql`f.account_id`))}, f.account_id LIMIT ${mostRows}`);
  return measures.map((_, i) => {
    const column = read.get(`m${i}`);
    return column?.kind === 'numeric' ? column.values : new Float64Array();
  });
}

function conditionsOf(found: Grouping, measures: readonly Measure[]): Condition[] {
  if (found.method === 'tree')
    return found.groups.map((limits) => ({
      all: limits.flatMap((limit) => {
        const of = measures[limit.measure];
        const made = of ? limitCondition({ ...limit, of }) : null;
        return made ? [made] : [];
      }),
    }));
  const scaled = measures.flatMap((of, i) => {
    const scale = found.scales[i];
    return scale ? [{ of, ...scale }] : [];
  });
  return found.centres.map((_, i) => ({ nearest: i + 1, measures: scaled, centres: found.centres }));
}

type Counted = Record<string, number | null>;

/** Counts and means of every group, over all accounts and not the sample. */
function groupFigures(
  { engine: { dialect } }: Context,
  relation: Sql,
  where: Sql,
  conditions: readonly Condition[],
  measures: readonly Measure[],
): Sql {
  const group = (i: number) => ident(`g${i}`);
  const value = (j: number) => ident(`v${j}`);
  const marks = conditions.map((condition, i) => sql`${compileCondition(condition, dialect)} AS ${group(i)}`);
  const values = measures.map((of, j) => sql`${dialect.float(sql`f.${ident(factOf(of))}`)} AS ${value(j)}`);
  const marked = sql`SELECT f.customer_id, ${join([...marks, ...values])} FROM (${relation}) f WHERE ${where}`;
  const figures = conditions.flatMap((_, i) => [
    sql`${dialect.countIf(group(i))} AS ${ident(`a${i}`)}`,
    sql`${dialect.cast(sql`count(DISTINCT x.customer_id) FILTER (WHERE ${group(i)})`, 'bigint')} AS ${ident(`c${i}`)}`,
    ...measures.flatMap((_of, j) => [
      sql`avg(${value(j)}) FILTER (WHERE ${group(i)}) AS ${ident(`m${i}_${j}`)}`,
      sql`avg(${value(j)}) FILTER (WHERE NOT ${group(i)}) AS ${ident(`o${i}_${j}`)}`,
    ]),
  ]);
  const spread = measures.map((_, j) => sql`stddev_samp(${value(j)}) AS ${ident(`s${j}`)}`);
  return sql`SELECT ${dialect.countIf(sql`true`)} AS n, ${join([...spread, ...figures])} FROM (${marked}) x`;
}

function found(found: Grouping, target: Text | null): Text {
  const say = (locale: Locale): string => {
    const share = numberFormat(locale, { maximumFractionDigits: 2 });
    if (found.method === 'tree')
      return format(words.tree, locale, {
        groups: found.groups.length,
        quality: numberFormat(locale, { style: 'percent', maximumFractionDigits: 0 })(found.explained ?? 0),
        target: target?.[locale] ?? '',
      });
    const sentence = format(words.centres, locale, {
      groups: found.centres.length,
      quality: found.silhouette === null ? '–' : share(found.silhouette),
      stability: found.stability === null ? '–' : share(found.stability),
    });
    return (found.silhouette ?? 0) < 0.25 ? `${sentence} ${format(words.loose, locale)}` : sentence;
  };
  return { es: say('es'), en: say('en') };
}

/**
 * Groups of accounts alike in some measures, each as a condition and named by what sets it apart. k-means gives the accounts
 * closest to each centre, exactly; a tree gives ranges that tell a target apart.
 *
 * @throws no_snapshots, too_few_to_group, nothing_varies, target_needed, and as `checkCondition`
 */
export async function suggestGroups(context: Context, body: MicroBody): Promise<MicroSegments> {
  const facts = await currentFacts(context);
  const { dialect } = context.engine;
  const within = body.within ?? { all: [] };
  checkCondition(within, facts.vocabulary);
  const target = body.method === 'tree' ? (body.target ?? usual(facts).find((of) => 'score' in of)) : null;
  if (target === undefined) throw new DomainError('target_needed');
  const given = body.measures ?? usual(facts);
  for (const of of [...given, ...(target ? [target] : [])]) checkMeasure(of, facts.vocabulary, 'book');
  const offered = given.filter((of) => !target || factOf(of) !== factOf(target));
  const everything = target ? [...offered, target] : offered;
  const asked = [within, ...everything.map(asking)];
  const relation = await preparedFacts(context, facts, factsAsked(...asked));
  const known = target ? [sql`f.${ident(factOf(target))} IS NOT NULL`] : [];
  const chosen = compileCondition(within, dialect);
  const where = join([sql`(${chosen})`, ...known], ' AND ');
  const columns = await sample(context, relation, where, everything, body.seed);
  const sampled = columns[0]?.length ?? 0;
  if (sampled < leastRows) throw new DomainError('too_few_to_group', { accounts: sampled, least: leastRows });
  const varying = offered.flatMap((_, i) =>
    scaleOf(columns[i] ?? new Float64Array()).deviation > 0 ? [i] : [],
  );
  if (varying.length === 0) throw new DomainError('nothing_varies');
  const measures = varying.flatMap((i) => offered[i] ?? []);
  const grouping = await runInWorker<GroupingTask, Grouping>(
    workerFile,
    {
      method: body.method,
      measures: varying.map((i) => columns[i] ?? new Float64Array()),
      target: target ? (columns.at(-1) ?? null) : null,
      groups: body.groups,
      seed: body.seed,
    },
    { onProgress: () => {}, checkCancelled: () => {} },
  );
  const conditions = conditionsOf(grouping, measures);
  if (conditions.length < 2) throw new DomainError('nothing_varies');
  const titles = await titlesOf(context, facts);
  const row =
    (await context.engine.first<Counted>(
      groupFigures(
        context,
        await preparedFacts(context, facts, factsAsked(...asked, ...conditions)),
        where,
        conditions,
        everything,
      ),
    )) ?? {};
  const accounts = row.n ?? 0;
  const groups = conditions.map((own, i): MicroGroup => {
    const differences = everything.map((of, j) => {
      const [mean, other, spread] = [row[`m${i}_${j}`] ?? null, row[`o${i}_${j}`] ?? null, row[`s${j}`] ?? 0];
      const known = mean !== null && other !== null && spread > 0;
      return {
        title: title(of, titles),
        mean,
        other,
        standardised: known ? (mean - other) / spread : null,
      };
    });
    const narrowed = body.within ? { all: [within, own] } : own;
    return {
      name: nameGroup(differences, everything),
      condition: narrowed,
      customers: row[`c${i}`] ?? 0,
      accounts: row[`a${i}`] ?? 0,
      share: accounts > 0 ? (row[`a${i}`] ?? 0) / accounts : 0,
      differences,
    };
  });
  return {
    method: body.method,
    asOf: facts.asOf,
    accounts,
    sampled,
    measures: measures.map((of) => title(of, titles)),
    quality: grouping.method === 'tree' ? grouping.explained : grouping.silhouette,
    stability: grouping.method === 'tree' ? null : grouping.stability,
    finding: found(grouping, target ? title(target, titles) : null),
    groups: groups.filter((one) => one.accounts > 0).sort((a, b) => b.accounts - a.accounts),
  };
}

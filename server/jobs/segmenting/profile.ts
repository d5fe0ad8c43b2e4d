import type { Profile, ProfileRow } from '#core/contract/segments/views.ts';
import { factsAsked } from '#core/segment/asked.ts';
import { checkCondition } from '#core/segment/check.ts';
import { type ProfileMetric, profileMetrics } from '#core/segment/compare/metrics.ts';
import { profileMoments, profileRows, type SideRow } from '#core/segment/compare/profile.ts';
import { compileCondition } from '#core/segment/compile.ts';
import { ident, sql } from '#core/sql/sql.ts';
import { format, type Text } from '#core/text/text.ts';
import type { Context } from '../../context.ts';
import { missingTables } from '../../store/people/missing.ts';
import { preparedFacts } from '../../store/segments/prepared.ts';
import { readSegment } from '../../store/segments/segments.ts';
import { currentFacts, type Facts, titlesOf } from '../segmenting.ts';

const mostProducts = 6;

async function metricsOf(
  context: Context,
  facts: Facts,
  recent: readonly string[],
): Promise<ProfileMetric[]> {
  const { engine } = context;
  const relation = await preparedFacts(context, facts, []);
  const values = async (column: 'currency' | 'product_type', most: number) =>
    (
      await engine.rows<{ value: string }>(
        sql`SELECT f.${ident(column)} AS value FROM (${relation}) f WHERE f.${ident(column)} IS NOT NULL
        GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT ${most}`,
      )
    ).map(({ value }) => value);
  const titles = await titlesOf(context, facts);
  return profileMetrics(engine.dialect, {
    currencies: (await values('currency', 20)).sort(),
    products: await values('product_type', mostProducts),
    scores: facts.scores.map(({ model }) => ({
      model,
      title: titles.score?.(model) ?? { es: model, en: model },
    })),
    recent,
  });
}

const findings = {
  apart: {
    es: 'Lo que más lo distingue: {list}.',
    en: 'What sets it apart most: {list}.',
  },
  alike: {
    es: 'En ninguna cifra se distingue con claridad.',
    en: 'No figure sets it apart clearly.',
  },
  more: { es: '{title}, por encima', en: '{title}, above' },
  less: { es: '{title}, por debajo', en: '{title}, below' },
} satisfies Record<string, Text>;

const noticeable = 0.2;

/** What differs most and beyond doubt, in words; small differences (under 0.2 deviations) are not named. */
function findingOf(rows: readonly ProfileRow[]): Text {
  const told = rows
    .filter(({ standardised: { estimate, lower, upper } }) => {
      if (estimate === null || lower === null || upper === null) return false;
      return Math.abs(estimate) >= noticeable && (lower > 0 || upper < 0);
    })
    .slice(0, 3);
  const say = (locale: 'es' | 'en'): string => {
    if (told.length === 0) return format(findings.alike, locale);
    const list = told.map((row) =>
      format((row.standardised.estimate ?? 0) > 0 ? findings.more : findings.less, locale, {
        title: row.title[locale] + (row.currency ? ` (${row.currency})` : ''),
      }),
    );
    return format(findings.apart, locale, { list: list.join('; ') });
  };
  return { es: say('es'), en: say('en') };
}

/**
 * A segment's figures beside everybody else's, or another segment's, over people; who is in both is left out.
 *
 * @throws not_found, no_snapshots, and as `checkCondition` of either condition
 */
export async function profileOf(
  context: Context,
  segmentId: string,
  against: string | undefined,
): Promise<Profile> {
  const { engine } = context;
  const segment = await readSegment(engine, segmentId);
  const other = against === undefined ? null : await readSegment(engine, against);
  const facts = await currentFacts(context);
  const conditions = [segment.condition, ...(other ? [other.condition] : [])];
  for (const condition of conditions) checkCondition(condition, facts.vocabulary);
  const empty = await missingTables(engine, ['payments', 'contacts']);
  const recent = [
    ...(empty.includes('payments') ? [] : ['days_since_payment']),
    ...(empty.includes('contacts') ? [] : ['days_since_contact']),
  ];
  const metrics = await metricsOf(context, facts, recent);
  const relation = await preparedFacts(context, facts, [...factsAsked(...conditions), ...recent]);
  const [own, theirs] = conditions.map((condition) => compileCondition(condition, engine.dialect));
  const sides = await engine.rows<SideRow>(
    profileMoments(engine.dialect, relation, own ?? sql`true`, theirs ?? null, metrics),
  );
  const people = (side: SideRow['side']) => sides.find((row) => row.side === side)?.people ?? 0;
  const rows = profileRows(metrics, sides);
  return {
    asOf: facts.asOf,
    against: { id: other?.id ?? null, name: other?.name ?? null },
    people: { segment: people('segment'), other: people('other'), both: people('both') },
    rows,
    finding: findingOf(rows),
  };
}

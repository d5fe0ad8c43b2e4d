import * as check from '#core/contact/check.ts';
import { acceptedName } from '#core/contact/house/changes.ts';
import { type BatchPlan, placeRules, planBatch } from '#core/contact/plan.ts';
import { planInstant } from '#core/contact/plan-instant.ts';
import { distinctPlaces, planPeople } from '#core/contact/plan-people.ts';
import { keyOf, type RuleSet, versionOf } from '#core/contact/rule-set.ts';
import { dateMs, dayMs } from '#core/contact/time/wall-clock.ts';
import { instantsOf, isZone, localOf, zoneOffsets } from '#core/contact/time/zone-offsets.ts';
import { limitsInWords } from '#core/contact/words.ts';
import type { WhatIf, WhatIfQuestion } from '#core/contract/contact/what-if.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import { raw, sql } from '#core/sql/sql.ts';
import type { Text } from '#core/text/text.ts';
import type { Context } from '../../context.ts';
import type { Session } from '../../engine/engine.ts';
import { ruleKinds, ruleSetsOf } from '../../store/contact/contact-rules.ts';
import { judgePlan } from '../judging.ts';
import { weekAhead } from './week.ts';
import { whomOf } from './whom.ts';

const examplesShown = 5;

/** The instant of a local time on one clock; a time that a change of clock skips moves forward. @throws zone_unknown */
function instantOn(zone: string, date: string, time: string): number {
  if (!isZone(zone)) throw new DomainError('zone_unknown', { zone });
  const base = dateMs(date);
  const [at] = instantsOf(zoneOffsets(zone, base - 3 * dayMs, base + 3 * dayMs), zone, date, time);
  return at ?? base;
}

interface Places {
  jurisdiction: string;
  time_zone: string;
  people: number;
}

function planOf(asked: WhatIfQuestion, found: readonly Places[], ground: Omit<Ground, 'places'>): BatchPlan {
  const places = found.map((row) => ({
    jurisdiction: row.jurisdiction,
    timeZone: row.time_zone,
    channel: asked.channel,
  }));
  return asked.zone === undefined
    ? planBatch({ ...ground, places, sendOn: asked.date, from: asked.date, time: asked.time })
    : planInstant({ ...ground, places }, instantOn(asked.zone, asked.date, asked.time));
}
type Ground = Parameters<typeof planInstant>[0];

/**
 * What the contact rules would say of a send to some people at a time, by the statements that clear batches: how many pass, whom each
 * rule holds back, and when in the seven days from then on how many could be written to. Nothing is reserved and nothing is sent.
 *
 * @throws what_if_whom, what_if_nobody, zone_unknown, not_found
 */
export async function askWhatIf(context: Context, asked: WhatIfQuestion): Promise<WhatIf> {
  const whom = await whomOf(context, asked);
  if (asked.zone !== undefined && !isZone(asked.zone))
    throw new DomainError('zone_unknown', { zone: asked.zone });
  return context.engine.transaction(async (session) => {
    const sets = await ruleSetsOf(context, session);
    const kinds = ruleKinds(context);
    for (const drop of check.dropPlan) await session.run(drop);
    await session.run(raw('DROP TABLE IF EXISTS what_if_people'));
    const due = sql`(SELECT p.customer_id AS assignment_id, p.customer_id, '' AS arm, ${asked.channel} AS channel, '' AS send_window FROM (${whom.people}) p)`;
    await session.run(planPeople(due, whom.assume));
    const found = await session.rows<Places>(distinctPlaces);
    if (!found.length) throw new DomainError('what_if_nobody', { whom: whom.name });
    const plan = planOf(asked, found, { sets, kinds, assume: whom.assume });
    const { notJudged } = await judgePlan(context, session, plan, {
      assume: whom.assume,
      experimentId: asked.experimentId ?? '',
      touch: 0,
      aheadDays: 0,
    });
    const now = await told(session, plan, sets, (rule) => kinds.get(rule)?.text.title ?? titleOfPlace(rule));
    await session.run(raw('CREATE TEMPORARY TABLE what_if_people AS SELECT * FROM plan_people'));
    const week = await weekAhead(context, session, {
      sets,
      planOn: (date) =>
        planOf({ ...asked, date, zone: undefined }, found, { sets, kinds, assume: whom.assume }),
      kinds,
      assume: whom.assume,
      from: asked.date,
    });
    for (const drop of check.dropPlan) await session.run(drop);
    await session.run(raw('DROP TABLE what_if_people'));
    const unverified = plan.clauses
      .filter(({ status }) => status === 'to-verify')
      .map(({ setId, version, rule }) => acceptedName({ ruleSet: setId, version, rule }));
    return {
      ...now,
      week,
      unverified: [...new Set(unverified)],
      notJudged: notJudged.map((one) => ({
        ...one,
        title: kinds.get(one.rule)?.text.name ?? titleOfPlace(one.rule),
      })),
    };
  });
}

const titleOfPlace = (rule: string): Text => placeRules[rule as keyof typeof placeRules];

/** What `plan_failures` holds, in words: by rule and by place. */
async function told(
  session: Session,
  plan: BatchPlan,
  sets: readonly RuleSet[],
  titleOf: (rule: string) => Text,
): Promise<Omit<WhatIf, 'week' | 'unverified' | 'notJudged'>> {
  const failing = await session.rows<{ clause: number; n: number; failing: number; examples: string[] }>(
    sql`SELECT f.clause, CAST(count(*) FILTER (WHERE f.clause = d.clause) AS BIGINT) AS n, CAST(count(*) AS BIGINT) AS failing,
      list_slice(list(m.customer_id ORDER BY m.customer_id) FILTER (WHERE f.clause = d.clause), 1, ${examplesShown}) AS examples
    FROM (SELECT DISTINCT assignment_id, clause FROM plan_failures) f
    JOIN plan_people m ON m.assignment_id = f.assignment_id
    JOIN (SELECT assignment_id, min(clause) AS clause FROM plan_failures GROUP BY assignment_id) d ON d.assignment_id = f.assignment_id
    GROUP BY f.clause ORDER BY n DESC, failing DESC, f.clause`,
  );
  const counted = await session.rows<Places & { passing: number }>(
    raw(`SELECT m.jurisdiction, m.time_zone, CAST(count(*) AS BIGINT) AS people, CAST(count(*) FILTER (WHERE f.assignment_id IS NULL) AS BIGINT) AS passing
      FROM plan_people m LEFT JOIN (SELECT DISTINCT assignment_id FROM plan_failures) f ON f.assignment_id = m.assignment_id
      GROUP BY m.jurisdiction, m.time_zone ORDER BY people DESC, m.jurisdiction, m.time_zone`),
  );
  const placeOf = (row: Places) =>
    plan.places.find((one) => one.jurisdiction === row.jurisdiction && one.timeZone === row.time_zone);
  const useOf = (setId: string, version: string, rule: string, parameters: unknown) =>
    sets
      .find((set) => set.id === setId && set.version === version)
      ?.uses.find(
        (use) => use.rule === rule && JSON.stringify(use.parameters) === JSON.stringify(parameters),
      );
  const planned = plan.places.flatMap(({ instants }) => instants);
  const iso = (ms: number) => new Date(ms).toISOString();
  const sum = (rows: readonly (Places & { passing: number })[], key: 'people' | 'passing') =>
    rows.reduce((total, row) => total + row[key], 0);
  return {
    people: sum(counted, 'people'),
    passing: sum(counted, 'passing'),
    ruleSets: plan.groups.map((group) => {
      const own = counted.filter((row) => {
        const place = placeOf(row);
        return place?.version === versionOf(group) && place.ruleSet.split(' ')[0] === keyOf(group);
      });
      return {
        id: keyOf(group),
        version: versionOf(group),
        title: (group.find((set) => !set.overlay) ?? group[0])?.text.title ?? { es: '', en: '' },
        people: sum(own, 'people'),
        passing: sum(own, 'passing'),
      };
    }),
    held: failing.flatMap((row) => {
      const clause = plan.clauses.find((one) => one.clause === row.clause);
      if (!clause) return [];
      const { rule, setId, version, status, source, parameters } = clause;
      const limits = limitsInWords(
        useOf(setId, version, rule, parameters) ?? { rule, parameters, status, source },
      );
      return [
        {
          rule,
          title: titleOf(rule),
          limits,
          ruleSet: setId,
          version,
          status,
          source,
          n: row.n,
          failing: row.failing,
          examples: row.examples ?? [],
        },
      ];
    }),
    plannedAt: {
      first: planned.length ? iso(Math.min(...planned)) : null,
      last: planned.length ? iso(Math.max(...planned)) : null,
    },
    places: counted.map((row) => {
      const place = placeOf(row);
      const [at] = place?.instants ?? [];
      const local = place && at !== undefined ? localOf(plan.offsets, place.zone, at) : null;
      return {
        jurisdiction: row.jurisdiction,
        zones: [...(place?.zones ?? [])],
        zoneSource: place?.zoneSource ?? 'none',
        local: local === null ? null : new Date(local).toISOString().slice(0, 16),
        people: row.people,
        passing: row.passing,
      };
    }),
  };
}

import * as check from '#core/contact/check.ts';
import { type BatchPlan, placeRules, searchDays } from '#core/contact/plan.ts';
import { planInstant } from '#core/contact/plan-instant.ts';
import { distinctPlaces, planPerson } from '#core/contact/plan-people.ts';
import type { Facts, RuleKind } from '#core/contact/rule.ts';
import { type KnownClause, type RuleSet, standingOn } from '#core/contact/rule-set.ts';
import { nextAllowed } from '#core/contact/time/next-allowed.ts';
import { addDays, dayMs, localDate } from '#core/contact/time/wall-clock.ts';
import { instantsOf, localOf } from '#core/contact/time/zone-offsets.ts';
import type { Allowed } from '#core/contract/portfolio/person-views.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import { type Channel, channels } from '#core/portfolio/tables/people.ts';
import type { Text } from '#core/text/text.ts';
import type { Context } from '../../context.ts';
import type { Session } from '../../engine/engine.ts';
import { requireFreshContacts } from '../../store/contact/contact-ledger.ts';
import { ruleSetsOf } from '../../store/contact/contact-rules.ts';
import { readFacts } from '../../store/people/facts.ts';
import { isSimulated, readSetting } from '../../store/workspace.ts';
import { judgePlan } from '../judging.ts';

type Verdict = Allowed['channels'][number];
type Clause = Verdict['failures'][number];

/** The instant judged: as asked; else now, on the portfolio’s own day where it has one. */
async function clockOf(
  context: Context,
  asked: string | null,
): Promise<{ at: number; clock: Allowed['clock'] }> {
  if (asked) return { at: Date.parse(asked), clock: 'given' };
  const now = context.now().toISOString();
  const today = await readSetting<string>(context.engine, 'today');
  return today
    ? { at: Date.parse(`${today}T${now.slice(11)}`), clock: 'workspace' }
    : { at: Date.parse(now), clock: 'system' };
}

/** Whether a batch would be refused for the age of the contacts loaded. */
async function staleness(context: Context): Promise<Allowed['stale']> {
  try {
    await requireFreshContacts(context, context.engine);
    return null;
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== 'contacts_stale') throw error;
    return { loadedAt: String(error.details.loadedAt), limitHours: Number(error.details.limitHours) };
  }
}

/** The days looked at, cut where other rules come into force on a clock of the person. */
function stretchesOf(
  sets: readonly RuleSet[],
  at: number,
  { places, offsets }: BatchPlan,
): { from: number; days: number }[] {
  const until = at + searchDays * dayMs;
  const zones = [...new Set(places.flatMap(({ zone }) => (zone ? [zone] : [])))];
  const cuts = new Set([at]);
  for (let date = localDate(at - dayMs); date <= localDate(until + dayMs); date = addDays(date, 1)) {
    if (standingOn(sets, date) === standingOn(sets, addDays(date, -1))) continue;
    for (const zone of zones) {
      const [midnight] = instantsOf(offsets, zone, date, '00:00');
      if (midnight !== undefined && midnight > at && midnight < until) cuts.add(midnight);
    }
  }
  const starts = [...cuts].toSorted((a, b) => a - b);
  return starts.map((from, i) => ({ from, days: ((starts[i + 1] ?? until) - from) / dayMs }));
}

const localText = (local: number): string => new Date(local).toISOString().slice(0, 16);
const utcText = (utc: number): string => new Date(utc).toISOString();

async function failuresOf(session: Session): Promise<Map<string, number[]>> {
  const rows = await session.rows<{ assignment_id: string; clause: number }>(check.failedClauses);
  const found = new Map<string, number[]>();
  for (const { assignment_id: channel, clause } of rows)
    found.set(channel, [...(found.get(channel) ?? []), clause]);
  return found;
}

/**
 * What the contact rules say of one person on every channel at an instant, by the same statements as a batch, and
 * when each channel next opens as far as is known. Nothing is reserved and nothing is sent.
 */
export async function judgePerson(
  context: Context,
  customerId: string,
  asked: string | null,
): Promise<Allowed> {
  const { dialect } = context.engine;
  const kinds = context.registry.rules as unknown as ReadonlyMap<string, RuleKind>;
  const sets = await ruleSetsOf(context, context.engine);
  const { at, clock } = await clockOf(context, asked);
  const stale = await staleness(context);
  const simulated = await isSimulated(context.engine);
  const titleOf = (rule: string): Text =>
    kinds.get(rule)?.text.title ?? placeRules[rule as keyof typeof placeRules];
  const told = ({ rule, setId, version, status, source }: KnownClause): Clause => ({
    rule,
    title: titleOf(rule),
    ruleSet: setId,
    version,
    status,
    source,
  });
  return context.engine.transaction(async (session) => {
    for (const drop of check.dropPlan) await session.run(drop);
    await session.run(planPerson(dialect, customerId, channels));
    const here = await session.rows<{ jurisdiction: string; time_zone: string; channel: Channel }>(
      distinctPlaces,
    );
    const jurisdiction = here[0]?.jurisdiction ?? '';
    const places = channels.map((channel) => ({
      jurisdiction,
      timeZone: here.find((row) => row.channel === channel)?.time_zone ?? '',
      channel,
    }));
    const plan = planInstant({ places, sets, kinds, assume: null }, at);
    const { notJudged, tables } = await judgePlan(context, session, plan, {
      assume: null,
      experimentId: '',
      touch: 0,
      aheadDays: searchDays,
    });
    const failed = await failuresOf(session);
    const facts: Facts = { ...(await readFacts(session, customerId, tables)), offsets: plan.offsets };
    const judged = plan.clauses.filter(({ rule }) => !notJudged.some((one) => one.rule === rule));
    for (const drop of check.dropPlan) await session.run(drop);

    const stretches = stretchesOf(sets, at, plan).map((stretch) => ({
      ...stretch,
      plan: stretch.from === at ? plan : planInstant({ places, sets, kinds, assume: null }, stretch.from),
    }));
    /** The next window, each stretch of days by the rules in force in it. */
    const nextOf = (channel: Channel) => {
      for (const stretch of stretches) {
        const place = stretch.plan.places.find((one) => one.channel === channel);
        if (place?.blockedBy !== null) continue;
        const clauses = stretch.plan.clauses.filter(
          ({ rule }) => !notJudged.some((one) => one.rule === rule),
        );
        const spot = { ruleSet: place.ruleSet, channel, zones: place.zones };
        const { from, days } = stretch;
        const found = nextAllowed({ spot, facts, clauses, kinds, from, days });
        if (found) return found;
      }
      return null;
    };
    const verdict = (channel: Channel): Verdict => {
      const place = plan.places.find((one) => one.channel === channel);
      const numbers = (failed.get(channel) ?? []).toSorted((a, b) => a - b);
      const failures = numbers.flatMap((number) =>
        plan.clauses.filter(({ clause }) => clause === number).map(told),
      );
      const spot = { ruleSet: place?.ruleSet ?? '', channel, zones: place?.zones ?? [] };
      const open = place?.blockedBy === null ? nextOf(channel) : null;
      const zone = place?.zone ?? '';
      const local = (utc: number) => localText(localOf(plan.offsets, zone, utc) ?? utc);
      return {
        channel,
        allowed: failures.length === 0,
        failures,
        unverified: simulated
          ? []
          : judged.filter((one) => one.ruleSet === spot.ruleSet && one.status === 'to-verify').map(told),
        next: open && {
          from: utcText(open.from),
          to: utcText(open.to),
          fromLocal: local(open.from),
          toLocal: local(open.to),
          zone,
        },
      };
    };
    const [first] = plan.places;
    const local = first?.zone ? localOf(plan.offsets, first.zone, at) : null;
    return {
      customerId,
      at: utcText(at),
      clock,
      jurisdiction: jurisdiction || null,
      zones: [...(first?.zones ?? [])],
      zoneSource: first?.zoneSource ?? 'none',
      local: local === null ? null : localText(local),
      ruleSets: plan.groups.flat().map(({ id, version, text }) => ({ id, version, title: text.title })),
      channels: channels.map(verdict),
      notJudged: notJudged.map((one) => ({
        ...one,
        title: kinds.get(one.rule)?.text.name ?? titleOf(one.rule),
      })),
      stale,
      lookedDays: searchDays,
    };
  });
}

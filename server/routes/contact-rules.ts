import { firstYear, lastYear } from '#core/contact/holidays.ts';
import { ofKind } from '#core/contact/house/changes.ts';
import { composeSets } from '#core/contact/house/compose.ts';
import { effectOf } from '#core/contact/house/effect.ts';
import { policyUses } from '#core/contact/house/policy.ts';
import * as views from '#core/contact/house/views.ts';
import { countryOf, europeanUnion, type RuleSet } from '#core/contact/rule-set.ts';
import { contract } from '#core/contract/index.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import type { Context } from '../context.ts';
import { handle } from '../http/handle.ts';
import { askWhatIf } from '../jobs/contact/what-if.ts';
import { writeAudit } from '../store/audit.ts';
import {
  builtInSets,
  insertChange,
  type NewChange,
  readChanges,
  ruleKinds,
} from '../store/contact/contact-rules.ts';
import { instant, workspaceToday } from '../store/workspace.ts';

const resource = contract.contactRules;

/** Writes a change down, with who made it in the audit. */
async function change(
  context: Context,
  by: string,
  answers: { name: string; why: string },
  made: NewChange['change'],
): Promise<{ id: string }> {
  const at = instant(context.now());
  return context.engine.transaction(async (session) => {
    const id = await insertChange(session, { ...answers, at, by, change: made });
    await writeAudit(session, {
      at,
      by,
      action: `rules.${made.kind}`,
      subject: id,
      details: { name: answers.name, why: answers.why },
    });
    return { id };
  });
}

/** The set whose calendar a country or region has. @throws calendar_region_unknown */
function calendarSet(sets: readonly RuleSet[], region: string): RuleSet {
  const set = sets.find((one) => one.calendar && one.jurisdiction === countryOf(region));
  const regions = set ? regionsOf(set) : [];
  const known = !region.includes('-') || regions.includes(region) || regions.length === 0;
  if (!set || !known || !/^[A-Z]{2}(-[A-Z0-9]{1,3})?$/.test(region))
    throw new DomainError('calendar_region_unknown', { region });
  return set;
}

const regionsOf = ({ regions, calendar }: RuleSet): string[] =>
  [
    ...new Set([
      ...Object.keys(regions),
      ...(calendar?.days ?? []).flatMap((day) => (day.region === null ? [] : [day.region])),
    ]),
  ].toSorted();

const daysIn = (sets: readonly RuleSet[], region: string) => {
  const variant = sets.find((set) => set.variantOf !== undefined && set.jurisdiction === region);
  const { calendar } = variant ?? calendarSet(sets, region);
  return (calendar?.days ?? []).filter((day) => day.region === null || day.region === region);
};

const todaysSets = async (context: Context) => {
  const changes = await readChanges(context.engine);
  const sets = composeSets(builtInSets(context), changes);
  return { changes, sets, today: await workspaceToday(context), kinds: ruleKinds(context) };
};

export const handlers = [
  handle(resource.get, async ({ context }) => {
    const { changes, sets, today, kinds } = await todaysSets(context);
    return {
      today,
      ruleSets: views.ruleSetViews(sets, kinds, today),
      policies: views.policyViews(changes, kinds, today),
      options: views.optionViews(builtInSets(context), changes, kinds, today),
      acceptances: ofKind(changes, 'acceptance')
        .map(({ id, at, by, name, why, rules, batchId }) => ({
          id,
          at,
          by,
          name,
          why,
          rules: [...rules],
          batchId,
        }))
        .toReversed(),
      unverified: views.unverifiedRules(sets, changes, kinds, today),
    };
  }),
  handle(resource.setPolicy, async ({ context, principal, input }) => {
    const { policy, effectiveFrom, effectiveTo, name, why } = input.body;
    const today = await workspaceToday(context);
    if (effectiveFrom < today) throw new DomainError('policy_in_past', { effectiveFrom, today });
    if (effectiveTo !== null && effectiveTo < effectiveFrom)
      throw new DomainError('policy_dates', { effectiveFrom, effectiveTo });
    const made = { kind: 'policy' as const, policy, effectiveFrom, effectiveTo };
    await change(context, principal.id, { name, why }, made);
    const changes = await readChanges(context.engine);
    return views.policyViews(changes, ruleKinds(context), today)[0]!;
  }),
  handle(resource.effects, async ({ context, input }) => {
    const { sets, today, kinds } = await todaysSets(context);
    const uses = policyUses(input.body.policy);
    const standing = views
      .ruleSetViews(sets, kinds, today)
      .filter(({ overlay, inForce }) => !overlay && inForce);
    return {
      rules: uses.map((use) => views.ruleViewOf(use, kinds)),
      places: standing.flatMap(({ id, title, jurisdiction }) => {
        const set = sets.find((one) => one.id === id);
        if (!set) return [];
        const overlays = sets.filter(
          (one) => one.jurisdiction === 'EU' && jurisdiction !== null && europeanUnion.has(jurisdiction),
        );
        return [{ ruleSet: id, title, effects: uses.map((use) => effectOf(use, [set, ...overlays])) }];
      }),
    };
  }),
  handle(resource.calendar, async ({ context, input }) => {
    const { region, year } = input.query;
    const { changes, sets } = await todaysSets(context);
    const country = calendarSet(sets, region);
    const made = ofKind(changes, 'day').filter((one) => countryOf(one.region) === country.jurisdiction);
    const added = (date: string) => made.findLast((one) => one.date === date)?.action === 'add';
    return {
      region,
      country: country.jurisdiction ?? '',
      regions: regionsOf(country),
      blocks: country.calendar?.blocks ?? false,
      status: country.calendar?.status ?? 'house',
      source: country.calendar?.source ?? '',
      days: daysIn(sets, region)
        .filter(({ date }) => date.startsWith(`${year}-`))
        .map((day) => ({ ...day, added: added(day.date) })),
      changes: made
        .filter(({ date }) => date.startsWith(`${year}-`))
        .map(({ at, by, name, why, region: where, date, action, title }) => ({
          at,
          by,
          name,
          why,
          region: where,
          date,
          action,
          title,
        }))
        .toReversed(),
    };
  }),
  handle(resource.setDay, async ({ context, principal, input }) => {
    const { region, date, action, title, name, why } = input.body;
    const { sets, today } = await todaysSets(context);
    calendarSet(sets, region);
    const [first, last] = [`${firstYear}-01-01`, `${lastYear}-12-31`];
    if (date < first || date > last) throw new DomainError('calendar_date_outside', { date, first, last });
    if (date < today) throw new DomainError('calendar_day_past', { date, today });
    const known = daysIn(sets, region).some((day) => day.date === date);
    if (known !== (action === 'remove'))
      throw new DomainError(known ? 'calendar_day_known' : 'calendar_day_unknown', { date, region });
    return change(context, principal.id, { name, why }, { kind: 'day', region, date, action, title });
  }),
  handle(resource.setOption, async ({ context, principal, input }) => {
    const { ruleSet, option, on, effectiveFrom, name, why } = input.body;
    const today = await workspaceToday(context);
    const known = builtInSets(context).some(
      (set) => set.id === ruleSet && set.uses.some((use) => use.option === option),
    );
    if (!known) throw new DomainError('option_unknown', { ruleSet, option });
    if (effectiveFrom < today) throw new DomainError('policy_in_past', { effectiveFrom, today });
    const made = { kind: 'option' as const, ruleSet, option, on, effectiveFrom };
    return change(context, principal.id, { name, why }, made);
  }),
  handle(resource.accept, async ({ context, principal, input }) => {
    const { rules, name, why } = input.body;
    const { changes, sets, today, kinds } = await todaysSets(context);
    const open = new Set(views.unverifiedRules(sets, changes, kinds, today).map((one) => one.name));
    for (const rule of rules) if (!open.has(rule)) throw new DomainError('acceptance_unknown', { rule });
    const made: Extract<NewChange['change'], { kind: 'acceptance' }> = {
      kind: 'acceptance',
      rules,
      batchId: null,
    };
    return change(context, principal.id, { name, why }, made);
  }),
  handle(resource.whatIf, ({ context, input }) => askWhatIf(context, input.body)),
];

import { type Calendar, type CalendarDay, holidayUse } from '../holidays.ts';
import type { RuleSet, RuleUse } from '../rule-set.ts';
import { addDays } from '../time/wall-clock.ts';
import { type DayChange, type OptionChange, ofKind, policyVersions, type RuleChange } from './changes.ts';
import { policySets } from './policy.ts';

const lastOf = (changes: readonly DayChange[]): DayChange[] => [
  ...new Map(changes.map((change) => [`${change.region} ${change.date}`, change])).values(),
];

/** The days of a calendar with what the workspace has put in and taken out. */
export function editedDays(days: readonly CalendarDay[], changes: readonly DayChange[]): CalendarDay[] {
  const last = lastOf(changes);
  const gone = (day: CalendarDay) =>
    last.some(
      (change) =>
        change.action === 'remove' &&
        change.date === day.date &&
        change.region === (day.region ?? change.region),
    );
  const added = last
    .filter(({ action }) => action === 'add')
    .map(({ date, title, region }): CalendarDay => {
      const name = title ?? date;
      return { date, name: { es: name, en: name }, region: region.includes('-') ? region : null };
    });
  return [...days.filter((day) => !gone(day)), ...added].toSorted((a, b) => (a.date < b.date ? -1 : 1));
}

/** The holiday clauses replaced by those of another calendar; where its days do not keep messages back, those put in do. */
function withCalendar(
  set: RuleSet,
  calendar: Calendar,
  region: string | null,
  put: readonly string[],
): RuleSet {
  const others = set.uses.filter(({ rule }) => rule !== 'holiday');
  const kept = {
    ...calendar,
    days: calendar.days.filter(({ date }) => calendar.blocks || put.includes(date)),
  };
  const uses: RuleUse[] = kept.days.length
    ? [...others, { ...holidayUse(kept, region), ...(put.length ? {} : { source: calendar.source }) }]
    : others;
  return { ...set, calendar, uses };
}

/** The country's set, and one for each region with days of its own, which stands in for it there. */
function withDays(set: RuleSet, changes: readonly DayChange[]): RuleSet[] {
  const { calendar, jurisdiction } = set;
  if (!calendar || !jurisdiction) return [set];
  const here = changes.filter(({ region }) => region === jurisdiction);
  const inRegions = changes.filter(({ region }) => region.startsWith(`${jurisdiction}-`));
  const version = here.length ? `${set.version}.${here.length}` : set.version;
  const national: Calendar = { ...calendar, days: editedDays(calendar.days, here) };
  const put = (list: readonly DayChange[]) =>
    lastOf(list)
      .filter(({ action }) => action === 'add')
      .map(({ date }) => date);
  const country = here.length
    ? { ...withCalendar(set, national, null, put(here)), version }
    : { ...set, calendar: national };
  const regions = [
    ...new Set([
      ...national.days.flatMap(({ region }) => (region === null ? [] : [region])),
      ...inRegions.map(({ region }) => region),
    ]),
  ].toSorted();
  return [
    country,
    ...regions.map((region): RuleSet => {
      const own = inRegions.filter((change) => change.region === region);
      const all = [...here, ...own];
      const days = editedDays(
        calendar.days.filter((day) => day.region === null || day.region === region),
        all,
      );
      return {
        ...withCalendar(set, { ...calendar, days }, region, put(all)),
        id: `${set.id}@${region.slice(jurisdiction.length + 1)}`,
        version: all.length ? `${set.version}.${all.length}` : set.version,
        jurisdiction: region,
        variantOf: set.id,
      };
    }),
  ];
}

/** One set for each stretch of days over which the readings chosen are the same. */
function withOptions(set: RuleSet, changes: readonly OptionChange[]): RuleSet[] {
  const own = changes.filter(({ ruleSet }) => ruleSet === set.id);
  if (!own.length) return [set];
  const starts = [...new Set([set.effectiveFrom, ...own.map(({ effectiveFrom }) => effectiveFrom)])]
    .filter((date) => date >= set.effectiveFrom)
    .toSorted();
  return starts.map((from, i): RuleSet => {
    const known = own.filter(({ effectiveFrom }) => effectiveFrom <= from);
    const off = new Set<string>();
    for (const { option, on } of known) {
      if (on) off.delete(option);
      else off.add(option);
    }
    const next = starts[i + 1];
    return {
      ...set,
      version: known.length ? `${set.version}-${known.length}` : set.version,
      effectiveFrom: from,
      effectiveTo: next ? addDays(next, -1) : set.effectiveTo,
      uses: set.uses.filter(({ option }) => option === undefined || !off.has(option)),
    };
  });
}

/**
 * The rule sets of the installation with all that a workspace has changed about them: readings chosen, days of calendars, and the
 * house's own rules beside them. Each change gives another version, which checks and exports write down.
 */
export function composeSets(sets: readonly RuleSet[], changes: readonly RuleChange[]): RuleSet[] {
  const days = ofKind(changes, 'day');
  const options = ofKind(changes, 'option');
  const own = sets.flatMap((set) => withOptions(set, options)).flatMap((set) => withDays(set, days));
  const house = policyVersions(changes).flatMap((version) =>
    version.spans.flatMap(({ from, to }) =>
      policySets({ ...version, effectiveFrom: from, effectiveTo: to }, own),
    ),
  );
  return [...own, ...house];
}

import { bases, type Channel, channels } from '../../portfolio/tables/people.ts';
import type { RuleSet, RuleUse } from '../rule-set.ts';
import { minutesOf } from '../time/wall-clock.ts';

/** What one rule of the house changes in one place: it tightens the law there, or the law is as strict already. */
export type Effect = 'tightens' | 'none';

interface Hours {
  channels: readonly string[];
  hours: Record<string, readonly (readonly [string, string])[]>;
}
interface Cap {
  channels: readonly string[];
  max: number;
  period: 'day' | 'week' | 'month' | 'rolling';
  days?: number;
  counts: 'attempt' | 'contact';
}
interface Cooldown {
  channels: readonly string[];
  after: 'attempt' | 'contact' | 'conversation';
  days: number;
}

const covers = (wide: readonly string[], narrow: readonly string[]): boolean =>
  narrow.every((one) => wide.includes(one));

const openMinutes = (hours: readonly (readonly [string, string])[] | undefined): Set<number> => {
  const open = new Set<number>();
  for (const [opens, closes] of hours ?? [])
    for (let minute = minutesOf(opens); minute < minutesOf(closes); minute++) open.add(minute);
  return open;
};

/** Whether some minute that the law leaves open on some day and channel is closed by the house. */
function hoursTighten(house: Hours, law: readonly Hours[]): boolean {
  return Object.keys(house.hours).some((day) => {
    const own = openMinutes(house.hours[day]);
    return house.channels.some((channel) => {
      const limits = law
        .filter((one) => one.channels.includes(channel))
        .map((one) => openMinutes(one.hours[day]));
      for (let minute = 0; minute < 1440; minute++)
        if (!own.has(minute) && limits.every((open) => open.has(minute))) return true;
      return false;
    });
  });
}

const spanDays = { day: 1, week: 7, month: 31 } as const;

/** Whether keeping the law's period keeps the house's: any two contacts of the house's period lie in one of the law's. */
function periodCovers(law: Cap, house: Cap): boolean {
  if (law.period === 'rolling')
    return (law.days ?? 0) >= (house.period === 'rolling' ? (house.days ?? 0) : spanDays[house.period]);
  return law.period === house.period || (house.period === 'day' && law.period !== 'day');
}

const capImplies = (law: Cap, house: Cap): boolean =>
  covers(law.channels, house.channels) &&
  law.max <= house.max &&
  (law.counts === 'attempt' || house.counts === 'contact') &&
  periodCovers(law, house);

const breadth = ['conversation', 'contact', 'attempt'];
const cooldownImplies = (law: Cooldown, house: Cooldown): boolean =>
  covers(law.channels, house.channels) &&
  law.days >= house.days &&
  breadth.indexOf(law.after) >= breadth.indexOf(house.after);

type Suffices = { suffices: Record<Channel, readonly string[]> };
const permissionTightens = (house: Suffices, law: readonly Suffices[]): boolean =>
  channels.some((channel) =>
    bases.some(
      (basis) =>
        !house.suffices[channel].includes(basis) &&
        law.every(({ suffices }) => suffices[channel].includes(basis)),
    ),
  );

/** What a rule of the house changes where these rule sets govern. A looser one never loosens anything: it has no effect. */
export function effectOf(use: RuleUse, governing: readonly RuleSet[]): Effect {
  const law = <P>(): P[] =>
    governing.flatMap((set) =>
      set.uses.filter(({ rule }) => rule === use.rule).map(({ parameters }) => parameters as P),
    );
  const tightens = (): boolean => {
    if (use.rule === 'contact-hours') return hoursTighten(use.parameters as Hours, law<Hours>());
    if (use.rule === 'frequency-cap')
      return !law<Cap>().some((cap) => capImplies(cap, use.parameters as Cap));
    if (use.rule === 'cooldown')
      return !law<Cooldown>().some((one) => cooldownImplies(one, use.parameters as Cooldown));
    if (use.rule === 'permission') return permissionTightens(use.parameters as Suffices, law<Suffices>());
    if (use.rule === 'one-channel-per-week' || use.rule === 'holiday') return law().length === 0;
    return true;
  };
  return tightens() ? 'tightens' : 'none';
}

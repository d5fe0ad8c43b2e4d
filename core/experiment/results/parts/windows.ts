import { addDays } from '../../../contact/time/wall-clock.ts';
import { jointSpells } from '../../spells.ts';
import type { Gathered } from '../gathered.ts';

/**
 * Whether people who entered on a day may be compared between an arm and control at a look: both were open then
 * (concurrent controls), and the window of so many days had closed by the look's day.
 */
export function comparable(
  { spells, design }: Pick<Gathered, 'spells' | 'design'>,
  arm: string,
  on: string,
  horizonDays: number,
): (cohort: string) => boolean {
  const of = (name: string) => spells.find((one) => one.arm === name)?.spells ?? [];
  const joint = jointSpells(of(design.control), of(arm));
  return (cohort) =>
    addDays(cohort, horizonDays) <= on &&
    joint.some(({ from, until }) => cohort >= from && (until === null || cohort < until));
}

/** People entered whose window of so many days has closed by a day. */
export const maturedBy = ({ entered }: Pick<Gathered, 'entered'>, on: string, horizonDays: number): number =>
  entered.reduce((sum, one) => (addDays(one.on, horizonDays) <= on ? sum + one.people : sum), 0);

/** Day on which the window of the last person who has entered or will closes. */
export const closesOn = ({ schedule }: Pick<Gathered, 'schedule'>, horizonDays: number): string =>
  addDays(schedule.lastEntry, horizonDays);

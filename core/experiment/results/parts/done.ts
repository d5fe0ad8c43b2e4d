import { addDays } from '../../../contact/time/wall-clock.ts';
import type { ExperimentResults } from '../../../contract/experiments/results.ts';
import type { Text } from '../../../text/text.ts';
import type { Gathered } from '../gathered.ts';
import type { JudgedPlan, Judgement } from '../judgement.ts';
import { dayName, integer, say } from '../words/say.ts';

type Line = ExperimentResults['planned'][number];
const same = (text: string): Text => ({ es: text, en: text });
const day = (iso: string | null): Text =>
  iso === null
    ? { es: 'todavía no', en: 'not yet' }
    : say(same('{day}'), (locale) => ({ day: dayName(locale, iso) }));
const number = (n: number): Text => say(same('{n}'), (locale) => ({ n: integer(locale, n) }));

const line = (what: Text, planned: Text, done: Text, isSame: boolean): Line => ({
  what,
  planned,
  done,
  same: isSame,
});

const statuses: Record<Gathered['spells'][number]['status'], Text> = {
  open: { es: 'abierto', en: 'open' },
  paused: { es: 'en pausa', en: 'paused' },
  dropped: { es: 'cerrado', en: 'closed' },
};

/** The frozen plan beside what was done. */
export function plannedAndDone(gathered: Gathered, plan: JudgedPlan, judgement: Judgement): Line[] {
  const { schedule, entered, asOf, design, spells } = gathered;
  const planned = schedule.planned.reduce((sum, { people }) => sum + people, 0);
  const people = entered.reduce((sum, one) => sum + one.people, 0);
  const lastPlanned = schedule.planned.at(-1)?.entersOn ?? null;
  const over = schedule.lastEntry <= asOf;
  const looksDue = plan.looks.filter(({ on }) => on <= asOf).length;
  const looksDone = judgement.looks.filter(({ state }) => state === 'done').length;
  return [
    line({ es: 'Personas', en: 'People' }, number(planned), number(people), !over || people === planned),
    line(
      { es: 'Entrada de la primera', en: 'First to enter' },
      day(schedule.planned[0]?.entersOn ?? null),
      day(entered.map(({ on }) => on).sort()[0] ?? null),
      !entered.length || entered.some(({ on }) => on === schedule.planned[0]?.entersOn),
    ),
    line(
      { es: 'Entrada de la última', en: 'Last to enter' },
      day(lastPlanned),
      day(schedule.lastEntry),
      lastPlanned === schedule.lastEntry || design.arrivalDays > 0,
    ),
    line(
      { es: 'Revisiones hasta hoy', en: 'Looks so far' },
      number(looksDue),
      number(looksDone),
      looksDue === looksDone,
    ),
    line(
      { es: 'Última revisión', en: 'Last look' },
      day(lastPlanned === null ? null : addDays(lastPlanned, design.metric.horizonDays)),
      day(plan.looks.at(-1)?.on ?? null),
      lastPlanned !== null && addDays(lastPlanned, design.metric.horizonDays) === plan.looks.at(-1)?.on,
    ),
    ...spells.map(({ arm, status }) =>
      line(
        say({ es: 'Brazo: {arm}', en: 'Arm: {arm}' }, (locale) => ({
          arm: (gathered.armTitles[arm] ?? same(arm))[locale],
        })),
        statuses.open,
        statuses[status],
        status === 'open',
      ),
    ),
  ];
}

import { type Policy, policySchema } from '#core/contact/house/policy.ts';
import { type Channel, channels } from '#core/portfolio/tables/people.ts';

type Windows = Policy['hours'][number]['hours']['mon'];

/** The house's rules as a person fills them in: one line for weekdays, Saturday and Sunday each. */
export interface Draft {
  hours: boolean;
  week: { from: string; to: string };
  saturday: { open: boolean; from: string; to: string };
  sunday: { open: boolean; from: string; to: string };
  perDay: number | null;
  perWeek: number | null;
  pauseDays: number | null;
  consentOnly: Channel[];
  byPerson: boolean;
  overDays: number;
  oneChannel: boolean;
  holidays: boolean;
}

export const emptyDraft = (): Draft => ({
  hours: true,
  week: { from: '08:00', to: '18:00' },
  saturday: { open: true, from: '09:00', to: '13:00' },
  sunday: { open: false, from: '09:00', to: '13:00' },
  perDay: 1,
  perWeek: 2,
  pauseDays: null,
  consentOnly: [],
  byPerson: false,
  overDays: 60,
  oneChannel: false,
  holidays: true,
});

/** The draft of a version made before by this form. */
export function draftOf(policy: Policy): Draft {
  const empty = emptyDraft();
  const [hours] = policy.hours;
  const part = (windows: Windows | undefined, other: Draft['saturday']) => {
    const [first] = windows ?? [];
    return first ? { open: true, from: first[0], to: first[1] } : { ...other, open: false };
  };
  const most = (period: string) => policy.caps.find((cap) => cap.period === period)?.max ?? null;
  return {
    ...empty,
    hours: hours !== undefined,
    week: hours ? part(hours.hours.mon, { open: true, ...empty.week }) : empty.week,
    saturday: hours ? part(hours.hours.sat, empty.saturday) : empty.saturday,
    sunday: hours ? part(hours.hours.sun, empty.sunday) : empty.sunday,
    perDay: most('day'),
    perWeek: most('rolling'),
    pauseDays: policy.cooldowns[0]?.days ?? null,
    consentOnly: channels.filter((channel) => policy.permission[channel]?.join() === 'consent'),
    byPerson: policy.byPerson !== null,
    overDays: policy.byPerson?.overDays ?? empty.overDays,
    oneChannel: policy.oneChannelAWeek,
    holidays: policy.holidays,
  };
}

/** What the form says, as rules; null with what is wrong when it says nothing that can hold. */
export function policyOf(draft: Draft): Policy | null {
  const all = [...channels];
  const day = (from: string, to: string, open = true): Windows => (open ? [[from, to]] : []);
  const week = day(draft.week.from, draft.week.to);
  const { saturday, sunday } = draft;
  const attempts = { channels: all, counts: 'attempt' as const };
  const made = policySchema.safeParse({
    hours: draft.hours
      ? [
          {
            channels: all,
            hours: {
              mon: week,
              tue: week,
              wed: week,
              thu: week,
              fri: week,
              sat: day(saturday.from, saturday.to, saturday.open),
              sun: day(sunday.from, sunday.to, sunday.open),
            },
          },
        ]
      : [],
    caps: [
      ...(draft.perDay ? [{ ...attempts, max: draft.perDay, period: 'day' }] : []),
      ...(draft.perWeek ? [{ ...attempts, max: draft.perWeek, period: 'rolling', days: 7 }] : []),
    ],
    cooldowns: draft.pauseDays ? [{ channels: all, after: 'contact', days: draft.pauseDays }] : [],
    permission: Object.fromEntries(draft.consentOnly.map((channel) => [channel, ['consent']])),
    byPerson: draft.byPerson ? { overDays: draft.overDays, channels: ['call'] } : null,
    oneChannelAWeek: draft.oneChannel,
    holidays: draft.holidays,
  });
  return made.success ? made.data : null;
}

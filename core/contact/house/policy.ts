import { z } from 'zod';
import { bases, channels } from '../../portfolio/tables/people.ts';
import { holidayUse } from '../holidays.ts';
import type { RuleSet, RuleUse } from '../rule-set.ts';
import { minutesOf } from '../time/wall-clock.ts';

const some = z.array(z.enum(channels)).min(1);
const time = z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/);
const window = z
  .tuple([time, time])
  .refine(([opens, closes]) => minutesOf(opens) < minutesOf(closes), 'opens before it closes');
const day = z.array(window).max(3);

/** The house's own rules: they hold beside the law of each place, so they can only make it stricter. */
export const policySchema = z.strictObject({
  hours: z
    .array(
      z.strictObject({
        channels: some,
        hours: z.strictObject({ mon: day, tue: day, wed: day, thu: day, fri: day, sat: day, sun: day }),
      }),
    )
    .max(5)
    .default([]),
  caps: z
    .array(
      z
        .strictObject({
          channels: some,
          max: z.number().int().min(1).max(100),
          period: z.enum(['day', 'week', 'month', 'rolling']),
          days: z.number().int().min(1).max(60).optional(),
          counts: z.enum(['attempt', 'contact']),
        })
        .refine((cap) => (cap.period === 'rolling') === (cap.days !== undefined), 'days goes with rolling'),
    )
    .max(10)
    .default([]),
  cooldowns: z
    .array(
      z.strictObject({
        channels: some,
        after: z.enum(['attempt', 'contact', 'conversation']),
        days: z.number().int().min(1).max(60),
      }),
    )
    .max(10)
    .default([]),
  /** Bases that suffice, for the channels named; the others follow the law of the place. */
  permission: z.partialRecord(z.enum(channels), z.array(z.enum(bases)).min(1)).default({}),
  /** Above so many days past due only these channels stay open. */
  byPerson: z
    .strictObject({ overDays: z.number().int().min(0).max(3_650), channels: some })
    .nullable()
    .default(null),
  oneChannelAWeek: z.boolean().default(false),
  /** No message on public holidays, also where the law allows it. */
  holidays: z.boolean().default(false),
});
export type Policy = z.output<typeof policySchema>;

export interface PolicyVersion {
  version: number;
  policy: Policy;
  effectiveFrom: string;
  /** Last day in force; null while none is set; a day before `effectiveFrom` when it was replaced before it began. */
  effectiveTo: string | null;
}

const house = { status: 'house' as const, source: 'Ensayo' };

export const policyUses = (policy: Policy): RuleUse[] => [
  ...policy.hours.map((parameters) => ({ rule: 'contact-hours', parameters, ...house })),
  ...policy.caps.map((parameters) => ({ rule: 'frequency-cap', parameters, ...house })),
  ...policy.cooldowns.map((parameters) => ({ rule: 'cooldown', parameters, ...house })),
  ...(Object.keys(policy.permission).length
    ? [
        {
          rule: 'permission',
          parameters: {
            suffices: Object.fromEntries(
              channels.map((channel) => [channel, policy.permission[channel] ?? [...bases]]),
            ),
          },
          ...house,
        },
      ]
    : []),
  ...(policy.byPerson ? [{ rule: 'channel-by-delinquency', parameters: policy.byPerson, ...house }] : []),
  ...(policy.oneChannelAWeek ? [{ rule: 'one-channel-per-week', parameters: {}, ...house }] : []),
];

export const policyId = 'POLICY';

/** The rule sets of one version: one for every place and, where holidays are kept beyond the law, one for each such country. */
export function policySets(
  { version, policy, effectiveFrom, effectiveTo }: PolicyVersion,
  sets: readonly RuleSet[],
): RuleSet[] {
  const base: RuleSet = {
    text: {
      title: { es: 'Reglas propias de la casa', en: 'The house’s own rules' },
      summary: {
        es: 'Se suman a las de cada país: sólo pueden hacerlas más estrictas.',
        en: 'They come on top of each country’s: they can only make them stricter.',
      },
    },
    id: policyId,
    version: String(version),
    jurisdiction: '*',
    overlay: true,
    effectiveFrom,
    effectiveTo,
    zones: [],
    regions: {},
    uses: policyUses(policy),
  };
  if (!policy.holidays) return [base];
  const further = sets.flatMap((set) => {
    const { calendar, jurisdiction } = set;
    if (!calendar || calendar.blocks || !jurisdiction || set.variantOf) return [];
    const kept = { ...holidayUse(calendar), ...house };
    return [
      {
        ...base,
        id: `${policyId}@${jurisdiction}`,
        jurisdiction,
        variantOf: policyId,
        uses: [...base.uses, kept],
      },
    ];
  });
  return [base, ...new Map(further.map((set) => [set.id, set])).values()];
}

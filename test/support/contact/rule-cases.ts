import fc from 'fast-check';
import type { Facts, Reading } from '#core/contact/rule.ts';
import type { RuleSet } from '#core/contact/rule-set.ts';
import { addDays, dayMs } from '#core/contact/time/wall-clock.ts';
import { localOf, type ZoneOffset, zoneOffsets } from '#core/contact/time/zone-offsets.ts';
import { bases, channels, flagKinds } from '#core/portfolio/tables/people.ts';

/** Zones with clock changes of every sort in these years, and some without any. */
const zones = [
  'America/Mexico_City',
  'America/Tijuana',
  'America/Sao_Paulo',
  'America/Santiago',
  'Pacific/Easter',
  'Europe/Madrid',
  'Atlantic/Canary',
  'America/New_York',
  'America/Bogota',
  'America/Lima',
  'America/Argentina/Buenos_Aires',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Asia/Taipei',
];
const start = Date.UTC(2017, 0, 1);
const end = Date.UTC(2029, 0, 1);
const firstPlanned = Date.UTC(2017, 9, 1);
const lastPlanned = Date.UTC(2028, 3, 1);
const minute = 60_000;

export const offsets: ZoneOffset[] = zones.flatMap((zone) => zoneOffsets(zone, start, end));

/** Rule sets made up for the test, to reach parameters no law uses. */
export const inventedSets = (seed: number): RuleSet[] => {
  const time = fc.integer({ min: 0, max: 47 }).map((half) => half * 30);
  const clock = (minutes: number) =>
    `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
  const window = fc
    .tuple(time, fc.integer({ min: 1, max: 48 }))
    .map(([opens, width]) => [clock(opens), clock(Math.min(1440, opens + width * 30))]);
  const windows = fc.array(window, { maxLength: 2 });
  const some = fc.uniqueArray(fc.constantFrom(...channels), { minLength: 1 });
  const use = (rule: string, parameters: fc.Arbitrary<unknown>) =>
    parameters.map((given) => ({ rule, parameters: given, status: 'house' as const, source: 'test' }));
  const cap = fc.record({
    channels: some,
    max: fc.integer({ min: 1, max: 3 }),
    counts: fc.constantFrom('attempt', 'contact'),
  });
  const uses = fc.tuple(
    use(
      'contact-hours',
      fc.record({
        channels: some,
        hours: fc.record({
          mon: windows,
          tue: windows,
          wed: windows,
          thu: windows,
          fri: windows,
          sat: windows,
          sun: windows,
        }),
      }),
    ),
    use(
      'frequency-cap',
      fc.tuple(cap, fc.constantFrom('day', 'week', 'month')).map(([given, period]) => ({ ...given, period })),
    ),
    use(
      'frequency-cap',
      fc.tuple(cap, fc.integer({ min: 1, max: 60 })).map(([given, days]) => ({
        ...given,
        period: 'rolling',
        days,
      })),
    ),
    use(
      'cooldown',
      fc.record({
        channels: some,
        after: fc.constantFrom('attempt', 'contact', 'conversation'),
        days: fc.integer({ min: 1, max: 30 }),
      }),
    ),
    use('one-channel-per-week', fc.constant({})),
    use('account-party', fc.constant({})),
    use('channel-by-delinquency', fc.record({ overDays: fc.integer({ min: 0, max: 120 }), channels: some })),
    use('opt-out', fc.constant({})),
    use('valid-address', fc.constant({})),
    use('flag-block', fc.record({ kinds: fc.uniqueArray(fc.constantFrom(...flagKinds), { minLength: 1 }) })),
    use(
      'permission',
      fc.record({
        suffices: fc.record(
          Object.fromEntries(channels.map((name) => [name, fc.uniqueArray(fc.constantFrom(...bases))])),
        ),
      }),
    ),
  );
  return fc.sample(uses, { seed, numRuns: 12 }).map((given, i) => ({
    text: { title: { es: 'x', en: 'x' }, summary: { es: 'x', en: 'x' } },
    id: `TEST-${i}`,
    version: '1',
    jurisdiction: 'ZZ',
    effectiveFrom: '1970-01-01',
    effectiveTo: null,
    zones: [],
    regions: {},
    uses: given,
  }));
};

export interface Case {
  reading: Reading;
  facts: Facts;
}

/** Instants that lie close to a change of the zone's clock half of the time. */
const instantIn = (zone: string): fc.Arbitrary<number> => {
  const changes = offsets
    .filter((row) => row.zone === zone && row.fromUtc > firstPlanned && row.fromUtc < lastPlanned)
    .map((row) => row.fromUtc);
  const anywhere = fc
    .integer({ min: firstPlanned / minute, max: lastPlanned / minute })
    .map((m) => m * minute);
  const near = changes.length
    ? fc
        .tuple(fc.constantFrom(...changes), fc.integer({ min: -240, max: 240 }))
        .map(([change, minutes]) => change + minutes * minute)
    : anywhere;
  return fc.tuple(fc.oneof(anywhere, near), fc.constantFrom(0, 1000, 59_999)).map(([at, rest]) => at + rest);
};

const channel = fc.constantFrom(...channels);
const instantNear = (at: number): fc.Arbitrary<number> =>
  fc.oneof(
    fc
      .tuple(fc.integer({ min: -61, max: 61 }), fc.constantFrom(-1000, 0, 1, 1000))
      .map(([days, rest]) => at + days * dayMs + rest),
    fc.integer({ min: -40 * 1440, max: 10 * 1440 }).map((minutes) => at + minutes * minute),
  );
const dateNear = (at: number): fc.Arbitrary<string> =>
  fc.integer({ min: -3, max: 3 }).map((days) => addDays(new Date(at).toISOString().slice(0, 10), days));

export const caseIn = (ruleSets: readonly string[]): fc.Arbitrary<Case> =>
  fc.constantFrom(...zones).chain((zone) =>
    instantIn(zone).chain((plannedAt) =>
      fc.record({
        reading: fc.record({
          assignmentId: fc.constant(''),
          customerId: fc.constant(''),
          channel,
          ruleSet: fc.constantFrom(...ruleSets),
          zone: fc.constant(zone),
          plannedAt: fc.constant(plannedAt),
          localAt: fc.constant(localOf(offsets, zone, plannedAt) ?? Number.NaN),
        }),
        facts: fc.record({
          addressable: fc.boolean(),
          daysPastDue: fc.option(fc.integer({ min: 0, max: 130 })),
          permissions: fc.uniqueArray(
            fc
              .record({
                channel,
                basis: fc.constantFrom(...bases),
                grantedAt: instantNear(plannedAt),
                taken: fc.option(fc.constantFrom(-dayMs, -1, 0, 1, dayMs), { freq: 3 }),
              })
              .map(({ taken, ...given }) => ({
                ...given,
                revokedAt: taken === null ? null : given.grantedAt + taken,
              })),
            { selector: (given) => given.channel, maxLength: 4 },
          ),
          points: fc.uniqueArray(fc.record({ channel, valid: fc.boolean() }), {
            selector: (point) => point.channel,
            maxLength: 4,
          }),
          flags: fc.array(
            fc.record({
              kind: fc.constantFrom(...flagKinds),
              startedOn: dateNear(plannedAt),
              endedOn: fc.option(dateNear(plannedAt)),
            }),
            { maxLength: 2 },
          ),
          touches: fc.array(
            fc.record({
              channel,
              happenedAt: instantNear(plannedAt),
              reached: fc.boolean(),
              conversation: fc.boolean(),
            }),
            { maxLength: 5 },
          ),
          offsets: fc.constant(offsets),
        }),
      }),
    ),
  );

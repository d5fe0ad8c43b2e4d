import { addDays, dayMs } from '#core/contact/time/wall-clock.ts';
import { localOf, type ZoneOffset } from '#core/contact/time/zone-offsets.ts';
import { bases, channels, flagKinds } from '#core/portfolio/tables/people.ts';
import { type Case, offsets } from './rule-cases.ts';

/** Steele, Lea and Flood's splitmix, 32 bits of it: fast enough for a hundred thousand people. */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let z = state;
    z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
    return ((z ^ (z >>> 16)) >>> 0) / 4_294_967_296;
  };
}

const minute = 60_000;
const first = Date.UTC(2017, 9, 1);
const last = Date.UTC(2028, 3, 1);
const byZone = new Map(
  [...new Set(offsets.map((row) => row.zone))].map((zone) => [
    zone,
    offsets.filter((row) => row.zone === zone),
  ]),
);

/** Random people about random instants, half of them within four hours of a change of the zone's clock. */
export function randomCases(count: number, seed: number, ruleSets: readonly string[]): Case[] {
  const random = randomOf(seed);
  const upTo = (n: number) => Math.floor(random() * n);
  const between = (a: number, b: number) => a + upTo(b - a + 1);
  const pick = <T>(list: readonly T[]): T => list[upTo(list.length)] as T;
  const often = (share: number) => random() < share;
  const zones = [...byZone.keys()];

  const instantIn = (rows: readonly ZoneOffset[]): number => {
    const changes = rows.filter(({ fromUtc }) => fromUtc > first && fromUtc < last);
    const at =
      changes.length && often(0.5)
        ? pick(changes).fromUtc + between(-240, 240) * minute
        : between(first / minute, last / minute) * minute;
    return at + pick([0, 1000, 59_999]);
  };
  const near = (at: number): number =>
    often(0.5)
      ? at + between(-61, 61) * dayMs + pick([-1000, 0, 1, 1000])
      : at + between(-40 * 1440, 10 * 1440) * minute;
  const dateNear = (at: number) => addDays(new Date(at).toISOString().slice(0, 10), between(-3, 3));
  const some = () => channels.filter(() => often(0.6));

  return Array.from({ length: count }, (): Case => {
    const zone = pick(zones);
    const rows = byZone.get(zone) ?? [];
    const plannedAt = instantIn(rows);
    return {
      reading: {
        assignmentId: '',
        customerId: '',
        channel: pick(channels),
        ruleSet: pick(ruleSets),
        zone,
        plannedAt,
        localAt: localOf(rows, zone, plannedAt) ?? Number.NaN,
      },
      facts: {
        addressable: often(0.7),
        daysPastDue: often(0.2) ? null : between(0, 130),
        permissions: some().map((channel) => {
          const grantedAt = near(plannedAt);
          const taken = often(0.3) ? pick([-dayMs, -1, 0, 1, dayMs]) : null;
          return {
            channel,
            basis: pick(bases),
            grantedAt,
            revokedAt: taken === null ? null : grantedAt + taken,
          };
        }),
        points: some().map((channel) => ({ channel, valid: often(0.6) })),
        flags: Array.from({ length: upTo(3) }, () => ({
          kind: pick(flagKinds),
          startedOn: dateNear(plannedAt),
          endedOn: often(0.5) ? dateNear(plannedAt) : null,
        })),
        touches: Array.from({ length: upTo(6) }, () => ({
          channel: pick(channels),
          happenedAt: near(plannedAt),
          reached: often(0.5),
          conversation: often(0.5),
        })),
        offsets: rows,
      },
    };
  });
}

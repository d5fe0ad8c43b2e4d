import { dayMs } from '../../contact/time/wall-clock.ts';
import { type ZoneOffset, zoneOffsets } from '../../contact/time/zone-offsets.ts';
import type { Dialect } from '../../sql/dialects/dialect.ts';
import { join, raw, type Sql, sql } from '../../sql/sql.ts';

const [firstYear, lastYear] = [1970, 2060];
const known = new Map<string, ZoneOffset[]>();

function offsetsOf(zone: string): ZoneOffset[] {
  const found =
    known.get(zone) ?? zoneOffsets(zone, Date.UTC(firstYear, 0, 1), Date.UTC(lastYear, 0, 1) - dayMs);
  known.set(zone, found);
  return found;
}

/**
 * The instant at which the clock of a zone showed a local time, by the language's own table of zones. A time that a
 * change of clock skips moves forward by the width of the gap; of one that occurs twice, the first is meant. Before
 * 1970 and after 2060 the offset of those years stands.
 */
export function toUtc(dialect: Dialect, local: Sql, zone: string): Sql {
  const offsets = offsetsOf(zone);
  const whens = offsets.slice(0, -1).map((offset, i) => {
    const next = offsets[i + 1] ?? offset;
    const until = new Date(offset.toUtc + 1000 * Math.max(offset.seconds, next.seconds));
    const written = until.toISOString().slice(0, 19).replace('T', ' ');
    return sql`WHEN ${local} < ${raw(`TIMESTAMP '${written}'`)} THEN ${raw(String(-offset.seconds))}`;
  });
  const last = raw(String(-(offsets.at(-1)?.seconds ?? 0)));
  return dialect.addSeconds(local, whens.length ? sql`CASE ${join(whens, ' ')} ELSE ${last} END` : last);
}

import { join, literal, raw, type Sql, sql } from '../sql/sql.ts';

/** Buckets of days past due: the name of each, and the days at which it begins. */
export const buckets = [
  { name: '0', fromDays: 0 },
  { name: '1-29', fromDays: 1 },
  { name: '30-59', fromDays: 30 },
  { name: '60-89', fromDays: 60 },
  { name: '90-119', fromDays: 90 },
  { name: '120-179', fromDays: 120 },
  { name: '180+', fromDays: 180 },
] as const;

export const bucketNames = buckets.map((bucket) => bucket.name);

/** The bucket's name for an expression of days past due; NULL stays NULL. */
export const bucketOf = (daysPastDue: Sql): Sql => {
  const cases = [...buckets]
    .reverse()
    .map(({ name, fromDays }) => sql`WHEN ${daysPastDue} >= ${raw(String(fromDays))} THEN ${literal(name)}`);
  return sql`CASE ${join(cases, ' ')} END`;
};

import { raw, type Sql } from '#core/sql/sql.ts';

/** Self-cure versions of before asked on every late date; since then the question asks once per entry unless told so. */
export const statements: readonly Sql[] = [
  raw(`UPDATE model_versions SET fitted = json_merge_patch(fitted, '{"parameters": {"rows": "late_dates"}}')
    WHERE model = 'self-cure' AND json_extract(fitted, '$.parameters.rows') IS NULL`),
];

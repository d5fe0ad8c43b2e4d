import { sql } from '#core/sql/sql.ts';
import type { Session } from '../../engine/engine.ts';

export interface StoredCheck {
  experimentId: string;
  arm: string;
  style: string;
  template: string;
  version: number | null;
  asOf: string | null;
  holds: boolean;
  result: Record<string, unknown>;
}

export async function insertCheck(
  session: Session,
  { experimentId, arm, style, template, version, asOf, holds, result }: StoredCheck,
  { at, dataVersion }: { at: string; dataVersion: string },
): Promise<void> {
  await session.run(sql`INSERT INTO message_checks VALUES (${at}, ${experimentId}, ${arm}, ${style}, ${template}, ${version},
    CAST(${asOf} AS DATE), ${holds}, ${JSON.stringify(result)}, ${dataVersion})`);
}

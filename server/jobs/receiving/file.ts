import { join } from 'node:path';
import type { Taken } from '#core/contract/delivery/events.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import { eventFields } from '#core/events/file-columns.ts';
import { sourceOptions } from '#core/portfolio/recipe.ts';
import { ident, join as joinSql, literal, type Sql, sql } from '#core/sql/sql.ts';
import type { Inspection } from '../../sources/source.ts';
import { brokenName, dropStaging, openStaging, rawName, stagingOf } from '../../store/loading/staging.ts';
import type { StepRun } from '../job.ts';
import { asUnreadable } from '../loading/files.ts';
import { type FoundFile, scratchOf, sourceNamed } from '../loading/request.ts';
import { takeEvents } from './inbox.ts';
import { latestInstant, verifyInThread } from './receive.ts';
import type { VerifiedBatch } from './verify.ts';

/** What came of a file: sums over its pieces, and the first refusals. */
export interface FileTaken extends Taken {
  file: string;
  sha256: string;
  rows: number;
}

type File = Inspection & { source: string };
type Step = Pick<StepRun<unknown>, 'context' | 'jobId' | 'progress' | 'checkCancelled'>;

const pieceRows = 10_000;
const toldRefusals = 100;
const options = sourceOptions.parse({});

/** Reads a file of events through once: its hash, and whether it has the columns events need. @throws events_columns */
export async function inspectEvents(step: Step, file: FoundFile): Promise<File> {
  const { context, jobId } = step;
  const inspection = await sourceNamed(context, file.source).inspect({
    engine: context.engine,
    path: file.path,
    name: file.name,
    options,
    scratch: join(scratchOf(context, jobId), file.name),
    onBytes: () => {
      step.checkCancelled();
      step.progress(null, file.name);
    },
  });
  const fields = eventFields(inspection.columns).map(([field]) => field);
  const missing = ['id', 'type', 'time'].filter((field) => !fields.includes(field));
  if (missing.length > 0)
    throw new DomainError('events_columns', { file: file.name, missing: missing.join(', ') });
  return { ...inspection, source: file.source };
}

/** Takes a file piece by piece; what was taken of it before is answered as it was then. */
export async function takeFile(step: Step, senderId: string, file: File): Promise<FileTaken> {
  const { context, jobId } = step;
  const { engine } = context;
  const staging = stagingOf(jobId);
  await openStaging(engine, staging);
  const raw = await engine
    .transaction((session) =>
      sourceNamed(context, file.source).open({
        session,
        inspection: file,
        options,
        stagingTable: rawName(staging, 0),
        brokenTable: brokenName(staging),
        scratch: scratchOf(context, jobId),
      }),
    )
    .catch((error: unknown) => {
      throw asUnreadable(error, file.name);
    });
  const last =
    (
      await engine.first<{ n: number | null }>(
        sql`SELECT CAST(max(source_row) AS BIGINT) AS n FROM ${raw.relation}`,
      )
    )?.n ?? 0;
  const fields = eventFields(file.columns).map(([field, column]) =>
    textOf(field, column, raw.columns.get(column) ?? null),
  );
  const total: FileTaken = {
    file: file.name,
    sha256: file.sha256,
    rows: last,
    accepted: 0,
    duplicates: 0,
    rejected: [],
    rejectedTotal: 0,
  };
  const add = (answer: Taken) => {
    total.accepted += answer.accepted;
    total.duplicates += answer.duplicates;
    total.rejectedTotal += answer.rejectedTotal;
    total.rejected.push(...answer.rejected.slice(0, toldRefusals - total.rejected.length));
  };
  const take = async (name: string, verified: Omit<VerifiedBatch, 'senderId'>, before: number) =>
    add(await takeEvents(context, { ...verified, senderId, batchId: `file:${file.sha256}:${name}`, before }));
  for (let before = 0; before < last; before += pieceRows) {
    step.checkCancelled();
    step.progress(before / last, file.name);
    const piece = await engine.first<{ items: string | null }>(sql`
      SELECT CAST(to_json(list(json_object(${joinSql(fields)}) ORDER BY source_row)) AS VARCHAR) AS items
      FROM ${raw.relation} WHERE source_row > ${before} AND source_row <= ${before + pieceRows}`);
    const items = piece?.items ?? '[]';
    await take(
      String(before),
      await verifyInThread({ items, latestMs: await latestInstant(context) }),
      before,
    );
  }
  const broken = await brokenLines(step);
  if (broken.refused.length > 0) await take('broken', broken, 0);
  await dropStaging(engine, staging);
  return total;
}

/** A field of an event as text; an instant without a zone of its own is one of UTC. */
const textOf = (field: string, column: string, type: string | null): Sql => {
  const text = sql`CAST(${ident(column)} AS VARCHAR)`;
  return sql`${literal(field)}, ${type === 'timestamp' ? sql`CAST(CAST(${ident(column)} AS TIMESTAMP) AS VARCHAR) || 'Z'` : text}`;
};

async function brokenLines({ context, jobId }: Step): Promise<Omit<VerifiedBatch, 'senderId'>> {
  const lines = await context.engine.rows<{ line: number; value: string | null }>(
    sql`SELECT CAST(line AS BIGINT) AS line, substr(value, 1, 120) AS value FROM ${ident(brokenName(stagingOf(jobId)))} ORDER BY line LIMIT ${pieceRows}`,
  );
  const refused = lines.map(({ line, value }) => ({
    position: line,
    id: null,
    kind: null,
    field: null,
    value,
    reason: 'event_not_an_object' as const,
  }));
  return { bodyHash: 'broken', events: 0, columns: '{}', refused };
}

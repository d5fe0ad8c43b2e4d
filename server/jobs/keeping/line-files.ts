import { createReadStream, createWriteStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { finished } from 'node:stream/promises';
import {
  makeData,
  RecordBatch,
  RecordBatchReader,
  RecordBatchStreamWriter,
  Struct,
  vectorFromArray,
} from 'apache-arrow';

const unfinished = (path: string): string => `${path}.unfinished`;

/** Lines of a file of JSON objects, one a line. */
const linesOf = (path: string) => createInterface({ input: createReadStream(path), crlfDelay: Infinity });

const namesAny = (row: Record<string, unknown>, values: ReadonlySet<string>): boolean =>
  Object.values(row).some((value) => typeof value === 'string' && values.has(value));

export async function countNdjson(path: string): Promise<number> {
  let rows = 0;
  for await (const line of linesOf(path)) if (line !== '') rows += 1;
  return rows;
}

/** Writes a file of JSON lines again without those that name a person: a text equal to one of their strings. Gives how many went. */
export async function rewriteNdjson(path: string, values: readonly string[]): Promise<number> {
  const named = new Set(values);
  const target = createWriteStream(unfinished(path), { mode: 0o600 });
  let gone = 0;
  for await (const line of linesOf(path)) {
    if (line !== '' && namesAny(JSON.parse(line) as Record<string, unknown>, named)) gone += 1;
    else if (!target.write(`${line}\n`))
      await new Promise<void>((resolve) => target.once('drain', () => resolve()));
  }
  target.end();
  await finished(target);
  await (gone ? rename(unfinished(path), path) : rm(unfinished(path)));
  return gone;
}

export async function countArrow(path: string): Promise<number> {
  let rows = 0;
  for await (const batch of await RecordBatchReader.from(createReadStream(path))) rows += batch.numRows;
  return rows;
}

/** Rows of a batch in buffers of their own: a slice would keep the bytes of the others. */
function copied(batch: RecordBatch, rows: readonly number[]): RecordBatch {
  const children = batch.schema.fields.map(({ type }, place) => {
    const column = batch.getChildAt(place);
    const [data] = vectorFromArray(
      rows.map((i) => column?.get(i)),
      type,
    ).data;
    return data ?? makeData({ type });
  });
  const type = new Struct(batch.schema.fields);
  return new RecordBatch(batch.schema, makeData({ type, length: rows.length, children }));
}

/** The same for a stream of Arrow record batches, one batch at a time. */
export async function rewriteArrow(path: string, values: readonly string[]): Promise<number> {
  const named = new Set(values);
  const writer = new RecordBatchStreamWriter();
  const target = await open(unfinished(path), 'w', 0o600);
  let gone = 0;
  const written = (async () => {
    for await (const bytes of writer) await target.write(bytes);
  })();
  for await (const batch of await RecordBatchReader.from(createReadStream(path))) {
    const kept: number[] = [];
    for (let i = 0; i < batch.numRows; i++) if (!namesAny(batch.get(i)?.toJSON() ?? {}, named)) kept.push(i);
    gone += batch.numRows - kept.length;
    writer.write(copied(batch, kept));
  }
  writer.close();
  await written;
  await target.close();
  await (gone ? rename(unfinished(path), path) : rm(unfinished(path)));
  return gone;
}

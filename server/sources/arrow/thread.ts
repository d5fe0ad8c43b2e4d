import { open } from 'node:fs/promises';
import { type Field, type RecordBatch, RecordBatchReader, type Vector } from 'apache-arrow';
import { DomainError } from '#core/errors/domain-error.ts';
import { answerCalls } from '../../threads/worker-side.ts';
import { columnNames } from '../column-names.ts';
import type { Converted, ConvertTask } from '../converted/convert.ts';
import { csvRow, RowFile } from '../converted/row-file.ts';
import { type FileFacts, readThrough } from '../read-through.ts';
import { formatOf, refuseOther } from '../sniff.ts';
import { installCodecs } from './codecs.ts';
import { type ColumnWriter, writerOf } from './values.ts';

const longestRow = 16_000_000;

async function check(path: string, name: string): Promise<FileFacts & { isFile: boolean }> {
  let head: Buffer = Buffer.alloc(0);
  let tail: Buffer = Buffer.alloc(0);
  const facts = await readThrough(path, name, (piece) => {
    if (head.length < 512) head = Buffer.concat([head, piece.subarray(0, 512)]);
    tail = Buffer.concat([tail, piece.subarray(-6)]).subarray(-6);
  });
  const format = formatOf(head);
  if (format === 'feather1') throw new DomainError('load_arrow_feather1', { file: name });
  refuseOther(head, name, ['arrow']);
  const isFile = format === 'arrow';
  if (isFile && tail.toString('latin1') !== 'ARROW1')
    throw new DomainError('load_truncated', {
      file: name,
      reason: `ARROW1 ≠ ${JSON.stringify(tail.toString('latin1'))}`,
    });
  if (!isFile && head.subarray(0, 4).toString('hex') !== 'ffffffff')
    throw new DomainError('load_other_format', {
      file: name,
      found_es: 'texto u otra cosa',
      found_en: 'text or something else',
    });
  return { ...facts, isFile };
}

function writersOf(fields: readonly Field[], file: string): ColumnWriter[] {
  return fields.map(({ name, type }) => {
    const writer = writerOf(type);
    if (!writer) throw new DomainError('load_arrow_type', { file, column: name, type: String(type) });
    return writer;
  });
}

function writeBatch(batch: RecordBatch, writers: readonly ColumnWriter[], rows: RowFile): void {
  const texts = writers.map((writer, i) => writer.of(batch.getChildAt(i) as Vector));
  for (let row = 0; row < batch.numRows; row++) {
    const line = rows.rows + rows.brokenRows + 1;
    const text = csvRow(texts.map((of) => of(row)));
    if (text.length > longestRow) rows.break(line, text, 'reject_too_long');
    else rows.write(text, line);
  }
}

answerCalls<ConvertTask, Converted>(async ({ task, onProgress, checkCancelled }) => {
  const { isFile, ...facts } = await check(task.path, task.name);
  await installCodecs();
  const handle = await open(task.path);
  const rows = new RowFile(task.folder);
  try {
    const reader = await (await RecordBatchReader.from(handle)).open({ autoDestroy: false });
    const { fields } = reader.schema;
    const columns = columnNames(
      task.name,
      fields.map(({ name }) => name),
    );
    const writers = writersOf(fields, task.name);
    for await (const batch of reader) {
      checkCancelled();
      writeBatch(batch, writers, rows);
      onProgress({ done: 0.5, note: '' });
    }
    return { facts, columns, types: writers.map(({ type }) => type), found: { file: isFile } };
  } catch (error) {
    if (error instanceof DomainError || !(error instanceof Error)) throw error;
    const reason = error.message.split('\n')[0] ?? '';
    throw new DomainError('load_truncated', { file: task.name, reason }, { cause: error });
  } finally {
    rows.close();
    await handle.close();
  }
});

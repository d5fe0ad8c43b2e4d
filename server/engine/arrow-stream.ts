import { AsyncByteQueue, type RecordBatch, RecordBatchStreamWriter, type Schema } from 'apache-arrow';

/** A sink that hands over what was written since it was last asked, so that a slow reader holds the writer back. */
class Collected extends AsyncByteQueue {
  #pieces: Uint8Array[] = [];

  override write(value: Uint8Array | ArrayBufferView): void {
    const piece = new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
    if (piece.byteLength) this.#pieces.push(piece);
  }

  take(): Uint8Array[] {
    return this.#pieces.splice(0);
  }
}

/** Record batches as an Arrow IPC stream, a batch at a time; a result of no rows still carries its schema. */
export async function* arrowStream(
  schema: Schema,
  batches: AsyncIterable<RecordBatch>,
): AsyncGenerator<Uint8Array> {
  const sink = new Collected();
  const writer = new RecordBatchStreamWriter({ autoDestroy: false });
  writer.reset(sink, schema);
  for await (const batch of batches) {
    writer.write(batch);
    yield* sink.take();
  }
  writer.close();
  yield* sink.take();
}

/** What passes between the server and a query process: a kind, a length, and so many bytes. */
export type FrameKind = 'head' | 'data' | 'end' | 'failed' | 'call' | 'ready';
const kinds: readonly FrameKind[] = ['head', 'data', 'end', 'failed', 'call', 'ready'];

export interface Frame {
  kind: FrameKind;
  bytes: Buffer;
}

const prefix = 5;

export function frameHead(kind: FrameKind, length: number): Buffer {
  const head = Buffer.alloc(prefix);
  head.writeUInt8(kinds.indexOf(kind), 0);
  head.writeUInt32BE(length, 1);
  return head;
}

export const jsonFrame = (kind: FrameKind, value: unknown): Buffer => {
  const bytes = Buffer.from(JSON.stringify(value));
  return Buffer.concat([frameHead(kind, bytes.length), bytes]);
};

export const readJson = <T>(frame: Frame): T => JSON.parse(frame.bytes.toString('utf8')) as T;

/** Cuts a stream of bytes into frames, as they come. */
export async function* readFrames(stream: AsyncIterable<Buffer>): AsyncGenerator<Frame> {
  let waiting: Buffer[] = [];
  let held = 0;
  for await (const piece of stream) {
    waiting.push(piece);
    held += piece.length;
    while (held >= prefix) {
      const whole = waiting.length === 1 ? (waiting[0] as Buffer) : Buffer.concat(waiting);
      waiting = [whole];
      const length = whole.readUInt32BE(1);
      if (held < prefix + length) break;
      const kind = kinds[whole.readUInt8(0)];
      if (!kind) throw new Error('not a frame');
      yield { kind, bytes: whole.subarray(prefix, prefix + length) };
      const rest = whole.subarray(prefix + length);
      waiting = rest.length ? [rest] : [];
      held = rest.length;
    }
  }
}

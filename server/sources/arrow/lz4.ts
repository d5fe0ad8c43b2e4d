const magic = 0x184d2204;

/**
 * Unzips an LZ4 frame (frame format 1.6, block format 1.5), of which there may be several in a row. Checksums are
 * passed over; every length is checked against what is there.
 *
 * @throws RangeError when the frame is cut short, damaged, or unzips to more than the limit
 */
export function decodeLz4(input: Uint8Array, limitBytes: number): Uint8Array {
  const view = new DataView(input.buffer, input.byteOffset, input.byteLength);
  const output = new Output(limitBytes);
  for (let at = 0; at < input.length; ) at = decodeFrame(view, input, at, output);
  return output.taken();
}

function decodeFrame(view: DataView, input: Uint8Array, from: number, output: Output): number {
  if (view.getUint32(from, true) !== magic) throw new RangeError('no LZ4 frame');
  const flags = view.getUint8(from + 4);
  if (flags >> 6 !== 1) throw new RangeError('LZ4 frame of another version');
  const blockChecksum = flags & 16 ? 4 : 0;
  let at = from + 7 + (flags & 8 ? 8 : 0) + (flags & 1 ? 4 : 0);
  for (;;) {
    const size = view.getUint32(at, true);
    at += 4;
    if (size === 0) return at + (flags & 4 ? 4 : 0);
    const bytes = size & 0x7fffffff;
    if (at + bytes > input.length) throw new RangeError('LZ4 block cut short');
    const block = input.subarray(at, at + bytes);
    if (size >>> 31) output.append(block);
    else decodeBlock(block, output);
    at += bytes + blockChecksum;
  }
}

function decodeBlock(block: Uint8Array, output: Output): void {
  let at = 0;
  const next = (): number => {
    const byte = block[at++];
    if (byte === undefined) throw new RangeError('LZ4 block cut short');
    return byte;
  };
  const lengthFrom = (start: number): number => {
    let length = start;
    if (start === 15) {
      let more: number;
      do length += more = next();
      while (more === 255);
    }
    return length;
  };
  while (at < block.length) {
    const token = next();
    const literals = lengthFrom(token >> 4);
    if (at + literals > block.length) throw new RangeError('LZ4 block cut short');
    output.append(block.subarray(at, at + literals));
    at += literals;
    if (at === block.length) return;
    const distance = next() | (next() << 8);
    output.repeat(distance, lengthFrom(token & 15) + 4);
  }
}

class Output {
  readonly #limit: number;
  #bytes = new Uint8Array(1 << 16);
  #length = 0;

  constructor(limitBytes: number) {
    this.#limit = limitBytes;
  }

  append(bytes: Uint8Array): void {
    this.#room(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  /** Takes bytes again that stand some way back; they may overlap what is being written. */
  repeat(distance: number, length: number): void {
    if (distance === 0 || distance > this.#length) throw new RangeError('LZ4 block points outside');
    this.#room(length);
    const from = this.#length - distance;
    if (distance >= length) this.#bytes.copyWithin(this.#length, from, from + length);
    else for (let i = 0; i < length; i++) this.#bytes[this.#length + i] = this.#bytes[from + i] as number;
    this.#length += length;
  }

  taken(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }

  #room(more: number): void {
    const needed = this.#length + more;
    if (needed > this.#limit) throw new RangeError('LZ4 frame unzips to too much');
    if (needed <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.min(this.#limit, Math.max(needed, this.#bytes.length * 2)));
    larger.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = larger;
  }
}

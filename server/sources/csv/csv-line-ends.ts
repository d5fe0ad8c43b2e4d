const [newline, carriageReturn] = [10, 13];

/** Watches how the lines of a text end. */
export class LineEnds {
  #alone = false;
  #together = false;
  #last = 0;

  get mixed(): boolean {
    return this.#alone && this.#together;
  }

  take(piece: Buffer): void {
    if (piece.length === 0 || this.mixed) return;
    if (this.#alone && this.#last !== carriageReturn && !piece.includes(carriageReturn)) {
      this.#last = piece[piece.length - 1] ?? 0;
      return;
    }
    for (let at = piece.indexOf(newline); at >= 0 && !this.mixed; at = piece.indexOf(newline, at + 1))
      if ((at > 0 ? piece[at - 1] : this.#last) === carriageReturn) this.#together = true;
      else this.#alone = true;
    this.#last = piece[piece.length - 1] ?? 0;
  }
}

/** Bytes of a text whose lines all end with LF alone. */
export async function* oneLineEnd(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let open = false;
  for await (const piece of pieces) {
    let text: string = (open ? '\r' : '') + piece.toString('latin1');
    open = text.endsWith('\r');
    if (open) text = text.slice(0, -1);
    yield Buffer.from(text.replaceAll('\r\n', '\n'), 'latin1');
  }
  if (open) yield Buffer.from('\r');
}

/** One text among the rows of a file and the line it begins on; null for one longer than is read. */
export type TakeRow = (text: string | null, line: number, start: string) => void;

export const longestRow = 16_000_000;
const startLength = 200;

/** Cuts pieces of text into lines; blank ones are left out, and of one too long only the start is kept. */
export class Lines {
  readonly #take: TakeRow;
  #rest = '';
  #start: string | null = null;
  #line = 1;

  constructor(take: TakeRow) {
    this.#take = take;
  }

  push(piece: string): void {
    let from = 0;
    for (let end = piece.indexOf('\n'); end >= 0; end = piece.indexOf('\n', from)) {
      this.#finish(this.#rest + piece.slice(from, end));
      from = end + 1;
    }
    this.#rest += piece.slice(from);
    if (this.#rest.length <= longestRow) return;
    this.#start ??= this.#rest.slice(0, startLength);
    this.#rest = '';
  }

  end(): void {
    this.#finish(this.#rest);
  }

  #finish(line: string): void {
    if (this.#start !== null) this.#take(null, this.#line, this.#start);
    else if (line.length > longestRow) this.#take(null, this.#line, line.slice(0, startLength));
    else if (/\S/.test(line)) this.#take(line, this.#line, '');
    this.#start = null;
    this.#rest = '';
    this.#line++;
  }
}

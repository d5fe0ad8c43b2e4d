import { longestRow, type TakeRow } from './lines.ts';

const [quote, comma, backslash, newline] = [34, 44, 92, 10];
const [openList, closeList, openObject, closeObject] = [91, 93, 123, 125];
const startLength = 200;

/** Cuts the inside of a JSON list into its members; what a member holds is not judged here. */
export class Members {
  readonly #take: TakeRow;
  #depth = 0;
  #inText = false;
  #escaped = false;
  #inMember = false;
  #wantsComma = false;
  #trailing = false;
  #text = '';
  #start: string | null = null;
  #memberLine: number;
  line: number;
  /** What should not stand where it does, once there is such. */
  wrong: string | null = null;

  constructor(take: TakeRow, line: number) {
    this.#take = take;
    this.line = line;
    this.#memberLine = line;
  }

  /** The beginning of the member that is still open. */
  get open(): string {
    return this.#start ?? this.#text;
  }

  /**
   * Goes on in a piece.
   *
   * @returns where the list closes, or the length of the piece when it goes on
   */
  push(piece: string, from: number): number {
    let began = from;
    let at = from;
    for (; at < piece.length && this.wrong === null; at++) {
      const code = piece.charCodeAt(at);
      if (code === newline) this.line++;
      if (this.#inMember) {
        if (!this.#ends(code)) continue;
        const included = this.#depth === 0 && (code === closeObject || code === closeList || code === quote);
        this.#finish(piece.slice(began, included && !this.#bare ? at + 1 : at));
        if (included && !this.#bare) continue;
      }
      if (code <= 32) continue;
      if (code === closeList) {
        if (this.#trailing) this.wrong = ',]';
        return at;
      }
      if (code === comma) {
        if (!this.#wantsComma) this.wrong = ',';
        this.#wantsComma = false;
        this.#trailing = true;
        continue;
      }
      if (this.#wantsComma) {
        this.wrong = piece.slice(at, at + startLength);
        return at;
      }
      began = at;
      this.#begin(code);
    }
    if (this.#inMember) this.#keep(piece.slice(began, at));
    return at;
  }

  #bare = false;

  #begin(code: number): void {
    this.#inMember = true;
    this.#trailing = false;
    this.#memberLine = this.line;
    this.#inText = code === quote;
    this.#depth = code === openObject || code === openList ? 1 : 0;
    this.#bare = this.#depth === 0 && !this.#inText;
  }

  /** Whether the member ends at this character, or just before it when it is a bare word or number. */
  #ends(code: number): boolean {
    if (this.#bare) return code <= 32 || code === comma || code === closeList;
    if (this.#inText) {
      if (this.#escaped) this.#escaped = false;
      else if (code === backslash) this.#escaped = true;
      else if (code === quote) {
        this.#inText = false;
        return this.#depth === 0;
      }
      return false;
    }
    if (code === quote) this.#inText = true;
    else if (code === openObject || code === openList) this.#depth++;
    else if (code === closeObject || code === closeList) return --this.#depth === 0;
    return false;
  }

  #keep(text: string): void {
    this.#text += text;
    if (this.#text.length <= longestRow) return;
    this.#start ??= this.#text.slice(0, startLength);
    this.#text = '';
  }

  #finish(text: string): void {
    this.#keep(text);
    if (this.#start === null) this.#take(this.#text, this.#memberLine, '');
    else this.#take(null, this.#memberLine, this.#start);
    this.#start = null;
    this.#text = '';
    this.#inMember = false;
    this.#wantsComma = true;
  }
}

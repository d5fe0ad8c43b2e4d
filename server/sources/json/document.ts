import { DomainError } from '#core/errors/domain-error.ts';
import type { TakeRow } from './lines.ts';
import { Members } from './members.ts';

const [quote, colon, backslash, newline] = [34, 58, 92, 10];
const [openList, closeList, openObject, closeObject] = [91, 93, 123, 125];
const longestAround = 4_000_000;
const shownLength = 80;

/**
 * Finds the one list of objects of a JSON document and cuts it into its members, piece by piece. What stands around
 * the list is kept, with the list empty, and judged as JSON at the end.
 */
export class Document {
  readonly #file: string;
  readonly #take: TakeRow;
  readonly #levels: { list: boolean; key: string }[] = [];
  #around = '';
  #line = 1;
  /** The text last read outside the list: a key, if a colon follows. */
  #word = '';
  #inText = false;
  #escaped = false;
  /** Whether a list was opened and nothing was read of it yet. */
  #fresh = false;
  #found: string | null = null;
  #members: Members | null = null;

  constructor(file: string, take: TakeRow) {
    this.#file = file;
    this.#take = take;
  }

  /** @throws load_json_broken, load_json_several, load_json_no_rows */
  push(piece: string): void {
    for (let at = 0; at < piece.length; )
      at = this.#members ? this.#inside(this.#members, piece, at) : this.#outside(piece, at);
  }

  /**
   * A document that is one object without a list of objects is that one row.
   *
   * @throws load_json_broken, load_json_no_rows
   */
  end(): void {
    if (this.#members) this.#refuse(this.#members.open || '[');
    let value: unknown;
    try {
      value = JSON.parse(this.#around);
    } catch {
      this.#refuse(this.#around);
    }
    if (this.#found !== null) return;
    if (value === null || typeof value !== 'object' || Array.isArray(value) || !Object.keys(value).length)
      throw new DomainError('load_json_no_rows', { file: this.#file });
    this.#take(this.#around, 1, '');
  }

  #refuse(text: string): never {
    const trimmed = text.trim();
    const excerpt = trimmed.length > shownLength ? `…${trimmed.slice(-shownLength)}` : trimmed;
    throw new DomainError('load_json_broken', { file: this.#file, line: this.#line, excerpt });
  }

  #inside(members: Members, piece: string, from: number): number {
    const at = members.push(piece, from);
    this.#line = members.line;
    if (members.wrong !== null) this.#refuse(members.wrong);
    if (at < piece.length) this.#members = null;
    return at;
  }

  #outside(piece: string, from: number): number {
    let at = from;
    for (; at < piece.length && !this.#members; at++) {
      const code = piece.charCodeAt(at);
      if (code === newline) this.#line++;
      if (this.#inText) this.#text(piece.charAt(at), code);
      else if (code > 32 && this.#structure(code)) break;
    }
    this.#around += piece.slice(from, at);
    if (this.#around.length > longestAround) throw new DomainError('load_json_no_rows', { file: this.#file });
    return at;
  }

  #text(character: string, code: number): void {
    if (this.#escaped) this.#escaped = false;
    else if (code === backslash) this.#escaped = true;
    else if (code === quote) {
      this.#inText = false;
      return;
    }
    if (this.#word.length < shownLength) this.#word += character;
  }

  /** Follows what opens and closes; true when the first member of the list begins here. */
  #structure(code: number): boolean {
    if (this.#fresh && code === openObject && this.#levels.slice(0, -1).every((level) => !level.list)) {
      this.#begin();
      return true;
    }
    this.#fresh = code === openList;
    const top = this.#levels.at(-1);
    if (code === quote) {
      this.#inText = true;
      this.#word = '';
    } else if (code === openObject || code === openList)
      this.#levels.push({ list: code === openList, key: '' });
    else if (code === closeObject || code === closeList) this.#levels.pop();
    else if (code === colon && top) top.key = this.#word;
    return false;
  }

  #begin(): void {
    const keys = this.#levels.slice(0, -1).map((level) => level.key);
    const path = keys.join('.') || '[]';
    if (this.#found !== null)
      throw new DomainError('load_json_several', { file: this.#file, first: this.#found, second: path });
    this.#found = path;
    this.#fresh = false;
    this.#members = new Members(this.#take, this.#line);
  }
}

import type { MessageText } from '#core/contract/messages/messages.ts';

export interface Piece {
  text: string;
  kind: 'plain' | 'open' | 'bad' | 'figure';
  /** What is wrong with it, by rule. */
  rule?: string;
}

interface Mark {
  from: number;
  to: number;
  kind: Exclude<Piece['kind'], 'plain'>;
  rule?: string;
}

const placeholder = /\{\{[^}]*\}\}/gu;

/** The text as it is read, subject first. */
export const wholeOf = ({ subject, body }: Pick<MessageText, 'subject' | 'body'>): string =>
  subject ? `${subject}\n\n${body}` : body;

/** The text in pieces: what may not be said, figures it states, what is left open. Marks that overlap: the first stays. */
export function piecesOf(text: Pick<MessageText, 'subject' | 'body' | 'findings' | 'stated'>): Piece[] {
  const whole = wholeOf(text);
  const bad = text.findings.flatMap(({ from, to, rule }): Mark[] =>
    from === null || to === null ? [] : [{ from, to, kind: 'bad', rule }],
  );
  const figures = text.stated.map(({ from, to }): Mark => ({ from, to, kind: 'figure' }));
  const open = [...whole.matchAll(placeholder)].map(
    (match): Mark => ({ from: match.index, to: match.index + match[0].length, kind: 'open' }),
  );
  const kept: Mark[] = [];
  for (const mark of [...bad, ...figures, ...open])
    if (!kept.some((other) => mark.from < other.to && other.from < mark.to)) kept.push(mark);
  const pieces: Piece[] = [];
  let at = 0;
  for (const { from, to, kind, rule } of kept.sort((a, b) => a.from - b.from)) {
    if (from > at) pieces.push({ text: whole.slice(at, from), kind: 'plain' });
    pieces.push({ text: whole.slice(from, to), kind, ...(rule && { rule }) });
    at = to;
  }
  if (at < whole.length) pieces.push({ text: whole.slice(at), kind: 'plain' });
  return pieces;
}

import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, it } from 'vitest';
import { DomainError, type ErrorCode, errors, fixOf, messageOf } from '#core/errors/domain-error.ts';
import { locales } from '#core/text/text.ts';

const codes = Object.keys(errors) as ErrorCode[];
interface Node {
  type: number;
  value: string;
  options?: Record<string, { value: Node[] }>;
}
const literalType = 0;
const poundType = 7;

/** The names of the values a message is filled with, inside plurals too. */
const namesIn = (nodes: readonly Node[]): string[] =>
  nodes.flatMap(({ type, value, options }) => [
    ...(type === literalType || type === poundType ? [] : [value]),
    ...Object.values(options ?? {}).flatMap((option) => namesIn(option.value)),
  ]);
const placeholders = (text: string): string[] =>
  [...new Set(namesIn(new IntlMessageFormat(text, 'en').getAst() as Node[]))].sort();

describe.each(codes)('%s', (code) => {
  const { status, message, fix } = errors[code];

  it('has a status of failure', () => {
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(600);
  });

  it('says the same values in both languages, and what to do', () => {
    const inAnyLanguage = (text: string) => placeholders(text).map((name) => name.replace(/_(es|en)$/, ''));
    expect(inAnyLanguage(message.es)).toEqual(inAnyLanguage(message.en));
    expect(fix.es.length).toBeGreaterThan(5);
    expect(fix.en.length).toBeGreaterThan(5);
  });

  it('can be worded', () => {
    const details = Object.fromEntries(
      [message.es, message.en, fix.es, fix.en].flatMap(placeholders).map((name) => [name, 7]),
    );
    for (const locale of locales) {
      expect(messageOf(code, locale, details)).not.toContain('{');
      expect(fixOf(code, locale, details)).not.toContain('{');
    }
  });
});

describe('a domain error', () => {
  it('quotes the value and carries it', () => {
    const error = new DomainError('not_found', { kind: 'model', id: 'x1' });
    expect(error.message).toBe('There is no model "x1".');
    expect(error.details).toEqual({ kind: 'model', id: 'x1' });
  });

  it('missing a value still has words', () => {
    expect(new DomainError('internal', { reference: null }).message).toContain('–');
  });
});

import { type DomainError, messageOf } from '#core/errors/domain-error.ts';
import type { Text } from '#core/text/text.ts';

/** What an error says, in every language. */
export const inWords = ({ code, details }: DomainError): Text => ({
  es: messageOf(code, 'es', details),
  en: messageOf(code, 'en', details),
});

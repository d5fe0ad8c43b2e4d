import { CommanderError } from 'commander';
import { RemoteError } from '#core/contract/client.ts';
import { DomainError, type ErrorCode, fixOf, isErrorCode, messageOf } from '#core/errors/domain-error.ts';
import type { Locale, TextValues } from '#core/text/text.ts';

export interface Shown {
  code: string;
  message: string;
  fix: string;
}

/** Any failure in words of the reader's language. */
export function describeFailure(error: unknown, locale: Locale): Shown {
  const worded = (code: ErrorCode, details: TextValues): Shown => ({
    code,
    message: messageOf(code, locale, details),
    fix: fixOf(code, locale, details),
  });
  if (error instanceof DomainError) return worded(error.code, error.details);
  if (error instanceof RemoteError) {
    const { code, details, detail, fix } = error.problem;
    return isErrorCode(code) ? worded(code, details) : { code, message: detail, fix };
  }
  if (error instanceof CommanderError)
    return worded('usage', { problem: error.message.replace(/^error: /, '') });
  return worded('internal', {
    reference: error instanceof Error ? (error.message.split('\n')[0] ?? error.name) : String(error),
  });
}

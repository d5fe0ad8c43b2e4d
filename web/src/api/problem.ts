import { RemoteError } from '#core/contract/client.ts';
import { fixOf, isErrorCode, messageOf } from '#core/errors/domain-error.ts';
import type { Locale, TextValues } from '#core/text/text.ts';

export interface Worded {
  code: string;
  message: string;
  fix: string;
}

interface Described {
  code: string;
  details: TextValues;
  /** What the server said, for a code this page does not know. */
  message: string;
  fix: string;
}

/** What happened and what to do, in the language of the page. */
export function wordProblem(error: unknown, locale: Locale): Worded {
  const described = describe(error);
  if (!isErrorCode(described.code)) return described;
  return {
    code: described.code,
    message: messageOf(described.code, locale, described.details),
    fix: fixOf(described.code, locale, described.details),
  };
}

function describe(error: unknown): Described {
  if (error instanceof RemoteError) {
    const { code, details, detail, fix } = error.problem;
    return { code, details, message: detail, fix };
  }
  if (isJobError(error)) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return { code: 'internal', details: { reference: reason }, message: reason, fix: '' };
}

const isJobError = (error: unknown): error is Described =>
  typeof error === 'object' && error !== null && 'code' in error && 'details' in error;

export const isUnauthenticated = (error: unknown): boolean =>
  error instanceof RemoteError && error.problem.code === 'unauthenticated';

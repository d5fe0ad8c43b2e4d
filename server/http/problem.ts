import type { z } from 'zod';
import type { Problem } from '#core/contract/common.ts';
import { DomainError, fixOf, statusOf } from '#core/errors/domain-error.ts';

/** The failure as problem details (RFC 9457). Anything not foreseen is told by a reference only. */
export function toProblem(error: DomainError): Problem {
  return {
    type: `urn:ensayo:${error.code}`,
    title: error.code,
    status: statusOf(error.code),
    detail: error.message,
    code: error.code,
    fix: fixOf(error.code, 'en', error.details),
    details: Object.fromEntries(Object.entries(error.details).map(([name, value]) => [name, value ?? null])),
  };
}

/** What the schema says is wrong, quoting each place: `body.alpha: Too big: expected number to be <0.5`. */
export function invalidInput(error: z.ZodError): DomainError {
  const problems = error.issues.map((issue) => `${issue.path.join('.') || 'input'}: ${issue.message}`);
  return new DomainError('invalid_input', { problems: problems.slice(0, 8).join('; ') });
}

const streamFaults: Record<string, string> = {
  'entity.too.large': 'too_large',
  'entity.parse.failed': 'invalid_input',
};

/** A failure of the HTTP layer itself, in the product's terms; undefined when it is not one of those. */
export function fromHttp(error: unknown, limit: number): DomainError | undefined {
  const type = error instanceof Error && 'type' in error ? streamFaults[String(error.type)] : undefined;
  if (type === 'too_large') return new DomainError('too_large', { limit });
  if (type === 'invalid_input')
    return new DomainError('invalid_input', { problems: error instanceof Error ? error.message : '' });
  return undefined;
}

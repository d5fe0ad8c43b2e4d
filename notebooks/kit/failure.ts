import { stripVTControlCharacters } from 'node:util';
import type { Locale } from '#core/text/text.ts';
import { describeFailure } from '#server/cli/failure.ts';
import type { Failure } from './outputs.ts';

/** A failure in the reader's words, with the line of the notebook that it came from. */
export function failureOf(error: unknown, file: string, locale: Locale): Failure {
  const { code, message } = describeFailure(error, locale);
  const isError = error instanceof Error;
  const trace = stripVTControlCharacters(isError ? (error.stack ?? error.message) : String(error));
  const plain = stripVTControlCharacters(isError ? `${error.name}: ${error.message}` : String(error));
  const place = trace.split('\n').find((line) => line.includes(file));
  const line = place?.slice(place.indexOf(file) + file.length).match(/^:(\d+)/)?.[1];
  return { message: code === 'internal' ? plain : message, line: line ? Number(line) : null, trace };
}

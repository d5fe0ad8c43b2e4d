import { DomainError } from '../errors/domain-error.ts';
import { mostEvents } from './kinds.ts';

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function parsed(text: string, line: number | null): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    const reason = error instanceof Error ? error.message.slice(0, 160) : '';
    throw new DomainError('events_unreadable', { line: line ?? 0, reason });
  }
}

/** The events of a body: a list, an object with the list `events`, one event, or one event a line. */
function itemsOf(text: string, contentType: string): unknown[] {
  if (/ndjson|jsonl|json-seq/.test(contentType))
    return text.split('\n').flatMap((line, i) => (line.trim() === '' ? [] : [parsed(line, i + 1)]));
  const body = parsed(text, null);
  if (Array.isArray(body)) return body;
  if (isRecord(body) && Array.isArray(body.events)) return body.events;
  if (isRecord(body) && (body.specversion !== undefined || body.type !== undefined)) return [body];
  throw new DomainError('events_unreadable', { line: 0, reason: 'events: expected a list' });
}

/**
 * The events of a batch, not yet judged.
 *
 * @throws events_unreadable, events_too_many
 */
export function readBatchItems(text: string, contentType: string): unknown[] {
  const items = itemsOf(text, contentType.toLowerCase());
  if (items.length > mostEvents)
    throw new DomainError('events_too_many', { n: items.length, most: mostEvents });
  return items;
}

import type { ErrorCode } from '../errors/domain-error.ts';
import { channels } from '../portfolio/tables/people.ts';
import { type EventKind, eventKinds, messageKinds } from './kinds.ts';

/** An event whose form is right; whom it names is judged against the portfolio. Instants are UTC text without zone. */
export interface ReadEvent {
  id: string;
  kind: EventKind;
  happenedAt: string;
  messageKey: string | null;
  customerId: string | null;
  accountId: string | null;
  channel: string | null;
  amount: string | null;
  currency: string | null;
  dueOn: string | null;
  /** The sender's own name of the payment, promise or complaint. */
  reference: string | null;
  topic: string | null;
  method: string | null;
  reversed: boolean;
}

/** Why an event was not taken: the field and value that broke which rule. */
export interface Refusal {
  id: string | null;
  kind: string | null;
  field: string | null;
  value: string | null;
  reason: Extract<ErrorCode, `event_${string}`>;
}

type Fields = Record<string, unknown>;
type Read = { event: ReadEvent } | { refusal: Refusal };

const longest = 200;
const shownCharacters = 120;

/** Half of a pair of code units is no text: the engine refuses it, and with it all it stands among. */
const halves = /\p{Surrogate}/gu;
const whole = (text: string): string => text.replace(halves, '\uFFFD');
const cut = (text: string, most: number): string => whole(text.slice(0, most));

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const shown = (value: unknown): string | null => {
  if (value === undefined || value === null) return null;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > shownCharacters ? `${cut(text, shownCharacters)}…` : whole(text);
};

/** Text of a field that may also come as a number, as files write it; null where there is none. */
const textOf = (value: unknown): string | null => {
  if (typeof value === 'string') return value.trim() === '' ? null : whole(value.trim());
  return typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : null;
};

/** The data of a CloudEvent; a file may hold them as JSON text. */
function dataOf(data: unknown): Fields {
  if (typeof data !== 'string') return isFields(data) ? data : {};
  try {
    const read = JSON.parse(data) as unknown;
    return isFields(read) ? read : {};
  } catch {
    return {};
  }
}

/** A CloudEvent (1.0) in the terms of a plain one: its kind is the last word of its type, its source is part of its name. */
function plain(given: Fields): Fields {
  if (given.specversion === undefined || given.specversion === null) return given;
  const data = dataOf(given.data);
  const type = typeof given.type === 'string' ? given.type.split('.').at(-1) : given.type;
  const id =
    typeof given.source === 'string' && typeof given.id === 'string' && given.id !== ''
      ? `${given.source} ${given.id}`
      : given.id;
  return { ...data, id, type, time: given.time };
}

const instantForm = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})$/i;

/** Milliseconds of an instant that names its zone; null for anything else, a day that is none included. */
function instantOf(value: unknown): number | null {
  if (typeof value !== 'string' || !instantForm.test(value)) return null;
  const [year, month, day] = value.slice(0, 10).split('-').map(Number) as [number, number, number];
  const there = new Date(Date.UTC(year, month - 1, day));
  if (there.getUTCDate() !== day || there.getUTCMonth() !== month - 1) return null;
  const ms = Date.parse(value.replace(' ', 'T'));
  return Number.isFinite(ms) && ms > 0 ? ms : null;
}

const yes = ['true', 't', 'yes', 'y', '1', 'si', 'sí', 's', 'verdadero'];
const never = ['false', 'f', 'no', 'n', '0', 'falso'];

/** Yes or no as systems and files write them, nothing being no; null for what is neither. */
function yesNo(value: unknown): boolean | null {
  if (value === undefined || value === null) return false;
  const said = String(value).trim().toLowerCase();
  return yes.includes(said) ? true : said === '' || never.includes(said) ? false : null;
}

const isDay = (value: string): boolean => {
  const ms = /^\d{4}-\d{2}-\d{2}$/.test(value) ? Date.parse(`${value}T00:00:00Z`) : Number.NaN;
  return Number.isFinite(ms) && new Date(ms).toISOString().startsWith(value);
};

/** Decimal text with at most two decimals; null for what is no such number. */
function moneyOf(value: unknown): string | null {
  const text = typeof value === 'number' && Number.isFinite(value) ? String(value) : value;
  return typeof text === 'string' && /^-?\d{1,15}(\.\d{1,2})?$/.test(text.trim()) ? text.trim() : null;
}

/**
 * Reads one event, plain or as a CloudEvent, and judges its form: that it has a name, a known kind, an instant that is
 * not ahead of the clock, and what its kind needs. Fields it does not know are left aside.
 *
 * @param latestMs last instant an event may have, milliseconds since 1970
 */
export function readEvent(given: unknown, latestMs: number): Read {
  if (!isFields(given)) return refuse(null, null, null, shown(given), 'event_not_an_object');
  const fields = plain(given);
  const id = textOf(fields.id);
  const said = textOf(fields.type);
  const no = (field: string | null, value: unknown, reason: Refusal['reason']): Read =>
    refuse(id, said, field, shown(value), reason);
  if (id === null) return no('id', fields.id, 'event_without_id');
  if (id.length > longest) return no('id', id, 'event_too_long');
  const kind = eventKinds.find((one) => one === said);
  if (!kind) return no('type', fields.type, 'event_unknown_kind');
  const ms = instantOf(fields.time);
  if (ms === null) return no('time', fields.time, 'event_bad_time');
  if (ms > latestMs) return no('time', fields.time, 'event_from_future');
  const texts: Partial<Record<Texts, string>> = {};
  for (const name of textFields) {
    const text = textOf(fields[name]);
    if (text !== null && text.length > longest) return no(name, text, 'event_too_long');
    if (text !== null) texts[name] = text;
  }
  const { messageKey, customerId, accountId, channel } = texts;
  if (messageKinds.includes(kind) && !messageKey) return no('messageKey', null, 'event_needs_message');
  if (!messageKey && !customerId && !accountId) return no('customerId', null, 'event_needs_person');
  if (channel !== undefined && !channels.some((one) => one === channel))
    return no('channel', channel, 'event_unknown_channel');
  const event: ReadEvent = {
    ...blank,
    ...texts,
    id,
    kind,
    happenedAt: new Date(ms).toISOString().slice(0, 23).replace('T', ' '),
  };
  if (kind !== 'paid' && kind !== 'promised') return { event };
  if (!accountId) return no('accountId', null, 'event_needs_account');
  if (kind === 'paid') {
    const reversed = yesNo(fields.reversed);
    if (reversed === null) return no('reversed', fields.reversed, 'event_bad_reversed');
    if (reversed && !event.reference) return no('reference', null, 'event_needs_reference');
    event.reversed = reversed;
  }
  return withMoney(event, fields, no);
}

function withMoney(
  event: ReadEvent,
  fields: Fields,
  no: (field: string, value: unknown, reason: Refusal['reason']) => Read,
): Read {
  const amount = moneyOf(fields.amount);
  if (amount === null) return no('amount', fields.amount, 'event_bad_amount');
  if (Number(amount) <= 0) return no('amount', fields.amount, 'event_amount_not_positive');
  const currency = textOf(fields.currency)?.toUpperCase() ?? null;
  if (currency === null) return no('currency', amount, 'event_without_currency');
  if (!/^[A-Z]{3}$/.test(currency)) return no('currency', fields.currency, 'event_bad_currency');
  const dueOn = textOf(fields.dueOn);
  if (event.kind === 'promised' && (dueOn === null || !isDay(dueOn)))
    return no('dueOn', fields.dueOn, 'event_needs_due_date');
  return { event: { ...event, amount, currency, dueOn: event.kind === 'promised' ? dueOn : null } };
}

const textFields = [
  'messageKey',
  'customerId',
  'accountId',
  'channel',
  'reference',
  'topic',
  'method',
] as const;
type Texts = (typeof textFields)[number];

const blank = {
  messageKey: null,
  customerId: null,
  accountId: null,
  channel: null,
  amount: null,
  currency: null,
  dueOn: null,
  reference: null,
  topic: null,
  method: null,
  reversed: false,
};

const refuse = (
  id: string | null,
  kind: string | null,
  field: string | null,
  value: string | null,
  reason: Refusal['reason'],
): Read => ({
  refusal: {
    ...{ id: id === null ? null : cut(id, longest), kind: kind === null ? null : cut(kind, 40) },
    ...{ field, value, reason },
  },
});

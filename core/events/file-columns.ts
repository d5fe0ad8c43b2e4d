/** Names under which files carry the fields of an event, without signs and in small letters. */
const names: Record<string, readonly string[]> = {
  id: ['id', 'eventid'],
  type: ['type', 'kind', 'event', 'eventtype'],
  time: ['time', 'at', 'timestamp', 'occurredat', 'happenedat', 'eventtime'],
  messageKey: ['messagekey', 'key'],
  customerId: ['customerid', 'customer'],
  accountId: ['accountid', 'account'],
  channel: ['channel'],
  amount: ['amount'],
  currency: ['currency'],
  dueOn: ['dueon', 'duedate'],
  reference: ['reference', 'paymentid', 'promiseid', 'complaintid'],
  reversed: ['reversed'],
  method: ['method'],
  topic: ['topic'],
  specversion: ['specversion'],
  source: ['source'],
  data: ['data'],
};

const plain = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '');

/** Which column of a file feeds each field of an event; the first that fits, in the order of `names`. */
export function eventFields(columns: readonly string[]): [field: string, column: string][] {
  return Object.entries(names).flatMap(([field, known]) => {
    const column = known.map((name) => columns.find((one) => plain(one) === name)).find(Boolean);
    return column === undefined ? [] : [[field, column] as [string, string]];
  });
}

import type { Text } from '../../../text/text.ts';
import type { ColumnSuggestion } from '../suggestion.ts';
import { fitValues, match, type Seen } from './match.ts';
import { targets } from './targets.ts';
import { meaningsOf } from './words.ts';

/** The columns that say which account and which customer a row is about. */
export interface Keys {
  account: Key | null;
  customer: Key | null;
}
interface Key {
  from: string;
  confidence: number;
  reason: Text;
}

/** The best name for accounts and for customers; one column does not serve as both unless it is all there is. */
export function findKeys(seen: readonly Seen[]): Keys {
  const customer = best(seen, 'customers', 'customer_id');
  const account = best(
    seen.filter(({ column }) => column.name !== (customer && customer.confidence > 0.6 ? customer.from : '')),
    'accounts',
    'account_id',
  );
  const shared = account && customer && account.from === customer.from;
  return { account, customer: shared ? null : customer };
}

function best(seen: readonly Seen[], table: string, name: string): Key | null {
  const target = targets[table]?.columns[name];
  if (!target) return null;
  const found = seen
    .filter((one) => fitValues(one, 'key') > 0.5 && tellsApart(one))
    .flatMap((one) => match(one, target) ?? [])
    .sort((a, b) => b.confidence - a.confidence)[0];
  return found && found.confidence >= 0.5 ? found : null;
}

/** Whether values can name so many things: not a handful of codes, nor amounts or counts. */
function tellsApart({ column, look, words }: Seen): boolean {
  const { rows, filled, distinct } = column;
  if (filled < 0.9 * rows || (rows > 20 && distinct * 100 < rows)) return false;
  if (look.shape === 'whole' && !look.unique && (look.median ?? 0) < 100) return false;
  const named = words.some((word) => meaningsOf(word).has('id') || meaningsOf(word).has('number'));
  if (named || look.shape === 'text') return true;
  return distinct >= 0.9 * rows || (look.median ?? 0) >= 100_000;
}

const asKey = (column: string, { from, confidence, reason }: Key): ColumnSuggestion => ({
  column,
  recipe: { from, otherwise: 'reject' },
  from,
  confidence,
  reason,
});

/** What feeds `account_id` or `customer_id`; the other key stands in for the one that is missing, at low confidence. */
export function feedKey(column: 'account_id' | 'customer_id', keys: Keys): ColumnSuggestion | null {
  const own = column === 'account_id' ? keys.account : keys.customer;
  if (own) return asKey(column, own);
  const other = column === 'account_id' ? keys.customer : keys.account;
  if (!other) return null;
  return asKey(column, {
    from: other.from,
    confidence: 0.5,
    reason:
      column === 'account_id'
        ? {
            es: 'el archivo no nombra cuentas: se toma una por persona',
            en: 'the file names no accounts: one for each person is assumed',
          }
        : {
            es: 'el archivo no dice de quién es cada cuenta: se toma una persona por cuenta',
            en: 'the file does not say whose each account is: one person for each account is assumed',
          },
  });
}

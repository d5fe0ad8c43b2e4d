import type { MessageContent } from '#core/contract/messages/messages.ts';
import { statedShares, writtenShare } from '#core/message/numbers.ts';
import { fill, fillWithExamples, placeholders, placeholdersIn } from '#core/message/text/placeholder.ts';
import { smsLength } from '#core/message/text/sms.ts';
import { sql } from '#core/sql/sql.ts';
import { type Locale, locales } from '#core/text/text.ts';
import type { Context } from '../../context.ts';
import { lastSnapshot } from '../../store/portfolio/facts.ts';
import { backOf } from './back.ts';
import { requireWhole } from './judge.ts';

interface PreviewRow {
  customer: string;
  language: Locale;
  text: string;
  characters: number;
  segments: number | null;
  open: string[];
}

const mask = (id: string, i: number): string => `${id.slice(0, 1)}••• ${i + 1}`;

/**
 * The text as people past due would read it, each in their own language where it has one: those late longest first in
 * an order drawn from their identifiers. The amount is the account's longest overdue, in its currency.
 *
 * @throws no_snapshots, unknown_placeholder, message_without_text, email_without_subject
 */
export async function previewMessage(
  context: Context,
  said: Pick<MessageContent, 'channel' | 'subject' | 'body' | 'claim'>,
  limit: number,
  named: boolean,
): Promise<{ asOf: string; masked: boolean; rows: PreviewRow[] }> {
  requireWhole('preview', { ...said, consequence: null });
  const { engine } = context;
  const asOf = await lastSnapshot(engine);
  const rows = await engine.rows<{
    customer_id: string;
    language: string | null;
    currency: string;
    owed: string | null;
    days_past_due: number;
  }>(sql`
    SELECT customer_id, language, currency, owed, days_past_due FROM (
      SELECT a.customer_id, substr(lower(coalesce(c.language, '')), 1, 2) AS language, a.currency,
        CASE WHEN coalesce(s.arrears, s.balance) > 0 THEN CAST(coalesce(s.arrears, s.balance) AS VARCHAR) END AS owed,
        s.days_past_due,
        row_number() OVER (PARTITION BY a.customer_id ORDER BY s.days_past_due DESC, a.account_id) AS place
      FROM current_snapshots s
      JOIN current_accounts a ON a.account_id = s.account_id
      LEFT JOIN current_customers c ON c.customer_id = a.customer_id
      WHERE s.as_of = CAST(${asOf} AS DATE) AND s.days_past_due > 0
    ) x WHERE place = 1 ORDER BY md5(customer_id), customer_id LIMIT ${limit}`);
  const spoken = locales.filter((language) => said.body[language]);
  const [first = 'es'] = spoken;
  const written = writtenShare(
    spoken.flatMap((language) => statedShares(said.body[language] ?? '', language)),
  );
  const claim = said.claim
    ? (await (await backOf(context, { people: null, country: null })).claim(said.claim, written)).judged
    : null;
  return {
    asOf,
    masked: !named,
    rows: rows.map((row, i) => {
      const language = spoken.find((one) => one === row.language) ?? first;
      const subject = said.subject?.[language];
      const whole = `${subject ? `${subject}\n\n` : ''}${said.body[language] ?? ''}`;
      const text = fill(whole, {
        ...(row.owed === null ? {} : { importe: `${row.currency} ${row.owed}` }),
        dias_mora: String(row.days_past_due),
        ...(claim?.holds ? { n_de_10: String(claim.claimed) } : {}),
      });
      const filled = fillWithExamples(text);
      return {
        customer: named ? row.customer_id : mask(row.customer_id, i),
        language,
        text,
        characters: filled.length,
        segments: said.channel === 'sms' ? smsLength(filled).segments : null,
        open: placeholdersIn(text).filter((name) => Object.hasOwn(placeholders, name)),
      };
    }),
  };
}

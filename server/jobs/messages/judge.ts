import type { ChannelCost, Judged, MessageText } from '#core/contract/messages/messages.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import { languageNames } from '#core/message/lint/language.ts';
import { lintMessage } from '#core/message/lint/lint.ts';
import { namedConsequences } from '#core/message/named-consequences.ts';
import { statedShares, writtenShare } from '#core/message/numbers.ts';
import { type Reason, reasonOf, tooLong } from '#core/message/reasons.ts';
import type { MessageStyle, Template } from '#core/message/style.ts';
import { overlong } from '#core/message/text/length.ts';
import {
  fillWithExamples,
  personalisation,
  placeholders,
  placeholdersIn,
  unknownPlaceholders,
} from '#core/message/text/placeholder.ts';
import { smsLength } from '#core/message/text/sms.ts';
import { locales, type Text } from '#core/text/text.ts';
import type { Back } from './back.ts';

type Said = Pick<Template, 'channel' | 'subject' | 'body' | 'claim' | 'consequence'>;

const joined = (subject: string | undefined, body: string): string =>
  subject ? `${subject}\n\n${body}` : body;
export const wholeText = ({ subject, body }: Said): string =>
  locales.map((language) => joined(subject?.[language], body[language] ?? '')).join('\n');

/** @throws unknown_placeholder, message_without_text, email_without_subject */
export function requireWhole(id: string, said: Said): void {
  const unknown = unknownPlaceholders(wholeText(said));
  if (unknown.length)
    throw new DomainError('unknown_placeholder', {
      names: unknown.map((name) => `{{${name}}}`).join(', '),
      known: Object.keys(placeholders).join(', '),
    });
  const spoken = locales.filter((language) => said.body[language]);
  if (!spoken.length) throw new DomainError('message_without_text', { template: id });
  const bare = spoken.find((language) => !said.subject?.[language]);
  if (said.channel === 'email' && bare) throw new DomainError('email_without_subject', { language: bare });
}

function textsOf(said: Said, costs: readonly ChannelCost[]): MessageText[] {
  const prices = costs.filter(({ channel }) => channel === said.channel);
  // Prices in several currencies are not one cost; they are told beside each other where costs are.
  const price = prices.length === 1 ? prices[0] : undefined;
  return locales.flatMap((language) => {
    const body = said.body[language];
    if (!body) return [];
    const subject = said.subject?.[language];
    const whole = joined(subject, body);
    const filled = fillWithExamples(whole);
    const sms = said.channel === 'sms' ? smsLength(filled) : null;
    // What contacts cost was already charged by segment.
    const times = price?.n ? 1 : (sms?.segments ?? 1);
    return [
      {
        language,
        subject: subject ?? null,
        body,
        findings: lintMessage(whole, language, said.channel),
        stated: statedShares(whole, language),
        characters: filled.length,
        sms,
        cost: price ? { amount: (Number(price.amount) * times).toFixed(4), currency: price.currency } : null,
      },
    ];
  });
}

function wordReasons(texts: readonly MessageText[]): Reason[] {
  return texts
    .filter(({ findings }) => findings.length)
    .map(({ language, findings }) => {
      const found = (locale: 'es' | 'en') => findings.map(({ text }) => text[locale]).join(', ');
      return reasonOf('lint', {
        language: languageNames[language],
        found: { es: found('es'), en: found('en') },
      });
    });
}

const whole = ({ subject, body }: MessageText): string => joined(subject ?? undefined, body);

/**
 * Whether a text may be sent: its words, the figures it states against the portfolio, the consequence it names, in
 * each language it is in.
 */
export async function judgeText(
  back: Back,
  style: Pick<MessageStyle, 'needs'>,
  said: Said,
  costs: readonly ChannelCost[] = [],
): Promise<Judged> {
  const texts = textsOf(said, costs);
  const reasons = wordReasons(texts);
  const over = overlong(said);
  if (over) reasons.push(tooLong(over));
  const stated = texts.flatMap((text) => text.stated.map((one) => ({ ...one, said: whole(text) })));

  let claim: Judged['claim'] = null;
  if (said.claim) {
    const { shown } = await back.claim(said.claim, writtenShare(stated));
    claim = shown;
    if (!back.asOf) reasons.push(reasonOf('no_data'));
    else if (!shown.holds) reasons.push(reasonOf('claim_fails', { reason: shown.reason as Text }));
    if (shown.stale) reasons.push(reasonOf('claim_stale', { validUntil: shown.validUntil }));
    for (const { language, stated: own } of texts)
      if (!own.length) reasons.push(reasonOf('claim_without_number', { language: languageNames[language] }));
  } else {
    const [first] = stated;
    if (first)
      reasons.push(reasonOf('number_without_claim', { found: first.said.slice(first.from, first.to) }));
    else if (style.needs === 'claim') reasons.push(reasonOf('needs_claim'));
  }

  const named = texts.flatMap((text) =>
    namedConsequences(whole(text), text.language).map((one) => ({ ...one, said: whole(text) })),
  );
  const unbound = named.find(({ kind }) => kind !== said.consequence);
  if (unbound)
    reasons.push(reasonOf('consequence_unbound', { found: unbound.said.slice(unbound.from, unbound.to) }));
  let consequence: Judged['consequence'] = null;
  if (said.consequence) {
    consequence = await back.consequence(said.consequence);
    const failing = consequence.countries.find(({ holds }) => !holds);
    if (!back.asOf) reasons.push(reasonOf('no_data'));
    else if (!consequence.holds)
      reasons.push(
        failing?.reason ? reasonOf('consequence_fails', { reason: failing.reason }) : reasonOf('no_data'),
      );
  } else if (style.needs === 'consequence' && !unbound) reasons.push(reasonOf('needs_consequence'));

  const every = wholeText(said);
  return {
    status: reasons.length ? 'blocked' : 'usable',
    reasons,
    degree: personalisation(every),
    placeholders: placeholdersIn(every),
    texts,
    claim,
    consequence,
  };
}

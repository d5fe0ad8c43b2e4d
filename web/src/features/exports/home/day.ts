import type { Batch } from '#core/contract/delivery/batches.ts';
import type { Locale, Text } from '#core/text/text.ts';

/** The day that the sentence speaks of: today where a batch is for it, else the next with one, else the last. */
export function dayOf(batches: readonly Batch[], today: string): string | null {
  const days = [
    ...new Set(batches.filter(({ state }) => state !== 'released').map(({ sendOn }) => sendOn)),
  ].sort();
  return days.find((day) => day >= today) ?? days.at(-1) ?? null;
}

export interface Kept {
  n: number;
  rule: string;
  title: Text;
  ruleSet: string;
}

/** What is cleared and kept back on a day over its batches, by the rule that decides and the set it stands in, most first. */
export function dayFigures(
  batches: readonly Batch[],
  day: string,
): { cleared: number; kept: number; reasons: Kept[] } {
  const ofDay = batches.filter(({ sendOn, state }) => sendOn === day && state !== 'released');
  const reasons = new Map<string, Kept>();
  for (const { excluded } of ofDay)
    for (const { rule, ruleSet, title, n } of excluded) {
      const key = `${ruleSet} ${rule}`;
      reasons.set(key, { rule, ruleSet, title, n: n + (reasons.get(key)?.n ?? 0) });
    }
  return {
    cleared: ofDay.reduce((sum, one) => sum + one.cleared, 0),
    kept: ofDay.reduce((sum, one) => sum + one.assigned - one.cleared, 0),
    reasons: [...reasons.values()]
      .filter(({ n }) => n > 0)
      .sort((a, b) => b.n - a.n || (a.rule < b.rule ? -1 : 1)),
  };
}

/** «domingo en Colombia» where the hours of a day keep people back, else the title of the rule. */
export function reasonInWords(reason: Kept, day: string, locale: Locale): string {
  const country = /^([A-Z]{2})-/.exec(reason.ruleSet)?.[1];
  const title = reason.title[locale];
  const said = title.charAt(0).toLowerCase() + title.slice(1);
  if (reason.rule !== 'contact-hours' && reason.rule !== 'holiday') return said;
  const name = new Intl.DateTimeFormat(locale === 'es' ? 'es-419' : 'en-GB', {
    weekday: 'long',
    timeZone: 'UTC',
  }).format(new Date(`${day}T00:00:00Z`));
  const place = country ? (new Intl.DisplayNames(locale, { type: 'region' }).of(country) ?? country) : null;
  const when = reason.rule === 'holiday' ? said : name;
  return place ? `${when} ${locale === 'es' ? 'en' : 'in'} ${place}` : `${said} (${name})`;
}
